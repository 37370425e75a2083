/// How the bytes of a text file stand for letters.
///
/// A file that begins with the mark of UTF-8 or UTF-16 is read as that, whatever is asked for.
public enum TextEncoding: String, Codable, Sendable {
  case utf8 = "UTF-8"
  /// One byte a letter, the first 256 of Unicode.
  case latin1 = "ISO-8859-1"
  /// As Latin-1, with quotes, dashes and the euro at 0x80 to 0x9f: what old Windows programs write.
  case windows1252 = "Windows-1252"

  /// The text in UTF-8. Bytes that are no letters are an error that names the line and the byte, counted from 1.
  ///
  /// - Parameter name: The file's, for messages.
  func utf8(_ bytes: [UInt8], name: String) throws -> [UInt8] {
    if bytes.starts(with: [0xff, 0xfe]) { return try Self.utf16(bytes, name, isLittle: true) }
    if bytes.starts(with: [0xfe, 0xff]) { return try Self.utf16(bytes, name, isLittle: false) }
    let hasMark = bytes.starts(with: [0xef, 0xbb, 0xbf])
    if let zero = bytes.firstIndex(of: 0) {
      throw DataError(
        "\(name), line \(Self.line(bytes, zero)): a zero byte; this is no text file")
    }
    switch hasMark ? .utf8 : self {
    case .utf8:
      let whole = String(decoding: bytes, as: UTF8.self)
      if let bad = Self.firstDifference(bytes, Array(whole.utf8)) {
        throw DataError(
          "\(name), line \(Self.line(bytes, bad)): its bytes are not UTF-8, as \(Self.byte(bytes, bad)) shows; if it was written in Windows-1252 or Latin-1, read it with encoding: .windows1252 or .latin1"
        )
      }
      return hasMark ? Array(bytes.dropFirst(3)) : bytes
    case .latin1: return Array(string(bytes.map { Unicode.Scalar($0) }).utf8)
    case .windows1252:
      if let bad = bytes.firstIndex(where: { [0x81, 0x8d, 0x8f, 0x90, 0x9d].contains($0) }) {
        throw DataError(
          "\(name), line \(Self.line(bytes, bad)): Windows-1252 has no letter for \(Self.byte(bytes, bad))"
        )
      }
      return Array(string(bytes.map(Self.windowsLetter)).utf8)
    }
  }

  private static func windowsLetter(_ byte: UInt8) -> Unicode.Scalar {
    (0x80...0x9f).contains(byte)
      ? HTMLEntities.windows1252[Int(byte) - 0x80] : Unicode.Scalar(byte)
  }

  private static func utf16(_ bytes: [UInt8], _ name: String, isLittle: Bool) throws -> [UInt8] {
    var units: [UInt16] = []
    for i in stride(from: 2, to: bytes.count - 1, by: 2) {
      let (first, second) = (UInt16(bytes[i]), UInt16(bytes[i + 1]))
      units.append(isLittle ? second << 8 | first : first << 8 | second)
    }
    let text = String(decoding: units, as: UTF16.self)
    var bad = firstDifference(units, Array(text.utf16))
    if bad == nil, !bytes.count.isMultiple(of: 2) { bad = units.count }
    if let bad {
      let line = line(Array(String(decoding: units[..<bad], as: UTF16.self).utf8), nil)
      throw DataError(
        "\(name), line \(line): its bytes are not UTF-16, as \(byte(bytes, 2 + 2 * bad)) shows; is it cut short?"
      )
    }
    let whole = Array(text.utf8)
    if let zero = whole.firstIndex(of: 0) {
      throw DataError("\(name), line \(line(whole, zero)): a zero sign; this is no text file")
    }
    return whole
  }

  /// Where decoding changed something: the first of the units that do not stand for a letter.
  private static func firstDifference<Unit: FixedWidthInteger>(
    _ units: [Unit], _ decoded: [Unit]
  ) -> Int? {
    if units == decoded { return nil }
    var place = zip(units, decoded).enumerated().first { $1.0 != $1.1 }?.offset
    // What replaces a bad byte is EF BF BD, whose own beginning may stand there.
    while let found = place, Unit.bitWidth == 8, decoded[found] & 0xc0 == 0x80 { place = found - 1 }
    return place ?? min(units.count, decoded.count)
  }

  private static func byte(_ bytes: [UInt8], _ place: Int) -> String {
    let digits = String(bytes[place], radix: 16, uppercase: true)
    return "byte \(place + 1) (0x\(digits.count < 2 ? "0" : "")\(digits))"
  }

  private static func line(_ bytes: [UInt8], _ place: Int?) -> Int {
    1 + CSVRecords.newlines(in: bytes[..<(place ?? bytes.count)])
  }
}
