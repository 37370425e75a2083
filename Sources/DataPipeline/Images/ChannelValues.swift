/// Of each channel of pictures its one value, or that it has several: a channel that never changes teaches nothing, and
/// often is a file misread.
struct ChannelValues {
  private enum Values: Equatable {
    case none
    case one(UInt8)
    case several
  }
  private var channels: [Values]

  init(_ channels: Int) { self.channels = Array(repeating: .none, count: channels) }

  /// Looks no further than the first pixel that differs.
  init(of image: Image) {
    self.init(image.channels)
    let count = image.channels
    image.pixels.withUnsafeBufferPointer { pixels in
      for channel in 0..<count {
        let first = pixels[channel]
        let isConstant = stride(from: channel, to: pixels.count, by: count)
          .allSatisfy { pixels[$0] == first }
        channels[channel] = isConstant ? .one(first) : .several
      }
    }
  }

  mutating func add(_ other: ChannelValues) {
    for (channel, values) in other.channels.enumerated() {
      channels[channel] =
        channels[channel] == .none || channels[channel] == values
        ? values : .several
    }
  }

  /// A sentence for each channel of one value.
  func constant(in pictures: Int) -> [String] {
    let names = channels.count == 3 ? ["red", "green", "blue"] : ["grey"]
    return zip(names, channels).compactMap { name, values in
      guard case .one(let value) = values else { return nil }
      return
        "warning: \(name) is \(value) of 255 in every pixel of all \(pictures) training images, so nothing can be learned from it: are the files read rightly?"
    }
  }
}
