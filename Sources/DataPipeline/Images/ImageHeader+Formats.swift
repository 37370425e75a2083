/// The headers of GIF (its first picture), BMP, WebP and TIFF files.
extension ImageHeader {
  /// Nil if the bytes begin as none of them.
  static func otherFormat(_ bytes: [UInt8], _ path: String) throws -> ImageHeader? {
    func begins(_ text: String, at place: Int = 0) -> Bool {
      bytes.dropFirst(place).starts(with: Array(text.utf8))
    }
    let header: ImageHeader?
    if begins("GIF87a") || begins("GIF89a") {
      header = gif(bytes)
    } else if begins("RIFF"), begins("WEBP", at: 8) {
      header = try webp(bytes, path)
    } else if begins("II*\0") || begins("MM\0*") {
      header = try tiff(bytes, path)
    } else if begins("BM") {
      header = bmp(bytes)
    } else {
      return nil
    }
    guard let header else {
      throw DataError("\(path) is damaged: its header is cut short or altered")
    }
    if header.format == .bmp || header.format == .gif, header.width > 0, header.height > 0,
      header.width <= mostPixels / header.height,
      header.width * header.height / 4096 > bytes.count
    {
      throw cannotHold(bytes, header.width, header.height, path)
    }
    return header
  }

  /// The screen's size, and the place of the first picture, all of whose blocks must be there (GIF89a, 17–22).
  private static func gif(_ bytes: [UInt8]) -> ImageHeader? {
    guard bytes.count > 13 else { return nil }
    func table(_ flags: UInt8) -> Int { flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1) }
    /// Behind a chain of blocks, each of which begins with its length; the last is of length 0.
    func end(ofBlocksAt start: Int) -> Int? {
      var at = start
      while at < bytes.count, bytes[at] > 0 { at += 1 + Int(bytes[at]) }
      return at < bytes.count ? at + 1 : nil
    }
    var header = ImageHeader(
      format: .gif, width: littleEndian(bytes[...], 6, 2),
      height: littleEndian(bytes[...], 8, 2), channels: nil)
    var at = 13 + table(bytes[10])
    while at + 10 < bytes.count {
      switch bytes[at] {
      case 0x21:
        guard let next = end(ofBlocksAt: at + 2) else { return nil }
        at = next
      case 0x2c:
        header.offset = (
          littleEndian(bytes[...], at + 1, 2), littleEndian(bytes[...], at + 3, 2)
        )
        return end(ofBlocksAt: at + 11 + table(bytes[at + 9])) == nil ? nil : header
      default: return nil
      }
    }
    return nil
  }

  /// The older header has 12 bytes and sizes of two, the newer ones 40 or more and sizes of four; a negative
  /// height says that rows are stored from the top.
  private static func bmp(_ bytes: [UInt8]) -> ImageHeader? {
    guard bytes.count >= 30 else { return nil }
    let isOld = littleEndian(bytes[...], 14, 4) == 12
    let size = isOld ? 2 : 4
    let height = littleEndian(bytes[...], 18 + size, size)
    let bits = littleEndian(bytes[...], isOld ? 24 : 28, 2)
    return ImageHeader(
      format: .bmp, width: littleEndian(bytes[...], 18, size),
      height: isOld ? height : abs(Int(Int32(truncatingIfNeeded: height))),
      channels: bits <= 8 ? nil : 3)
  }

  /// The first chunk is VP8 (lossy), VP8L (lossless) or VP8X, which has a canvas and more chunks (RFC 9649).
  private static func webp(_ bytes: [UInt8], _ path: String) throws -> ImageHeader? {
    guard bytes.count >= 30 else { return nil }
    var header = ImageHeader(format: .webp, width: 0, height: 0, channels: 3)
    switch String(decoding: bytes[12..<16], as: UTF8.self) {
    case "VP8 ":
      header.width = littleEndian(bytes[...], 26, 2) & 0x3fff
      header.height = littleEndian(bytes[...], 28, 2) & 0x3fff
    case "VP8L":
      let sizes = littleEndian(bytes[...], 21, 4)
      (header.width, header.height) = (sizes & 0x3fff + 1, sizes >> 14 & 0x3fff + 1)
    case "VP8X":
      if bytes[20] & 2 != 0 {
        throw DataError(
          "\(path) is an animated WebP file; save its first picture as a file of its own")
      }
      header.width = littleEndian(bytes[...], 24, 3) + 1
      header.height = littleEndian(bytes[...], 27, 3) + 1
      var at = 30
      while at + 8 <= bytes.count {
        let length = littleEndian(bytes[...], at + 4, 4)
        guard length <= bytes.count - at - 8 else { break }
        if bytes[at..<(at + 4)].elementsEqual("EXIF".utf8) {
          var exif = bytes[(at + 8)..<(at + 8 + length)]
          if exif.starts(with: Array("Exif\0\0".utf8)) { exif = exif.dropFirst(6) }
          header.orientation = Orientation(exif: exif)
        }
        at += 8 + length + length % 2
      }
    default: return nil
    }
    return header
  }

  private static func tiff(_ bytes: [UInt8], _ path: String) throws -> ImageHeader? {
    guard let directory = TIFFDirectory(bytes[...]), !directory.isCut,
      let width = directory[TIFFDirectory.width],
      let height = directory[TIFFDirectory.height]
    else { return nil }
    guard let bits = directory[TIFFDirectory.bits], bits > 1 else {
      throw DataError("\(path) is a TIFF file of one bit a pixel; save it as a PNG file")
    }
    // 0 and 1: greys, 2: red, green, blue, 3: a palette, 5: CMYK, 6: YCbCr.
    let photometric = directory[TIFFDirectory.photometric] ?? -1
    guard [0, 1, 2, 3, 5, 6].contains(photometric) else {
      throw DataError(
        "\(path) is a TIFF file of colours that are not read (photometric \(photometric)); save it as a PNG file"
      )
    }
    let bytesOfPixel = max(1, bits / 8) * max(1, directory[TIFFDirectory.samples] ?? 1)
    let most = directory[TIFFDirectory.compression] ?? 1 == 1 ? 1 : 4096
    if width > 0, height > 0, width <= mostPixels / height,
      width * height * bytesOfPixel / most > bytes.count
    {
      throw cannotHold(bytes, width, height, path)
    }
    var header = ImageHeader(
      format: .tiff, width: width, height: height, channels: photometric <= 1 ? 1 : 3)
    header.orientation = Orientation(number: directory[TIFFDirectory.orientation] ?? 1)
    return header
  }
}
