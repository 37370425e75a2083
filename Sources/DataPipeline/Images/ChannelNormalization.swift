import Tensors

/// Pictures less the mean of each channel, divided by its standard deviation: (x − μ_c) / σ_c.
///
/// Pictures `[n, channels, h, w]`. The numbers come from training pictures, or are those of ImageNet where a net was
/// trained on it before, and serve for all pictures alike.
public struct ChannelNormalization: Sendable, Equatable {
  /// One a channel.
  public let mean: [Float]
  public let deviation: [Float]

  /// The usual numbers for red, green and blue of ImageNet's pictures, values 0…1.
  public static let imageNet = ChannelNormalization(
    mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225])

  public init(mean: [Float], deviation: [Float]) {
    expect(
      mean.count == deviation.count && deviation.allSatisfy { $0 > 0 },
      "ChannelNormalization expects a mean and a deviation above 0 for each channel, got \(mean) and \(deviation)"
    )
    self.mean = mean
    self.deviation = deviation
  }

  /// Those of a batch. A channel of one single value is only moved, since it has no deviation.
  public init(of images: Tensor) {
    expect(
      images.rank == 4 && images.count > 0,
      "ChannelNormalization expects [n, channels, h, w], got \(images.shape)")
    let mean = images.mean(axes: [0, 2, 3], keepingAxes: true)
    var means = mean.values
    let square = (images - mean) * (images - mean)
    var deviation = square.mean(axes: [0, 2, 3]).values.map { $0.squareRoot() }
    // The mean of many equal values is rounded; what then is left of them is no deviation.
    let (channels, size) = (images.shape[1], images.shape[2] * images.shape[3])
    for channel in 0..<channels {
      let first = images.start[channel * size]
      let isConstant = (0..<images.shape[0]).allSatisfy { image in
        let start = (image * channels + channel) * size
        return (start..<(start + size)).allSatisfy { images.start[$0] == first }
      }
      if isConstant { (means[channel], deviation[channel]) = (first, 1) }
    }
    self.init(mean: means, deviation: deviation.map { $0 > 0 ? $0 : 1 })
  }

  public func callAsFunction(_ images: Tensor) -> Tensor {
    let channels = mean.count
    expect(
      images.rank == 4 && images.shape[1] == channels,
      "ChannelNormalization of \(channels) channels expects [n, \(channels), h, w], got \(images.shape)"
    )
    let shape = [1, channels, 1, 1]
    return (images - Tensor(mean, shape: shape)) / Tensor(deviation, shape: shape)
  }
}
