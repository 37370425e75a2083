import Foundation
import Tensors

/// A class number for every pixel of a picture, for segmentation.
///
/// Its file is a PNG whose pixels are the numbers: the grey of a grey file, the place in the palette of a file with a palette
/// (what NumPy sees of a picture that Pillow opened). Grey files of 1, 2 or 4 bits hold 0…1, 0…3, 0…15.
public struct Mask: Sendable, Equatable {
  public let width: Int
  public let height: Int
  /// `height` rows of `width` class numbers.
  public let classes: [UInt8]

  public init(width: Int, height: Int, classes: [UInt8]) {
    expect(
      width > 0 && height > 0 && classes.count == width * height,
      "Mask of \(width) × \(height) expects \(width * height) classes, got \(classes.count)")
    self.width = width
    self.height = height
    self.classes = classes
  }

  /// The mask in a PNG file. `expecting` is the number of classes: a pixel at or above it, unless it is `void`, is an
  /// error.
  public init(contentsOf path: String, expecting count: Int? = nil, void: Int? = nil) throws {
    let file = try ImageCodec.read(path, as: .indices)
    self.init(width: file.width, height: file.height, classes: file.pixels)
    if let count, let bad = classes.firstIndex(where: { $0 >= count && Int($0) != void }) {
      throw DataError(
        "\(path) has class \(classes[bad]) in row \(bad / width), column \(bad % width); there are "
          + "\(count) classes, 0…\(count - 1)")
    }
  }

  /// The class of a pixel; x counts columns from the left, y rows from the top.
  public subscript(x: Int, y: Int) -> Int { Int(classes[y * width + x]) }

  /// Row after row, as losses and metrics take classes.
  public var labels: [Int] { classes.map { Int($0) } }

  public func writePNG(_ path: String) throws {
    try Data(ImageCodec.png(classes, width: width, height: height, isGrey: true))
      .writeNaming(path)
  }

  /// Stops a picture and a mask that do not belong together.
  public static func check(
    _ mask: Mask, _ maskPath: String, fits image: Image, _ imagePath: String
  ) throws {
    guard mask.width == image.width, mask.height == image.height else {
      throw DataError(
        "\(maskPath) is \(mask.width) × \(mask.height) pixels, its picture \(imagePath) "
          + "\(image.width) × \(image.height)")
    }
  }
}
