import Foundation

/// Lays out one plot: title, legend, axes, and the rectangle in which the layers are drawn.
struct PlotSVG {
  let plot: Plot
  let width: Double
  let height: Double
  let isSmall: Bool
  let series: [Int]
  let legend: PlotLegend
  let x: PlotScale
  let y: PlotScale
  let xTicks: [AxisTicks.Tick]
  let yTicks: [AxisTicks.Tick]
  let titleLines: [String]
  /// Names at the ends of the lines instead of a legend.
  let endLabels: [EndLabel]
  private let legendRows: [[(entry: PlotLegend.Entry, x: Double)]]
  private let legendTop: Double
  private let tiltsCategories: Bool

  struct EndLabel {
    var name: String
    var series: Int
    var y: Double
  }

  var left: Double { x.start }
  var right: Double { x.end }
  var top: Double { y.end }
  var bottom: Double { y.start }
  var small: Double { isSmall ? 10.5 : 12 }

  init(_ plot: Plot, width: Double, height: Double, isSmall: Bool = false) {
    self.plot = plot
    self.width = width
    self.height = height
    self.isSmall = isSmall
    series = PlotLayer.series(of: plot.layers)
    legend = PlotLegend(plot.layers, series: series)
    let small = isSmall ? 10.5 : 12.0
    let extent = PlotExtent(plot)

    titleLines = Self.wrapped(plot.title, size: isSmall ? 13 : 15, width: width - 32)
    var top = 14 + Double(titleLines.count) * (isSmall ? 16 : 20)
    let isYNamed = !plot.y.label.isEmpty
    let xRoom = plot.x.label.isEmpty ? 0.0 : small + 7
    // Categories that do not fit side by side are tilted.
    let names = plot.x.categories ?? []
    let widest = names.map { FigureStyle.textWidth($0, size: small) }.max() ?? 0
    tiltsCategories = widest * Double(names.count) > (width - 110) * 0.92
    let tickRoom = tiltsCategories ? min(widest * 0.6 + 16, 110) : small + 10
    let bottom = height - 10 - xRoom - tickRoom

    var yTicks: [AxisTicks.Tick] = []
    if let rows = extent.matrixRows {
      yTicks = (0..<rows).map { index in
        let names = plot.y.categories ?? []
        return .init(
          value: Double(rows - 1 - index), label: index < names.count ? names[index] : "\(index)")
      }
    } else if let names = plot.y.categories {
      yTicks = names.enumerated().map { .init(value: Double($0), label: $1) }
    } else {
      let count = max(2, Int((bottom - top) / (isSmall ? 34 : 48)))
      yTicks = AxisTicks.ticks(extent.y, scale: plot.y.scale, about: count)
    }
    self.yTicks = yTicks
    let tickWidth = yTicks.map { FigureStyle.textWidth($0.label, size: small) }.max() ?? 0
    let left = 12 + (isYNamed ? small + 8 : 0) + tickWidth + 8

    // Names beside the lines' ends need room at the right; a legend needs room at the top.
    let trial = PlotScale(range: extent.y, kind: plot.y.scale, start: bottom, end: top + 6)
    let labels = isSmall ? [] : Self.endLabels(plot, legend, extent, trial)
    endLabels = labels
    legendRows = labels.isEmpty ? legend.rows(width: width - left - 16, size: small) : []
    legendTop = top + 4
    top += Double(legendRows.count) * 20 + (legendRows.isEmpty ? 6 : 10)
    var right = width - 20
    if !labels.isEmpty {
      right -= (labels.map { FigureStyle.textWidth($0.name, size: small) }.max() ?? 0) + 12
    } else if extent.hasColorBar {
      right -= 62
    }
    x = PlotScale(range: extent.x, kind: plot.x.scale, start: left, end: right)
    y = PlotScale(range: extent.y, kind: plot.y.scale, start: bottom, end: top)
    if names.isEmpty {
      let count = max(2, Int((right - left) / (isSmall ? 60 : 80)))
      xTicks = AxisTicks.ticks(extent.x, scale: plot.x.scale, about: count)
    } else {
      xTicks = names.enumerated().map { .init(value: Double($0), label: $1) }
    }
  }

