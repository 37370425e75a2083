import Foundation

/// What the first bytes of a picture's file promise, read before any memory is taken for it.
///
/// PNG: the signature and the chunk IHDR (PNG specification, 11.2.1). JPEG: the frame header SOFn
/// (ITU-T T.81, B.2.2), which the segments before it are skipped to find.
struct ImageHeader: Equatable {
  enum Format: Equatable { case png, jpeg }

  let format: Format
  let width: Int
  let height: Int
  /// 1 for a grey picture (PNG colour types 0 and 4, JPEG with one component), nil for a palette, whose colours
  /// decide, otherwise 3.
  let channels: Int?

  /// The largest picture that is read: 8192 × 8192 pixels, for which decoding takes 450 MB.
  static let mostPixels = 1 << 26

  init(_ bytes: [UInt8], path: String) throws {
    if bytes.isEmpty { throw DataError("\(path) is empty") }
    if bytes.starts(with: Self.pngSignature) {
      (format, width, height, channels) = try Self.png(bytes, path)
    } else if bytes.starts(with: [0xff, 0xd8]) {
      (format, width, height, channels) = try Self.jpeg(bytes, path)
    } else if let other = Self.otherFormats.first(where: { bytes.starts(with: $0.signature) }) {
      throw DataError("\(path) is a \(other.name) file; pictures are read from PNG and JPEG files")
    } else {
      throw DataError("\(path) is not a picture: it begins neither as a PNG nor as a JPEG file")
    }
    guard width > 0, height > 0 else {
      throw DataError("\(path) is damaged: its header says \(width) × \(height) pixels")
    }
    guard width <= Self.mostPixels / height else {
      throw DataError(
        "\(path) is too large: its header says \(width) × \(height) pixels, at most "
          + "\(Self.mostPixels) are read")
    }
  }

  private static let pngSignature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

  private static let otherFormats: [(name: String, signature: [UInt8])] = [
    ("GIF", Array("GIF8".utf8)), ("BMP", Array("BM".utf8)), ("RIFF (WebP)", Array("RIFF".utf8)),
    ("TIFF", Array("II*\0".utf8)), ("TIFF", Array("MM\0*".utf8)), ("PDF", Array("%PDF".utf8)),
    ("SVG", Array("<svg".utf8)), ("XML or SVG", Array("<?xml".utf8)),
    ("JPEG XL", [0xff, 0x0a]), ("zip", Array("PK".utf8)), ("gzip", [0x1f, 0x8b]),
  ]

  private typealias Fields = (Format, Int, Int, Int?)

  private static func png(_ bytes: [UInt8], _ path: String) throws -> Fields {
    guard bytes.count >= 33, bytes[12..<16].elementsEqual("IHDR".utf8) else {
      throw DataError("\(path) is damaged: its header is cut short or missing")
    }
    let (width, height) = (number(bytes, 16, 4), number(bytes, 20, 4))
    let (depth, colours) = (Int(bytes[24]), bytes[25])
    let forms: [UInt8: (samples: Int, depths: [Int])] = [
      0: (1, [1, 2, 4, 8, 16]), 2: (3, [8, 16]), 3: (1, [1, 2, 4, 8]), 4: (2, [8, 16]),
      6: (4, [8, 16]),
    ]
    guard let form = forms[colours], form.depths.contains(depth), bytes[26] == 0, bytes[27] == 0,
      bytes[28] <= 1
    else { throw DataError("\(path) is damaged: its header names a form that PNG has not") }
    let samples = form.samples
    // Deflate makes 1032 bytes of one at most, so a short file cannot hold a large picture.
    let (rows, isTooLarge) = ((width * depth * samples + 7) / 8 + 1)
      .multipliedReportingOverflow(by: height)
    if isTooLarge || rows / 1032 > bytes.count, width <= mostPixels / max(height, 1) {
      throw DataError(
        "\(path) is damaged: its header says \(width) × \(height) pixels, which \(bytes.count) bytes "
          + "cannot hold")
    }
    return (.png, width, height, colours == 3 ? nil : colours & 2 == 0 ? 1 : 3)
  }

  private static func jpeg(_ bytes: [UInt8], _ path: String) throws -> Fields {
    var at = 2
    while at + 10 <= bytes.count, bytes[at] == 0xff {
      let marker = bytes[at + 1]
      switch marker {
      case 0xff: at += 1  // fill
      case 0x01, 0xd0...0xd7: at += 2  // markers without a segment
      case 0xd9, 0xda: throw DataError("\(path) is damaged: it has no frame header")
      case 0xc0...0xcf where marker != 0xc4 && marker != 0xc8 && marker != 0xcc:
        let (height, width) = (number(bytes, at + 5, 2), number(bytes, at + 7, 2))
        return (.jpeg, width, height, bytes[at + 9] == 1 ? 1 : 3)
      default: at += 2 + max(2, number(bytes, at + 2, 2))
      }
    }
    throw DataError("\(path) is damaged: it is cut or altered before its frame header")
  }

  /// A big-endian number.
  private static func number(_ bytes: [UInt8], _ at: Int, _ count: Int) -> Int {
    bytes[at..<(at + count)].reduce(0) { $0 << 8 | Int($1) }
  }
}
