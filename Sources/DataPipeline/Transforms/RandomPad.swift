import Kernels
import Tensors

/// Augmentation by a random crop: each image is padded with zeros on all sides, and a window of its own size is taken
/// from a random place of the result (fastai's `rand_pad` with mode "zeros").
///
/// Images `[n, channels, h, w]`; one place an image, the same for its channels.
public struct RandomPad: Sendable {
  public let padding: Int

  public init(_ padding: Int) {
    expect(padding >= 0, "RandomPad expects a padding of 0 or more, got \(padding)")
    self.padding = padding
  }

  public func callAsFunction(
    _ images: Tensor, using generator: inout some RandomNumberGenerator
  ) -> Tensor {
    expect(images.rank == 4, "RandomPad expects [n, channels, h, w], got \(images.shape)")
    let (channels, height, width) = (images.shape[1], images.shape[2], images.shape[3])
    var y = Tensor(unfilled: images.shape)
    let start = y.mutableStart
    for image in 0..<images.shape[0] {
      let down = Int.random(in: -padding...padding, using: &generator)
      let right = Int.random(in: -padding...padding, using: &generator)
      for channel in 0..<channels {
        let plane = (image * channels + channel) * height * width
        Kernels.shiftImage(
          images.start + plane, into: start + plane, height: height, width: width, down: down,
          right: right)
      }
    }
    return y
  }
}
