/// Bars over categories or positions, and histograms.
struct BarsSVG {
  private let frame: PlotSVG
  private let values: [Double]
  private let role: FigureStyle.Role
  private let series: Int
  private let width: Double
  private let offset: Double

  init(
    _ frame: PlotSVG, _ values: [Double], layer: Int, of layers: Int, _ series: Int,
    _ role: FigureStyle.Role
  ) {
    self.frame = frame
    self.values = values
    self.role = role
    self.series = series
    let slot = (frame.x(1) ?? 0) - (frame.x(0) ?? 0)
    width = max(1, slot * 0.76 / Double(max(layers, 1)))
    offset = -slot * 0.38 + Double(layer) * width
  }

  private static func base(_ frame: PlotSVG) -> Double {
    frame.plot.y.scale == .linear && frame.y.range.contains(0)
      ? frame.y(0) ?? frame.bottom : frame.bottom
  }

  /// The rectangles of the bars that have a value.
  private var rectangles: [(x: Double, y: Double, height: Double, value: Double)] {
    let base = Self.base(frame)
    return values.enumerated().compactMap { index, value in
      guard let x = frame.x(Double(index)), let y = frame.y(value) else { return nil }
      return (x + offset, min(y, base), abs(base - y), value)
    }
  }

  var body: String {
    let px = FigureStyle.px
    // A line at the top of every second series is the cue beside colour.
    return rectangles.map { bar in
      "<rect x=\"\(px(bar.x))\" y=\"\(px(bar.y))\" width=\"\(px(max(width - 1, 0.8)))\" "
        + "height=\"\(px(bar.height))\" opacity=\"0.9\" \(FigureStyle.paint(fill: role))/>"
        + (series.isMultiple(of: 2) || bar.height < 6
          ? ""
          : "<path d=\"M\(px(bar.x)) \(px(bar.y + 4))h\(px(max(width - 1, 0.8)))\" "
            + "stroke-width=\"1.5\" \(FigureStyle.paint(stroke: .card))/>")
    }.joined(separator: "\n")
  }

  /// The values above the bars, where there is room.
  var labels: String {
    let texts = rectangles.map { NumberText.short($0.value, digits: 3).replacing("-", with: "−") }
    let widest = texts.map { FigureStyle.textWidth($0, size: frame.small - 1) }.max() ?? 0
    guard widest < width + 4 else { return "" }
    return zip(rectangles, texts).map { bar, text in
      let isDown = bar.value < 0
      return FigureStyle.text(
        text, x: bar.x + width / 2, y: isDown ? bar.y + bar.height + frame.small : bar.y - 4,
        size: frame.small - 1, role: .soft, anchor: "middle")
    }.joined(separator: "\n")
  }

  static func histogram(
    _ frame: PlotSVG, _ edges: [Double], _ counts: [Double], _ role: FigureStyle.Role
  ) -> String {
    let px = FigureStyle.px
    let base = Self.base(frame)
    var path = ""
    for (index, count) in counts.enumerated() where index + 1 < edges.count {
      guard let a = frame.x(edges[index]), let b = frame.x(edges[index + 1]) else { continue }
      let y = frame.y(count) ?? base
      path += path.isEmpty ? "M\(px(a)) \(px(base))" : ""
      path += "L\(px(a)) \(px(y))L\(px(b)) \(px(y))"
    }
    guard !path.isEmpty, let last = edges.last.flatMap({ frame.x($0) }) else { return "" }
    path += "L\(px(last)) \(px(base))"
    return "<path d=\"\(path)z\" fill-opacity=\"0.45\" stroke-width=\"1.4\" "
      + FigureStyle.paint(fill: role, stroke: role) + "/>"
  }
}
