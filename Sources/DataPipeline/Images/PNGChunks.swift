import CZlib

/// The chunks of a PNG file that count here: length, name, data, checksum (PNG specification, 5.3).
struct PNGChunks {
  /// The file with only those chunks that pixels depend on.
  ///
  /// The others (colour profiles, texts, times) change no pixel here, and libpng prints a warning for many of them that it does not
  /// like.
  private(set) var essential: [UInt8]
  /// The packed pixels: what all chunks IDAT hold.
  private(set) var data: [UInt8] = []
  private(set) var orientation = Orientation.upright

  /// Tests the checksum of every chunk.
  init(_ file: [UInt8], path: String) throws {
    essential = Array(file[..<8])
    var at = 8
    while at + 12 <= file.count {
      let length = bigEndian(file[...], at, 4)
      guard length <= file.count - at - 12 else { break }
      let end = at + 12 + length
      let sum = file.withUnsafeBufferPointer {
        crc32(0, $0.baseAddress! + at + 4, UInt32(length + 4))
      }
      guard Int(sum) == bigEndian(file[...], end - 4, 4) else {
        throw DataError("\(path) is damaged: a checksum does not fit, \(at) bytes from its start")
      }
      let name = String(decoding: file[(at + 4)..<(at + 8)], as: UTF8.self)
      if Self.essentialNames.contains(name) { essential += file[at..<end] }
      switch name {
      case "IDAT": data += file[(at + 8)..<(end - 4)]
      case "eXIf": orientation = Orientation(exif: file[(at + 8)..<(end - 4)])
      case "IEND": return
      default: break
      }
      at = end
    }
    throw DataError("\(path) is damaged: it is cut short after \(file.count) bytes")
  }

  private static let essentialNames: Set<String> = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]
}