  /// The plot without a document around it.
  var body: String {
    var parts: [String] = []
    for (index, line) in titleLines.enumerated() {
      parts.append(
        FigureStyle.text(
          line, x: 16, y: (isSmall ? 22 : 27) + Double(index) * (isSmall ? 16 : 20),
          size: isSmall ? 13 : 15, weight: "600"))
    }
    for (index, row) in legendRows.enumerated() {
      let middle = legendTop + Double(index) * 20 + 10
      for (entry, offset) in row {
        parts.append(PlotLegend.key(entry, x: left + offset, y: middle))
        parts.append(
          FigureStyle.text(
            entry.name, x: left + offset + 30, y: middle + 4, size: small, role: .ink))
      }
    }
    parts.append(grid)
    parts.append(LayersSVG(self).body)
    parts.append(axes)
    for label in endLabels {
      parts.append(
        FigureStyle.text(
          label.name, x: right + 8, y: label.y + 4, size: small,
          role: FigureStyle.Role.series[label.series % FigureStyle.Role.series.count],
          weight: "600"))
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var hasGrid: Bool {
    !plot.layers.contains {
      switch $0 {
      case .heatmap, .matrix: true
      default: false
      }
    }
  }

  private var grid: String {
    guard hasGrid else { return "" }
    let px = FigureStyle.px
    var path = yTicks.compactMap { y($0.value) }.map { "M\(px(left)) \(px($0))H\(px(right))" }
    if plot.x.categories == nil {
      path += xTicks.compactMap { x($0.value) }.map { "M\(px($0)) \(px(top))V\(px(bottom))" }
    }
    return "<path d=\"\(path.joined())\" fill=\"none\" \(FigureStyle.paint(stroke: .grid))/>"
  }

  private var axes: String {
    let px = FigureStyle.px
    var parts: [String] = []
    if hasGrid {
      let base = y.range.contains(0) && plot.y.scale == .linear ? y(0) ?? bottom : bottom
      parts.append(
        "<path d=\"M\(px(left)) \(px(base))H\(px(right))\" fill=\"none\" "
          + FigureStyle.paint(stroke: .axis) + "/>")
    }
    for tick in yTicks {
      guard let place = y(tick.value) else { continue }
      parts.append(
        FigureStyle.text(
          tick.label, x: left - 7, y: place + small * 0.35, size: small, role: .soft,
          anchor: "end"))
    }
    for tick in xTicks {
      guard let place = x(tick.value) else { continue }
      parts.append(
        tiltsCategories
          ? FigureStyle.text(
            tick.label, x: place + 4, y: bottom + small + 4, size: small, role: .soft,
            anchor: "end", rotate: -35)
          : FigureStyle.text(
            tick.label, x: place, y: bottom + small + 6, size: small, role: .soft,
            anchor: "middle"))
    }
    if !plot.x.label.isEmpty {
      parts.append(
        FigureStyle.text(
          plot.x.label, x: (left + right) / 2, y: height - 12, size: small + 0.5, role: .ink,
          anchor: "middle"))
    }
    if !plot.y.label.isEmpty {
      parts.append(
        FigureStyle.text(
          plot.y.label, x: 12 + small, y: (top + bottom) / 2, size: small + 0.5, role: .ink,
          anchor: "middle", rotate: -90))
    }
    return parts.joined(separator: "\n")
  }

  /// Labels at the ends of up to five lines, if all reach the right edge and none would collide.
  private static func endLabels(
    _ plot: Plot, _ legend: PlotLegend, _ extent: PlotExtent, _ scale: PlotScale
  ) -> [EndLabel] {
    guard (2...5).contains(legend.entries.count) else { return [] }
    var labels: [EndLabel] = []
    for entry in legend.entries {
      guard case .line(let name, let points, let style) = entry.layer, style != .faint,
        name.count <= 22, points.count > 1,
        let last = points.last(where: { $0.x.isFinite && scale($0.y) != nil }),
        last.x >= extent.lastX, let place = scale(last.y),
        place >= scale.end - 1, place <= scale.start + 1
      else { return [] }
      labels.append(EndLabel(name: name, series: entry.series, y: place))
    }
    labels.sort { $0.y < $1.y }
    for (a, b) in zip(labels, labels.dropFirst()) where b.y - a.y < 15 { return [] }
    return labels
  }

  /// The lines of a title, which is bold and so a little wider.
  static func wrapped(_ text: String, size: Double, width: Double) -> [String] {
    let size = size * 1.08
    var lines = [""]
    for word in text.split(separator: " ") {
      let longer = lines.last! + (lines.last!.isEmpty ? "" : " ") + word
      if FigureStyle.textWidth(longer, size: size) > width, !lines.last!.isEmpty {
        lines.append(String(word))
      } else {
        lines[lines.count - 1] = longer
      }
    }
    return lines
  }
}
