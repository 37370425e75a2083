import Tensors

/// A closer look at some place of the picture, in a share of the draws.
///
/// (x, y) ← (x / s + (1 − 1/s) u, y / s + (1 − 1/s) v): s from a range, (u, v) the place that stays where it is, −1…1 each.
public struct Zoom: ImageTransform {
  public let scale: ClosedRange<Double>
  public let chance: Double

  public init(scale: ClosedRange<Double>, chance: Double = 1) {
    expect(scale.lowerBound > 0, "Zoom expects scales above 0, got \(scale)")
    self.scale = scale
    self.chance = chance
  }

  public func callAsFunction(_ view: inout ImageView, using generator: inout SeededGenerator) {
    guard generator.happens(chance) else { return }
    let scale = Double.random(in: scale, using: &generator)
    let row = Double.random(in: 0...1, using: &generator)
    let column = Double.random(in: 0...1, using: &generator)
    view.transform(Self.map(scale: scale, row: row, column: column))
  }

  /// `row` and `column` are the place's shares of height and width, 0…1.
  public static func map(scale: Double, row: Double = 0.5, column: Double = 0.5) -> Homography {
    let rest = 1 - 1 / scale
    return .affine(1 / scale, 0, rest * (2 * column - 1), 0, 1 / scale, rest * (2 * row - 1))
  }
}
