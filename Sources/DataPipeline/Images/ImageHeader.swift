import Foundation

/// What the first bytes of a picture's file promise, read before any memory is taken for it.
///
/// PNG: the signature and the chunk IHDR (PNG specification, 11.2.1). JPEG: the frame header SOFn
/// (ITU-T T.81, B.2.2), which the segments before it are skipped to find. The other formats are in
/// `ImageHeader+Formats.swift`. The name of the file does not count.
struct ImageHeader {
  enum Format: String {
    case png, jpeg, gif, bmp, webp, tiff

    var name: String { self == .webp ? "WebP" : rawValue.uppercased() }
  }

  var format: Format
  /// Of the stored picture.
  var width: Int
  var height: Int
  /// 1 for a grey picture (PNG colour types 0 and 4, JPEG with one component), nil for a palette, whose colours
  /// decide, otherwise 3.
  var channels: Int?
  var orientation = Orientation.upright
  /// Of four components, without the marker of Adobe.
  var isBareCMYK = false
  /// Where the picture lies on a larger canvas, in pixels from the upper left corner: GIF.
  var offset: (x: Int, y: Int)?

  /// The largest picture that is read: 8192 × 8192 pixels, for which decoding takes 450 MB.
  static let mostPixels = 1 << 26

  init(format: Format, width: Int, height: Int, channels: Int?) {
    (self.format, self.width, self.height, self.channels) = (format, width, height, channels)
  }

  init(_ bytes: [UInt8], path: String) throws {
    if bytes.isEmpty { throw DataError("\(path) is empty") }
    if bytes.starts(with: Self.pngSignature) {
      self = try Self.png(bytes, path)
    } else if bytes.starts(with: [0xff, 0xd8]) {
      self = try Self.jpeg(bytes, path)
    } else if let other = try Self.otherFormat(bytes, path) {
      self = other
    } else if let name = Self.nameOfUnread(bytes) {
      throw DataError(
        "\(path) is a \(name) file; pictures are read from PNG, JPEG, GIF, BMP, WebP and TIFF files"
      )
    } else {
      throw DataError(
        "\(path) is not a picture: it begins neither as a PNG nor as a JPEG, GIF, BMP, WebP or TIFF file"
      )
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

  private static func nameOfUnread(_ bytes: [UInt8]) -> String? {
    let signatures: [(name: String, signature: [UInt8])] = [
      ("RIFF", Array("RIFF".utf8)), ("BigTIFF", Array("II+\0".utf8)),
      ("BigTIFF", Array("MM\0+".utf8)), ("PDF", Array("%PDF".utf8)),
      ("SVG", Array("<svg".utf8)), ("XML or SVG", Array("<?xml".utf8)),
      ("JPEG XL", [0xff, 0x0a]), ("JPEG XL", [0, 0, 0, 12] + Array("JXL ".utf8)),
      ("JPEG 2000", [0, 0, 0, 12] + Array("jP  ".utf8)), ("Photoshop", Array("8BPS".utf8)),
      ("zip", Array("PK".utf8)), ("gzip", [0x1f, 0x8b]),
    ]
    if bytes.dropFirst(4).starts(with: Array("ftyp".utf8)) { return "HEIF or AVIF" }
    return signatures.first { bytes.starts(with: $0.signature) }?.name
  }

  private static func png(_ bytes: [UInt8], _ path: String) throws -> ImageHeader {
    guard bytes.count >= 33, bytes[12..<16].elementsEqual("IHDR".utf8) else {
      throw DataError("\(path) is damaged: its header is cut short or missing")
    }
    let (width, height) = (bigEndian(bytes[...], 16, 4), bigEndian(bytes[...], 20, 4))
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
      throw cannotHold(bytes, width, height, path)
    }
    return ImageHeader(
      format: .png, width: width, height: height,
      channels: colours == 3 ? nil : colours & 2 == 0 ? 1 : 3)
  }

  static func cannotHold(
    _ bytes: [UInt8], _ width: Int, _ height: Int, _ path: String
  ) -> DataError {
    DataError(
      "\(path) is damaged: its header says \(width) × \(height) pixels, which \(bytes.count) bytes "
        + "cannot hold")
  }

  private static func jpeg(_ bytes: [UInt8], _ path: String) throws -> ImageHeader {
    var header: ImageHeader?
    var components: UInt8 = 0
    var hasAdobeMarker = false
    var exif: ArraySlice<UInt8>?
    var at = 2
    scan: while at + 4 <= bytes.count, bytes[at] == 0xff {
      let marker = bytes[at + 1]
      let end = at + 2 + bigEndian(bytes[...], at + 2, 2)
      switch marker {
      case 0xff:
        at += 1  // fill
        continue
      case 0x01, 0xd0...0xd7:
        at += 2  // markers without a segment
        continue
      case 0xd9, 0xda: break scan
      case 0xc0...0xcf where marker != 0xc4 && marker != 0xc8 && marker != 0xcc:
        guard header == nil, at + 10 <= bytes.count else { break scan }
        components = bytes[at + 9]
        header = ImageHeader(
          format: .jpeg, width: bigEndian(bytes[...], at + 7, 2),
          height: bigEndian(bytes[...], at + 5, 2), channels: components == 1 ? 1 : 3)
      case 0xe1 where exif == nil && end <= bytes.count:
        let data = bytes[(at + 4)..<max(at + 4, end)]
        if data.starts(with: Array("Exif\0\0".utf8)) { exif = data.dropFirst(6) }
      case 0xee where end >= at + 16 && end <= bytes.count:
        if bytes[(at + 4)...].starts(with: Array("Adobe".utf8)) { hasAdobeMarker = true }
      default: break
      }
      at = max(end, at + 4)
    }
    guard var header else {
      throw DataError("\(path) is damaged: it has no frame header, or is cut or altered before it")
    }
    header.orientation = Orientation(exif: exif)
    header.isBareCMYK = components == 4 && !hasAdobeMarker
    return header
  }
}
