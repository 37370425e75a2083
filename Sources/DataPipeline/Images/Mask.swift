import Foundation
import Tensors

/// A class number for every pixel of a picture, for segmentation.
///
/// Its file is a PNG whose pixels are the numbers as stored, never converted: the grey of a grey file, the place in the
/// palette of a file with a palette (what NumPy sees of a picture that Pillow opened). Grey files of 1, 2, 4, 8 or 16 bits
/// hold 0…1, 0…3, 0…15, 0…255, 0…65535; a file of colours is a mask if all of them are greys. GIF and BMP files with a
/// palette will do too.
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

  /// The mask in a file.
  ///
  /// - Parameters:
  ///   - count: The number of classes: a pixel at or above it, unless it is `void`, is an error.
  ///   - void: The stored number of pixels that do not count, 0…65535; they become `voidClass`.
  ///   - values: The class of each stored number, such as `[0: 0, 255: 1]`; a number that it does not name, unless it
  ///     is `void`, is an error. If left out, each number is its own class.
  public init(
    contentsOf path: String, expecting count: Int? = nil, void: Int? = nil,
    values: [Int: Int]? = nil
  ) throws {
    let file = try ImageCodec.readNumbers(path)
    let count = count ?? 256
    let voidClass = void.map { Self.voidClass($0, of: count, isMapped: values != nil) }
    // Nil where a number is no class.
    let classes = (0...(file.numbers.max() ?? 0)).map { number -> UInt8? in
      if Int(number) == void { return voidClass.map { UInt8($0) } }
      let label = values == nil ? Int(number) : values?[Int(number)]
      return label.flatMap { 0..<min(count, 256) ~= $0 ? UInt8($0) : nil }
    }
    if let bad = file.numbers.firstIndex(where: { classes[Int($0)] == nil }) {
      let number = file.numbers[bad]
      let rule =
        values == nil
        ? "there are \(count) classes, 0…\(count - 1)" : "the values name no class for it"
      throw DataError(
        "\(path) has class \(number) in row \(bad / file.width), column \(bad % file.width); \(rule)"
      )
    }
    self.init(
      width: file.width, height: file.height, classes: file.numbers.map { classes[Int($0)]! })
  }

  /// The class that pixels of the stored number `void` get: the number itself where no class has it, otherwise 255.
  public static func voidClass(_ void: Int, of count: Int, isMapped: Bool = false) -> Int {
    void > 255 || isMapped && void < count ? 255 : void
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
      let isTurned = mask.width == image.height && mask.height == image.width
      throw DataError(
        "\(maskPath) is \(mask.width) × \(mask.height) pixels, its picture \(imagePath) "
          + "\(image.width) × \(image.height)"
          + (isTurned ? " (appliesOrientation: false reads a picture as it is stored)" : ""))
    }
  }
}
