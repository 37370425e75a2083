/// A computed number beside the same number from somewhere else.
public struct CheckedNumber: Codable, Equatable, Sendable {
  public var id: String
  public var label: String
  public var value: Double
  /// Computed or published elsewhere, never by the code under test.
  public var reference: Double
  /// The largest difference that still counts as equal.
  public var tolerance: Double
  /// Why the tolerance is as wide as it is.
  public var reason: String
  /// Where the reference comes from.
  public var source: String

  /// True inside the band; a number that is not finite is never inside.
  public var isInside: Bool {
    value.isFinite && reference.isFinite && abs(value - reference) <= tolerance
  }
}
