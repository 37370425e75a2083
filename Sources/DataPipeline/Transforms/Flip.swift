import Tensors

/// A mirror image, left and right exchanged, in a share of the draws: (x, y) ← (−x, y).
public struct Flip: ImageTransform {
  public let chance: Double

  public init(chance: Double = 0.5) { self.chance = chance }

  public func callAsFunction(_ view: inout ImageView, using generator: inout SeededGenerator) {
    if generator.happens(chance) { view.transform(.affine(-1, 0, 0, 0, 1, 0)) }
  }
}
