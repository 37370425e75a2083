import Foundation
import Kernels
import Tensors

/// A picture: rows of pixels from the top, each pixel one byte (grey) or three (red, green, blue).
///
/// Files are PNG (8 and 16 bits, grey, colour, palette, with or without transparency), JPEG (baseline, progressive,
/// grey, CMYK), GIF (the first picture), BMP, WebP (one picture) and TIFF (the first picture, 8 or 16 bits), told apart by
/// what they hold, not by their names. Of 16 bits the upper eight are kept. Transparency is dropped: the
/// colour below it stays, as Pillow's `convert("RGB")` leaves it. Four components of a JPEG file are inverted inks, with
/// or without the Adobe marker, as Pillow has it: red is C · K / 255 of the stored values, and so on.
/// The orientation that a camera notes (EXIF) is applied, so the picture is as it is shown.
public struct Image: Sendable, Equatable {
  public let width: Int
  public let height: Int
  /// 1 (grey) or 3 (red, green, blue).
  public let channels: Int
  /// `height` rows of `width` pixels of `channels` bytes.
  public let pixels: [UInt8]

  public init(width: Int, height: Int, channels: Int, pixels: [UInt8]) {
    expect(
      width > 0 && height > 0 && (channels == 1 || channels == 3),
      "Image expects at least one pixel and 1 or 3 channels, got \(width) × \(height) × \(channels)"
    )
    expect(
      pixels.count == width * height * channels,
      "Image of \(width) × \(height) × \(channels) expects \(width * height * channels) bytes, got "
        + "\(pixels.count)")
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }

  /// The picture in a file, with as many channels as the file has, or with those wanted: a grey picture's value then stands
  /// three times, a coloured one becomes (299 r + 587 g + 114 b) / 1000, as in Pillow.
  ///
  /// - Parameter appliesOrientation: Whether a picture that the camera took turned is turned upright; otherwise it comes as
  ///   it is stored.
  public init(
    contentsOf path: String, channels: Int? = nil, appliesOrientation: Bool = true
  ) throws {
    expect(
      channels == nil || channels == 1 || channels == 3,
      "Image expects 1 or 3 channels, got \(channels ?? 0)")
    let file = try ImageCodec.read(
      path, as: channels.map { $0 == 1 ? .greys : .colours }, appliesOrientation: appliesOrientation
    )
    self.init(
      width: file.width, height: file.height, channels: file.content == .colours ? 3 : 1,
      pixels: file.pixels)
  }

  /// The picture of a tensor `[channels, height, width]`: 0 becomes 0, 1 becomes 255, what lies outside is cut.
  public init(_ tensor: Tensor) {
    expect(
      tensor.rank == 3, "Image expects a tensor [channels, height, width], got \(tensor.shape)")
    let (channels, count) = (tensor.shape[0], tensor.shape[1] * tensor.shape[2])
    let pixels = [UInt8](unsafeUninitializedCapacity: channels * count) { bytes, used in
      Kernels.interleave(
        tensor.start, into: bytes.baseAddress!, channels: channels, count: count)
      used = channels * count
    }
    self.init(width: tensor.shape[2], height: tensor.shape[1], channels: channels, pixels: pixels)
  }

  /// `[channels, height, width]`, values 0…1.
  public var tensor: Tensor {
    var tensor = Tensor(unfilled: [channels, height, width])
    Kernels.separate(pixels, into: tensor.mutableStart, channels: channels, count: width * height)
    return tensor
  }

  /// The pixel's byte; x counts columns from the left, y rows from the top.
  public subscript(x: Int, y: Int, channel: Int = 0) -> UInt8 {
    pixels[(y * width + x) * channels + channel]
  }

  /// The bytes of a PNG file.
  public var png: [UInt8] {
    ImageCodec.png(pixels, width: width, height: height, isGrey: channels == 1)
  }

  public func writePNG(_ path: String) throws { try Data(png).writeNaming(path) }

  /// Always in colours, also for a grey picture. `quality` is libjpeg's, 1…100.
  public func writeJPEG(_ path: String, quality: Int = 90, isProgressive: Bool = false) throws {
    try Data(
      ImageCodec.jpeg(
        pixels, width: width, height: height, isGrey: channels == 1, quality: quality,
        isProgressive: isProgressive)
    ).writeNaming(path)
  }
}

extension Data {
  /// Writes the file, or says in one sentence which could not be written.
  func writeNaming(_ path: String) throws {
    do { try write(to: URL(filePath: path)) } catch {
      throw DataError("cannot write \(path): is there such a folder, and may it be written to?")
    }
  }
}
