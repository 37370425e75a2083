import DataPipeline

/// A colour for each class of a mask.
///
/// The first eight are those of Okabe and Ito 2008, which colour-blind readers can tell apart; after them the same again, paler,
/// then darker.
enum MaskColors {
  static let first: [[Double]] = [
    [0x99, 0x99, 0x99], [0xe6, 0x9f, 0x00], [0x56, 0xb4, 0xe9], [0x00, 0x9e, 0x73],
    [0xf0, 0xe4, 0x42], [0x00, 0x72, 0xb2], [0xd5, 0x5e, 0x00], [0xcc, 0x79, 0xa7],
  ]

  static func color(_ label: Int) -> [Double] {
    first[label % 8].map { value in
      switch label / 8 % 3 {
      case 0: value
      case 1: (value + 255) / 2
      default: value / 2
      }
    }
  }

  static func hex(_ label: Int) -> String {
    let value = color(label).reduce(0) { $0 << 8 | Int($1) }
    let text = String(value, radix: 16)
    return "#" + String(repeating: "0", count: 6 - text.count) + text
  }

  /// The picture with each pixel halfway to the colour of its class.
  static func overlay(_ mask: Mask, on image: Image) -> Image {
    let colors = (0..<256).map(color)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(3 * mask.classes.count)
    for (place, label) in mask.classes.enumerated() {
      for channel in 0..<3 {
        let value = image.pixels[place * image.channels + (image.channels == 3 ? channel : 0)]
        pixels.append(UInt8((Double(value) + colors[Int(label)][channel]) / 2))
      }
    }
    return Image(width: image.width, height: image.height, channels: 3, pixels: pixels)
  }
}
