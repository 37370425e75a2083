import Foundation
import Tensors

/// A turn about the middle by an angle from a range of degrees, counter-clockwise if positive, in a share of the draws.
public struct Rotation: ImageTransform {
  public let degrees: ClosedRange<Double>
  public let chance: Double

  public init(degrees: ClosedRange<Double>, chance: Double = 1) {
    self.degrees = degrees
    self.chance = chance
  }

  public func callAsFunction(_ view: inout ImageView, using generator: inout SeededGenerator) {
    guard generator.happens(chance) else { return }
    view.transformKeepingAngles(Self.map(degrees: .random(in: degrees, using: &generator)))
  }

  /// (x, y) ← (x cos α − y sin α, x sin α + y cos α), y pointing down.
  public static func map(degrees: Double) -> Homography {
    let angle = degrees * .pi / 180
    return .affine(cos(angle), -sin(angle), 0, sin(angle), cos(angle), 0)
  }
}
