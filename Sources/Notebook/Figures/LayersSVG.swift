/// The layers of a plot, inside its rectangle.
struct LayersSVG {
  let frame: PlotSVG
  private let clip: String

  init(_ frame: PlotSVG) {
    self.frame = frame
    clip = FigureStyle.identifier(frame.plot.id) + "-area"
  }

  private var layers: [PlotLayer] { frame.plot.layers }

  private var isOnColor: Bool {
    layers.contains { if case .heatmap = $0 { true } else { false } }
  }

  var body: String {
    let px = FigureStyle.px
    let frame = frame
    var inside: [String] = []
    var words: [String] = []
    var barLayer = 0
    var marks = 0
    let barLayers = layers.count { if case .bars = $0 { true } else { false } }
    for (layer, series) in zip(layers, frame.series) {
      let role = FigureStyle.Role.series[series % FigureStyle.Role.series.count]
      switch layer {
      case .line(_, let points, let style):
        inside.append(line(points, style, series, role))
      case .scatter(_, let points):
        inside.append(scatter(points, series, role))
      case .labels(let points):
        let placed = points.compactMap { point in
          frame.x(point.x).flatMap { x in frame.y(point.y).map { (x: x, y: $0, text: point.text) } }
        }
        inside += placed.map { Marker.svg(0, x: $0.x, y: $0.y, radius: 2.5, role: .blue) }
        words.append(PointLabels(frame, placed).body)
      case .bars(_, let values):
        let bars = BarsSVG(frame, values, layer: barLayer, of: barLayers, series, role)
        inside.append(bars.body)
        words.append(bars.labels)
        barLayer += 1
      case .histogram(_, let edges, let counts):
        inside.append(BarsSVG.histogram(frame, edges, counts, role))
      case .band(_, let x, let lower, let upper):
        inside.append(band(x, lower, upper, role))
      case .vertical(let x, let text):
        guard let place = frame.x(x) else { continue }
        inside.append(rule("M\(px(place)) \(px(frame.top))V\(px(frame.bottom))"))
        let isLeft = place + FigureStyle.textWidth(text, size: frame.small) + 8 > frame.right
        words.append(
          FigureStyle.text(
            text, x: place + (isLeft ? -6 : 6), y: frame.top + 14 + Double(marks % 4) * 16,
            size: frame.small, anchor: isLeft ? "end" : "start", halo: true))
        marks += 1
      case .horizontal(let y, let text):
        guard let place = frame.y(y) else { continue }
        inside.append(rule("M\(px(frame.left)) \(px(place))H\(px(frame.right))"))
        words.append(
          FigureStyle.text(
            text, x: frame.right - 6, y: place - 6, size: frame.small, anchor: "end", halo: true))
      case .point(let x, let y, let text):
        guard let a = frame.x(x), let b = frame.y(y) else { continue }
        inside.append(
          "<circle cx=\"\(px(a))\" cy=\"\(px(b))\" r=\"5\" stroke-width=\"2\" "
            + FigureStyle.paint(fill: .card, stroke: .ink) + "/>")
        let isLeft = a + FigureStyle.textWidth(text, size: frame.small) + 12 > frame.right
        words.append(
          FigureStyle.text(
            text, x: a + (isLeft ? -9 : 9), y: b < frame.top + 20 ? b + 16 : b - 8,
            size: frame.small, anchor: isLeft ? "end" : "start", halo: true))
      case .heatmap(let rows, let x, let y, let contours, let diverging):
        let map = HeatmapSVG(frame, rows, x, y, contours, diverging)
        inside.append(map.body)
        words.append(map.colorBar)
      case .matrix(let rows, let decimals):
        inside.append(MatrixSVG(frame, rows, decimals).body)
      }
    }
    let area =
      "<clipPath id=\"\(clip)\"><rect x=\"\(px(frame.left - 5))\" y=\"\(px(frame.top - 5))\" "
      + "width=\"\(px(frame.right - frame.left + 10))\" "
      + "height=\"\(px(frame.bottom - frame.top + 10))\"/></clipPath>"
    let group =
      "<g clip-path=\"url(#\(clip))\">\n\(inside.filter { !$0.isEmpty }.joined(separator: "\n"))\n</g>"
    return ([area, group] + words.filter { !$0.isEmpty }).joined(separator: "\n")
  }

