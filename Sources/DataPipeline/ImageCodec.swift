import CGD
import Foundation

/// Pictures from and to the bytes of files, by libgd. The only file that calls it.
enum ImageCodec {
  /// What the pixels of a file stand for.
  enum Content { case greys, colours, indices }

  /// Width, height and rows of bytes: one a pixel for `.greys` and `.indices`, three for `.colours`. Without a `wanted`
  /// content, greys if the file is grey, otherwise colours.
  static func read(
    _ path: String, as wanted: Content? = nil
  ) throws -> (width: Int, height: Int, content: Content, pixels: [UInt8]) {
    let bytes = try read(path)
    let header = try ImageHeader(bytes, path: path)
    let image = try decode(bytes, header, path)
    defer { gdImageDestroy(image) }
    let (width, height) = (Int(image.pointee.sx), Int(image.pointee.sy))
    guard width == header.width, height == header.height else {
      throw DataError("\(path) is damaged: its header says two sizes")
    }
    let hasPalette = image.pointee.trueColor == 0
    let isGrey = header.channels.map { $0 == 1 } ?? (image_palette_is_grey(image) != 0)
    let content = wanted ?? (isGrey ? .greys : .colours)
    let copy: (gdImagePtr, UnsafeMutablePointer<UInt8>) -> Void
    switch content {
    case .colours: copy = image_copy_colours
    case .greys where isGrey: copy = image_copy_greys
    case .greys: copy = image_copy_lumas
    case .indices where header.format == .png && hasPalette: copy = image_copy_indices
    case .indices where header.format == .png && isGrey: copy = image_copy_greys
    case .indices:
      throw DataError(
        "\(path) is not a mask: a mask is a PNG file whose pixels are class numbers, grey or from a "
          + "palette, this is a \(header.format == .jpeg ? "JPEG file" : "PNG file of colours")")
    }
    let count = width * height * (content == .colours ? 3 : 1)
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      copy(image, buffer.baseAddress!)
      used = count
    }
    return (width, height, content, pixels)
  }

  private static let messagesAreKept: Void = image_keep_messages()

  private static func decode(
    _ bytes: [UInt8], _ header: ImageHeader, _ path: String
  ) throws -> gdImagePtr {
    messagesAreKept
    let image: gdImagePtr?
    switch header.format {
    case .png:
      let chunks = try PNGChunks.essential(bytes, path: path)
      image = image_from_png(chunks, Int32(chunks.count))
    case .jpeg: image = image_from_jpeg(bytes, Int32(bytes.count))
    }
    // libgd also hands out pictures that libjpeg had to guess a part of; then there is a message.
    let message = String(cString: image_message())
    guard let image, message.isEmpty else {
      image.map(gdImageDestroy)
      throw DataError("\(path) is damaged: \(reason(message))")
    }
    return image
  }

  /// "gd-jpeg, libjpeg: recoverable error: Premature end of JPEG file\n" → "Premature end of JPEG file".
  private static func reason(_ message: String) -> String {
    let words = message.trimmingCharacters(in: .whitespacesAndNewlines)
    let last = words.components(separatedBy: "error: ").last ?? ""
    return last.isEmpty ? "it cannot be decoded" : last
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
