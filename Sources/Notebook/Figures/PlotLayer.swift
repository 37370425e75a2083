/// How a line is drawn.
public enum LineStyle: Sendable {
  case solid, dashed
  /// Pale, for raw values under a smoothed line; takes the colour of the next line.
  case faint
}

/// One thing that a plot shows.
public enum PlotLayer: Sendable {
  /// Points joined in their order.
  case line(_ name: String, _ points: [(x: Double, y: Double)], style: LineStyle = .solid)
  /// Points alone.
  case scatter(_ name: String, _ points: [(x: Double, y: Double)])
  /// Points with a word beside each.
  case labels(_ points: [(x: Double, y: Double, text: String)])
  /// One bar a category, or a position 0, 1, 2…; several such layers stand side by side.
  case bars(_ name: String, _ values: [Double])
  /// Counts between edges; there is one more edge than counts.
  case histogram(_ name: String, edges: [Double], counts: [Double])
  /// The area between two lines.
  case band(_ name: String, x: [Double], lower: [Double], upper: [Double])
  /// A vertical line with a word.
  case vertical(x: Double, _ text: String)
  /// A horizontal line with a word.
  case horizontal(y: Double, _ text: String)
  /// A marked point with a word.
  case point(x: Double, y: Double, _ text: String)
  /// Values over an area: the first row is the lowest y. Contour lines on request.
  case heatmap(
    _ rows: [[Double]], x: ClosedRange<Double>, y: ClosedRange<Double>, contours: Bool = false,
    diverging: Bool = false)
  /// A table of numbers in coloured cells, such as a confusion matrix: the first row is the top.
  case matrix(_ rows: [[Double]], decimals: Int = 0)

  /// A line over 0, 1, 2…
  public static func line<Value: BinaryFloatingPoint>(
    _ name: String, values: [Value], style: LineStyle = .solid
  ) -> PlotLayer {
    .line(
      name, values.enumerated().map { (x: Double($0), y: Double($1)) }, style: style)
  }

  /// A line from two lists of one length.
  public static func line<Value: BinaryFloatingPoint>(
    _ name: String, x: [Value], y: [Value], style: LineStyle = .solid
  ) -> PlotLayer {
    .line(name, zip(x, y).map { (x: Double($0), y: Double($1)) }, style: style)
  }

  /// Points from two lists of one length.
  public static func scatter<Value: BinaryFloatingPoint>(
    _ name: String, x: [Value], y: [Value]
  ) -> PlotLayer {
    .scatter(name, zip(x, y).map { (x: Double($0), y: Double($1)) })
  }

  /// The counts of `values` in equally wide bins between their smallest and largest.
  public static func histogram<Value: BinaryFloatingPoint>(
    _ name: String, of values: [Value], bins: Int = 30
  ) -> PlotLayer {
    let finite = values.map { Double($0) }.filter(\.isFinite)
    let low = finite.min() ?? 0
    let high = finite.max() ?? 1
    let width = (high > low ? high - low : 1) / Double(bins)
    var counts = [Double](repeating: 0, count: bins)
    for value in finite { counts[min(Int((value - low) / width), bins - 1)] += 1 }
    return .histogram(name, edges: (0...bins).map { low + Double($0) * width }, counts: counts)
  }
}
