import Tensors

/// The picture as if seen from another side: its corners are moved in pairs, in a share of the draws (the course's
/// `symmetric_warp`).
///
/// The corners of the old picture come to (−1 − m₃, −1 − m₁), (−1 − m₂, 1 + m₁), (1 + m₃, −1 − m₀), (1 + m₂, 1 + m₀), with four
/// magnitudes m from a range.
public struct PerspectiveWarp: ImageTransform {
  public let magnitude: ClosedRange<Double>
  public let chance: Double

  public init(magnitude: ClosedRange<Double>, chance: Double = 1) {
    expect(
      magnitude.lowerBound > -1, "PerspectiveWarp expects magnitudes above -1, got \(magnitude)")
    self.magnitude = magnitude
    self.chance = chance
  }

  public func callAsFunction(_ view: inout ImageView, using generator: inout SeededGenerator) {
    guard generator.happens(chance) else { return }
    view.transform(
      Self.map((0..<4).map { _ in Double.random(in: magnitude, using: &generator) }))
  }

  public static func map(_ m: [Double]) -> Homography {
    expect(m.count == 4, "PerspectiveWarp expects four magnitudes, got \(m.count)")
    return Homography(
      from: [
        (-1 - m[3], -1 - m[1]), (-1 - m[2], 1 + m[1]), (1 + m[3], -1 - m[0]),
        (1 + m[2], 1 + m[0]),
      ], to: [(-1, -1), (-1, 1), (1, -1), (1, 1)])
  }
}
