/// The first directory of a TIFF file, which EXIF data are too: numbers by tag (TIFF 6.0, section 2).
struct TIFFDirectory {
  static let width = 256
  static let height = 257
  static let bits = 258
  static let compression = 259
  static let photometric = 262
  static let orientation = 274
  static let samples = 277
  static let extraSamples = 338

  /// Of each tag its first number, and where in the bytes that stands.
  private(set) var entries: [Int: (value: Int, at: Int)] = [:]
  /// Whether the bytes end within the directory.
  private(set) var isCut = false
  private let isLittleEndian: Bool

  /// Nil if the bytes do not begin as a TIFF file, or its directory lies outside of them.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count >= 8 else { return nil }
    if bytes.starts(with: Array("II*\0".utf8)) {
      isLittleEndian = true
    } else if bytes.starts(with: Array("MM\0*".utf8)) {
      isLittleEndian = false
    } else {
      return nil
    }
    let isLittleEndian = isLittleEndian
    /// The number of `size` bytes, `offset` from the start.
    func number(_ offset: Int, _ size: Int) -> Int? {
      guard offset >= 0, offset <= bytes.count - size else { return nil }
      let start = bytes.startIndex + offset
      return isLittleEndian
        ? littleEndian(bytes, start, size) : bigEndian(bytes, start, size)
    }
    guard let start = number(4, 4), let count = number(start, 2) else { return nil }
    for entry in 0..<count {
      let at = start + 2 + 12 * entry
      guard let tag = number(at, 2), let type = number(at + 2, 2), let values = number(at + 4, 4)
      else {
        isCut = true
        break
      }
      // 1: a byte, 3: two bytes, 4: four bytes; up to four bytes stand in the entry itself.
      guard let size = [1: 1, 3: 2, 4: 4][type], values > 0, values < 1 << 16 else { continue }
      guard let place = size * values <= 4 ? at + 8 : number(at + 8, 4),
        let value = number(place, size)
      else { continue }
      entries[tag] = (value, place)
    }
  }

  subscript(tag: Int) -> Int? { entries[tag]?.value }

  /// Writes another number of two bytes for a tag that is there.
  func replace(_ tag: Int, by value: UInt8, in bytes: inout [UInt8]) {
    guard let at = entries[tag]?.at, at + 2 <= bytes.count else { return }
    (bytes[at], bytes[at + 1]) = isLittleEndian ? (value, 0) : (0, value)
  }
}

/// The number of `count` bytes, the highest first.
func bigEndian(_ bytes: ArraySlice<UInt8>, _ at: Int, _ count: Int) -> Int {
  bytes[at..<(at + count)].reduce(0) { $0 << 8 | Int($1) }
}

/// The number of `count` bytes, the lowest first.
func littleEndian(_ bytes: ArraySlice<UInt8>, _ at: Int, _ count: Int) -> Int {
  bytes[at..<(at + count)].reversed().reduce(0) { $0 << 8 | Int($1) }
}
