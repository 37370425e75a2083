/// One axis of a plot.
public struct Axis: Sendable {
  /// How values become lengths.
  public enum Scale: Sendable {
    case linear, log
  }

  public var label: String
  public var scale: Scale
  /// The range to show; the data's own range if left out.
  public var range: ClosedRange<Double>?
  /// Names instead of numbers, for bars and matrices.
  public var categories: [String]?

  public init(
    _ label: String, scale: Scale = .linear, range: ClosedRange<Double>? = nil,
    categories: [String]? = nil
  ) {
    self.label = label
    self.scale = scale
    self.range = range
    self.categories = categories
  }
}
