/// Values over an area as colours, with contour lines and a colour bar.
struct HeatmapSVG {
  private let frame: PlotSVG
  private let rows: [[Double]]
  private let x: ClosedRange<Double>
  private let y: ClosedRange<Double>
  private let hasContours: Bool
  private let map: ColorMap
  private let low: Double
  private let high: Double

  init(
    _ frame: PlotSVG, _ rows: [[Double]], _ x: ClosedRange<Double>, _ y: ClosedRange<Double>,
    _ contours: Bool, _ diverging: Bool
  ) {
    self.frame = frame
    self.rows = rows
    self.x = x
    self.y = y
    hasContours = contours
    map = diverging ? .diverging : .sequential
    let values = rows.flatMap { $0 }.filter(\.isFinite)
    var low = values.min() ?? 0
    var high = values.max() ?? 1
    if diverging {
      high = max(abs(low), abs(high))
      low = -high
    }
    if high <= low { high = low + 1 }
    self.low = low
    self.high = high
  }

  private var columns: Int { rows.map(\.count).max() ?? 0 }

  var body: String {
    guard columns > 0, let left = frame.x(x.lowerBound), let right = frame.x(x.upperBound),
      let bottom = frame.y(y.lowerBound), let top = frame.y(y.upperBound)
    else { return "" }
    let cell = ((right - left) / Double(columns), (bottom - top) / Double(rows.count))
    let cells = map.paths(rows.reversed(), low: low, high: high, x: left, y: top, cell: cell)
    return hasContours ? cells + "\n" + contours(left: left, bottom: bottom, cell: cell) : cells
  }

  /// Lines of equal value by marching squares over the cells' centres.
  private func contours(left: Double, bottom: Double, cell: (Double, Double)) -> String {
    let px = FigureStyle.px
    var path = ""
    for step in 1..<10 {
      // Levels crowd towards the lowest value, where a loss surface is flat.
      let part = Double(step) / 10
      let level = low + (high - low) * part * part
      for r in 0..<max(rows.count - 1, 0) {
        for c in 0..<max(columns - 1, 0) {
          guard c + 1 < rows[r].count, c + 1 < rows[r + 1].count else { continue }
          let corners = [
            (c, r, rows[r][c]), (c + 1, r, rows[r][c + 1]), (c + 1, r + 1, rows[r + 1][c + 1]),
            (c, r + 1, rows[r + 1][c]),
          ]
          var crossings: [(Double, Double)] = []
          for (a, b) in zip(corners, corners.dropFirst() + corners.prefix(1))
          where (a.2 < level) != (b.2 < level) {
            let t = (level - a.2) / (b.2 - a.2)
            let column = Double(a.0) + (Double(b.0) - Double(a.0)) * t
            let row = Double(a.1) + (Double(b.1) - Double(a.1)) * t
            crossings.append(
              (left + (column + 0.5) * cell.0, bottom - (row + 0.5) * cell.1))
          }
          for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
            let (a, b) = (crossings[pair], crossings[pair + 1])
            path += "M\(px(a.0)) \(px(a.1))L\(px(b.0)) \(px(b.1))"
          }
        }
      }
    }
    return
      "<path d=\"\(path)\" fill=\"none\" stroke=\"#ffffff\" stroke-width=\"1\" opacity=\"0.55\"/>"
  }

  var colorBar: String {
    let px = FigureStyle.px
    let left = frame.right + 12
    let height = frame.bottom - frame.top
    let steps = (0..<50).map { [Double(49 - $0) / 49] }
    let bar = map.paths(
      steps, low: 0, high: 1, x: left, y: frame.top, cell: (12, height / 50))
    let outline =
      "<rect x=\"\(px(left))\" y=\"\(px(frame.top))\" width=\"12\" height=\"\(px(height))\" "
      + "fill=\"none\" \(FigureStyle.paint(stroke: .axis))/>"
    let labels = AxisTicks.linear(low...high, about: max(2, Int(height / 60))).map { tick in
      FigureStyle.text(
        tick.label, x: left + 17,
        y: frame.bottom - (tick.value - low) / (high - low) * height + 4, size: frame.small - 1,
        role: .soft)
    }
    return ([bar, outline] + labels).joined(separator: "\n")
  }
}

/// A table of numbers whose cells are coloured by value.
struct MatrixSVG {
  private let frame: PlotSVG
  private let rows: [[Double]]
  private let decimals: Int

  init(_ frame: PlotSVG, _ rows: [[Double]], _ decimals: Int) {
    self.frame = frame
    self.rows = rows
    self.decimals = decimals
  }

  var body: String {
    let columns = rows.map(\.count).max() ?? 0
    guard columns > 0 else { return "" }
    let cell = (
      (frame.right - frame.left) / Double(columns),
      (frame.bottom - frame.top) / Double(rows.count)
    )
    let values = rows.flatMap { $0 }.filter(\.isFinite)
    let low = min(values.min() ?? 0, 0)
    let high = max(values.max() ?? 1, low + 1e-12)
    var parts = [
      ColorMap.blues.paths(
        rows, low: low, high: high, x: frame.left, y: frame.top, cell: cell)
    ]
    let size = min(frame.small + 1, cell.1 * 0.6, cell.0 * 0.4)
    for (r, row) in rows.enumerated() where size >= 5 {
      for (c, value) in row.enumerated() where value.isFinite {
        let text = formatted(value)
        let isLight = ColorMap.blues.isLight((value - low) / (high - low))
        parts.append(
          "<text x=\"\(FigureStyle.px(frame.left + (Double(c) + 0.5) * cell.0))\" "
            + "y=\"\(FigureStyle.px(frame.top + (Double(r) + 0.5) * cell.1 + size * 0.35))\" "
            + "font-size=\"\(FigureStyle.px(size))\" text-anchor=\"middle\" "
            + "fill=\"\(isLight ? "#1f2328" : "#ffffff")\">\(text)</text>")
      }
    }
    return parts.joined(separator: "\n")
  }

  private func formatted(_ value: Double) -> String {
    let text = NumberText.short(value, digits: 6)
    guard decimals > 0 || value != value.rounded() else { return text }
    return NumberText.fixed(value, decimals: decimals)
  }
}