  private func rule(_ path: String) -> String {
    "<path d=\"\(path)\" fill=\"none\" stroke-width=\"1.5\" stroke-dasharray=\"4 4\" "
      + FigureStyle.paint(stroke: .soft) + "/>"
  }

  private func line(
    _ points: [(x: Double, y: Double)], _ style: LineStyle, _ series: Int, _ role: FigureStyle.Role
  ) -> String {
    let px = FigureStyle.px
    // Runs between gaps: a point that is not finite interrupts the line.
    var runs: [[(x: Double, y: Double)]] = [[]]
    for point in points {
      if let x = frame.x(point.x), let y = frame.y(point.y) {
        runs[runs.count - 1].append((x, min(max(y, frame.top - 500), frame.bottom + 500)))
      } else if !runs[runs.count - 1].isEmpty {
        runs.append([])
      }
    }
    let placed = runs.map(LineThinning.thinned)
    let path = placed.filter { !$0.isEmpty }.map { run in
      "M" + run.map { "\(px($0.x)) \(px($0.y))" }.joined(separator: "L")
    }.joined()
    guard !path.isEmpty else { return "" }
    var attributes =
      "d=\"\(path)\" fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\""
    attributes += " stroke-width=\"\(style == .faint ? "1.2" : "2.2")\""
    if style == .dashed { attributes += " stroke-dasharray=\"6 5\"" }
    if style == .faint { attributes += " opacity=\"0.4\"" }
    var parts = ["<path \(attributes) \(FigureStyle.paint(stroke: role))/>"]
    if isOnColor {
      parts.insert(
        "<path d=\"\(path)\" fill=\"none\" stroke=\"#ffffff\" stroke-width=\"4\" "
          + "stroke-linejoin=\"round\" opacity=\"0.85\"/>", at: 0)
    }
    if style != .faint {
      parts += markers(placed.flatMap { $0 }, series).map {
        Marker.svg(series, x: $0.x, y: $0.y, radius: 3.5, role: role)
      }
    }
    return parts.joined(separator: "\n")
  }

  /// Every point of a short line; a few of a long one where it must be told from others.
  private func markers(
    _ points: [(x: Double, y: Double)], _ series: Int
  ) -> [(x: Double, y: Double)] {
    if points.count <= 25 { return points }
    guard frame.legend.entries.count > 1 else { return [] }
    let count = 6
    let first = points[0].x
    let span = points[points.count - 1].x - first
    guard span > 0 else { return [] }
    let shift = Double(series % 4) / 4
    return (0..<count).compactMap { index in
      let wanted = first + span * (Double(index) + 0.2 + shift * 0.6) / Double(count)
      return points.min { abs($0.x - wanted) < abs($1.x - wanted) }
    }
  }

  private func scatter(
    _ points: [(x: Double, y: Double)], _ series: Int, _ role: FigureStyle.Role
  ) -> String {
    let radius = points.count > 400 ? 2.0 : points.count > 100 ? 2.8 : 3.8
    let body = points.compactMap { point -> String? in
      guard let x = frame.x(point.x), let y = frame.y(point.y) else { return nil }
      return Marker.svg(series, x: x, y: y, radius: radius, role: role)
    }
    return "<g opacity=\"0.75\">\n\(body.joined(separator: "\n"))\n</g>"
  }

  private func band(
    _ x: [Double], _ lower: [Double], _ upper: [Double], _ role: FigureStyle.Role
  ) -> String {
    let indices = x.indices.prefix(min(x.count, lower.count, upper.count))
    let above = indices.compactMap { i in
      frame.x(x[i]).flatMap { a in frame.y(upper[i]).map { (a, $0) } }
    }
    let below = indices.compactMap { i in
      frame.x(x[i]).flatMap { a in frame.y(lower[i]).map { (a, $0) } }
    }
    guard !above.isEmpty, !below.isEmpty else { return "" }
    let points = (above + below.reversed()).map {
      "\(FigureStyle.px($0.0)),\(FigureStyle.px($0.1))"
    }
    return "<polygon points=\"\(points.joined(separator: " "))\" opacity=\"0.2\" "
      + FigureStyle.paint(fill: role) + "/>"
  }
}
