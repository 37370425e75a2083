import CGD
import Foundation

/// Pictures from and to the bytes of files, by libgd. The only file that calls it.
enum ImageCodec {
  /// What the pixels of a file stand for.
  enum Content { case greys, colours }

  /// Width, height and rows of bytes: one a pixel for `.greys`, three for `.colours`. Without a `wanted` content, greys
  /// if the file is grey, otherwise colours.
  static func read(
    _ path: String, as wanted: Content? = nil, appliesOrientation: Bool = true
  ) throws -> (width: Int, height: Int, content: Content, pixels: [UInt8]) {
    let bytes = try read(path)
    var header = try ImageHeader(bytes, path: path)
    let image = try decode(bytes, &header, path)
    defer { gdImageDestroy(image) }
    let isGrey =
      header.channels.map { $0 == 1 }
      ?? (image.pointee.trueColor == 0 && image_palette_is_grey(image) != 0)
    let content = wanted ?? (isGrey ? .greys : .colours)
    let pixels = pixels(of: image, perPixel: content == .colours ? 3 : 1) {
      switch content {
      case .colours: image_copy_colours(image, $0)
      case .greys: isGrey ? image_copy_greys(image, $0) : image_copy_lumas(image, $0)
      }
    }
    let orientation = appliesOrientation ? header.orientation : .upright
    let shown = orientation.shown(
      pixels, width: header.width, height: header.height, size: content == .colours ? 3 : 1)
    return (shown.width, shown.height, content, shown.elements)
  }

  /// Width, height and a number a pixel as the file stores it, never converted: the grey, or the place in the palette.
  static func readNumbers(
    _ path: String
  ) throws -> (width: Int, height: Int, numbers: [UInt16]) {
    let bytes = try read(path)
    var header = try ImageHeader(bytes, path: path)
    let numbers: [UInt16]
    switch header.format {
    case .png:
      let chunks = try PNGChunks(bytes, path: path)
      header.orientation = chunks.orientation
      numbers = try PNGSamples(chunks, path: path).numbers(path: path)
    case .gif where header.channels == nil, .bmp where header.channels == nil:
      let image = try decode(bytes, &header, path)
      defer { gdImageDestroy(image) }
      guard image.pointee.trueColor == 0 else {
        throw DataError("\(path) is not a mask: it has no palette; save it as a grey PNG file")
      }
      numbers = pixels(of: image, perPixel: 1) { image_copy_indices(image, $0) }.map(UInt16.init)
    default:
      throw DataError(
        "\(path) is not a mask: a mask is a PNG file whose pixels are class numbers, grey or from a "
          + "palette, this is a \(header.format.name) file; save it as such a PNG file")
    }
    let shown = header.orientation.shown(
      numbers, width: header.width, height: header.height, size: 1)
    return (shown.width, shown.height, shown.elements)
  }

