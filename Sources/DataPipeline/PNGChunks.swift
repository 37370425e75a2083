import CZlib

/// The chunks of a PNG file: length, name, data, checksum (PNG specification, 5.3).
enum PNGChunks {
  /// The file with only those chunks that pixels depend on, their checksums tested.
  ///
  /// The others (colour profiles, texts, times) change no pixel here, and libpng prints a warning for many of them that it does not
  /// like.
  static func essential(_ file: [UInt8], path: String) throws -> [UInt8] {
    var kept = Array(file[..<8])
    var at = 8
    while at + 12 <= file.count {
      let length = file[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) }
      guard length <= file.count - at - 12 else { break }
      let end = at + 12 + length
      let sum = file.withUnsafeBufferPointer {
        crc32(0, $0.baseAddress! + at + 4, UInt32(length + 4))
      }
      let name = String(decoding: file[(at + 4)..<(at + 8)], as: UTF8.self)
      guard sum == file[(end - 4)..<end].reduce(0, { $0 << 8 | UInt($1) }) else {
        throw DataError("\(path) is damaged: a checksum does not fit, \(at) bytes from its start")
      }
      if essentialNames.contains(name) { kept += file[at..<end] }
      if name == "IEND" { return kept }
      at = end
    }
    throw DataError("\(path) is damaged: it is cut short after \(file.count) bytes")
  }

  private static let essentialNames: Set<String> = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]
}
