import Foundation
import Tensors

/// More or less contrast, in a share of the draws: logit(x) ← s · logit(x), s drawn so that its logarithm is even over the
/// range.
public struct Contrast: ImageTransform {
  public let scale: ClosedRange<Double>
  public let chance: Double

  public init(scale: ClosedRange<Double>, chance: Double = 1) {
    expect(scale.lowerBound > 0, "Contrast expects scales above 0, got \(scale)")
    self.scale = scale
    self.chance = chance
  }

  public func callAsFunction(_ view: inout ImageView, using generator: inout SeededGenerator) {
    guard generator.happens(chance) else { return }
    let logarithm = Double.random(
      in: log(scale.lowerBound)...log(scale.upperBound), using: &generator)
    view.increaseContrast(by: exp(logarithm))
  }
}
