import Tensors

/// One kind of augmentation: it draws its numbers and adds itself to what is to be seen of a picture.
///
/// Transforms of a list are done in its order, all in one resampling, and alike to picture, mask and points.
public protocol ImageTransform: Sendable {
  func callAsFunction(_ view: inout ImageView, using generator: inout SeededGenerator)
}

extension SeededGenerator {
  /// True in a share of the draws.
  mutating func happens(_ chance: Double) -> Bool {
    Double.random(in: 0..<1, using: &self) < chance
  }
}