  private static func pixels(
    of image: gdImagePtr, perPixel: Int, _ copy: (UnsafeMutablePointer<UInt8>) -> Void
  ) -> [UInt8] {
    let count = Int(image.pointee.sx) * Int(image.pointee.sy) * perPixel
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      copy(buffer.baseAddress!)
      used = count
    }
  }

  private static let messagesAreKept: Void = {
    image_keep_messages()
    // libtiff prints by itself. It is not linked here, but there with libgd, if that reads TIFF files.
    for name in ["TIFFSetErrorHandler", "TIFFSetWarningHandler"] {
      guard let setter = dlsym(dlopen(nil, RTLD_NOW), name) else { continue }
      typealias Setter = @convention(c) (OpaquePointer?) -> OpaquePointer?
      _ = unsafeBitCast(setter, to: Setter.self)(nil)
    }
  }()

  /// A picture of the header's size; a PNG file's orientation is added to its header.
  private static func decode(
    _ bytes: [UInt8], _ header: inout ImageHeader, _ path: String
  ) throws -> gdImagePtr {
    messagesAreKept
    guard gdSupportsFileType("picture.\(header.format.rawValue)", 0) != 0 else {
      throw DataError(
        "\(path) is a \(header.format.name) file, which the libgd of this machine cannot read; save it as a PNG file"
      )
    }
    var image: gdImagePtr?
    switch header.format {
    case .png:
      let chunks = try PNGChunks(bytes, path: path)
      header.orientation = chunks.orientation
      image = image_from_png(chunks.essential, Int32(chunks.essential.count))
    case .jpeg:
      let file = header.isBareCMYK ? withAdobeMarker(bytes) : bytes
      image = image_from_jpeg(file, Int32(file.count))
    case .gif:
      image = image_from_gif(bytes, Int32(bytes.count))
      if let frame = image, let offset = header.offset {
        image = image_on_canvas(
          frame, Int32(offset.x), Int32(offset.y), Int32(header.width), Int32(header.height))
      }
    case .bmp: image = image_from_bmp(bytes, Int32(bytes.count))
    case .webp: image = image_from_webp(bytes, Int32(bytes.count))
    case .tiff:
      let file = plainTIFF(bytes)
      image = image_from_tiff(file, Int32(file.count))
    }
    // libgd also hands out pictures that libjpeg had to guess a part of; then there is a message.
    let message = String(cString: image_message())
    guard let image, message.isEmpty else {
      image.map(gdImageDestroy)
      throw DataError("\(path) is damaged: \(reason(message))")
    }
    guard Int(image.pointee.sx) == header.width, Int(image.pointee.sy) == header.height else {
      gdImageDestroy(image)
      throw DataError("\(path) is damaged: its header says two sizes")
    }
    return image
  }

  /// A JPEG file of four components with the marker that says: these are inverted inks, without a transform.
  ///
  /// libgd inverts only where it finds the marker; Pillow, and all who write such files, take it for granted.
  private static func withAdobeMarker(_ bytes: [UInt8]) -> [UInt8] {
    let marker: [UInt8] = [0xff, 0xee, 0, 14] + Array("Adobe".utf8) + [0, 100, 0, 0, 0, 0, 0]
    return bytes[..<2] + marker + bytes[2...]
  }

  /// A TIFF file that libtiff neither turns nor multiplies by its transparency.
  private static func plainTIFF(_ bytes: [UInt8]) -> [UInt8] {
    guard let directory = TIFFDirectory(bytes[...]) else { return bytes }
    var bytes = bytes
    directory.replace(TIFFDirectory.orientation, by: 1, in: &bytes)
    if directory[TIFFDirectory.extraSamples] == 2 {
      directory.replace(TIFFDirectory.extraSamples, by: 1, in: &bytes)
    }
    return bytes
  }

  /// "gd-jpeg, libjpeg: recoverable error: Premature end of JPEG file\n" → "Premature end of JPEG file".
  private static func reason(_ message: String) -> String {
    let words = message.trimmingCharacters(in: .whitespacesAndNewlines)
    let last = words.components(separatedBy: "error: ").last ?? ""
    // libgd says of every WebP file that libwebp refuses that there is no memory for it.
    return last.isEmpty || last.hasPrefix("gd-webp") ? "it cannot be decoded" : last
  }

  /// A whole file, if it is a plain one that may be a picture.
  private static func read(_ path: String) throws -> [UInt8] {
    var status = stat()
    func cannotOpen() -> DataError {
      DataError("cannot open \(path): \(String(cString: strerror(errno)))")
    }
    guard stat(path, &status) == 0 else { throw cannotOpen() }
    // Before it is opened: opening a pipe waits for someone who writes to it.
    guard status.st_mode & S_IFMT == S_IFREG else { throw DataError("\(path) is not a file") }
    guard let file = fopen(path, "rb") else { throw cannotOpen() }
    defer { fclose(file) }
    guard status.st_size < 1 << 30 else { throw DataError("\(path) is too large for a picture") }
    let size = Int(status.st_size)
    return try [UInt8](unsafeUninitializedCapacity: size) { buffer, used in
      used = fread(buffer.baseAddress, 1, size, file)
      if used < size { throw DataError("cannot read all of \(path)") }
    }
  }

  /// Bytes of a PNG file of greys (with a palette of greys, so they also read as indices) or colours.
  static func png(_ pixels: [UInt8], width: Int, height: Int, isGrey: Bool) -> [UInt8] {
    encode(pixels, width, height, isGrey: isGrey) { gdImagePngPtr($0, &$1) }
  }

  /// Bytes of a JPEG file in colours.
  static func jpeg(
    _ pixels: [UInt8], width: Int, height: Int, isGrey: Bool, quality: Int, isProgressive: Bool
  ) -> [UInt8] {
    encode(pixels, width, height, isGrey: isGrey) { image, count in
      gdImageInterlace(image, isProgressive ? 1 : 0)
      return gdImageJpegPtr(image, &count, Int32(quality))
    }
  }

  private static func encode(
    _ pixels: [UInt8], _ width: Int, _ height: Int, isGrey: Bool,
    by write: (gdImagePtr, inout Int32) -> UnsafeMutableRawPointer?
  ) -> [UInt8] {
    messagesAreKept
    let image =
      isGrey
      ? image_of_greys(pixels, Int32(width), Int32(height))
      : image_of_colours(pixels, Int32(width), Int32(height))
    guard let image else { fatalError("no memory for a picture of \(width) × \(height)") }
    defer { gdImageDestroy(image) }
    var count: Int32 = 0
    guard let bytes = write(image, &count) else { fatalError("libgd cannot write this picture") }
    defer { gdFree(bytes) }
    return Array(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
  }
}
