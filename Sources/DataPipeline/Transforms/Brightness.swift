import Foundation
import Tensors

/// More or less light, in a share of the draws: logit(x) ← logit(x) + logit(change), where logit(x) = ln(x / (1 − x)).
///
/// A change of ½ changes nothing, 0 is black, 1 white. On the scale of logits values stay between 0 and 1.
public struct Brightness: ImageTransform {
  public let change: ClosedRange<Double>
  public let chance: Double

  public init(change: ClosedRange<Double>, chance: Double = 1) {
    expect(
      change.lowerBound > 0 && change.upperBound < 1,
      "Brightness expects changes between 0 and 1, got \(change)")
    self.change = change
    self.chance = chance
  }

  public func callAsFunction(_ view: inout ImageView, using generator: inout SeededGenerator) {
    guard generator.happens(chance) else { return }
    let change = Double.random(in: change, using: &generator)
    view.brighten(by: log(change / (1 - change)))
  }
}
