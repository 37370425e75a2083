/// The names of a plot's series: beside the ends of the lines where that is easy, else in rows
/// above the data, never on it.
struct PlotLegend {
  struct Entry {
    var name: String
    var series: Int
    var layer: PlotLayer
  }

  let entries: [Entry]

  init(_ layers: [PlotLayer], series: [Int]) {
    let all = zip(layers, series).compactMap { layer, index in
      let name = layer.name
      return name.isEmpty ? nil : Entry(name: name, series: index, layer: layer)
    }
    entries = all.count > 1 ? all : []
  }

  /// The pieces of the legend in rows that fit.
  func rows(width: Double, size: Double) -> [[(entry: Entry, x: Double)]] {
    var rows: [[(entry: Entry, x: Double)]] = []
    var x = 0.0
    for entry in entries {
      let size = 30 + FigureStyle.textWidth(entry.name, size: size) + 16
      if rows.isEmpty || x + size > width {
        rows.append([])
        x = 0
      }
      rows[rows.count - 1].append((entry, x))
      x += size
    }
    return rows
  }

  /// The sign before a name, centred on `y`.
  static func key(_ entry: Entry, x: Double, y: Double) -> String {
    let role = FigureStyle.Role.series[entry.series % FigureStyle.Role.series.count]
    let px = FigureStyle.px
    let line = { (extra: String) in
      "<path d=\"M\(px(x)) \(px(y))h24\" fill=\"none\" stroke-width=\"2\" \(extra)"
        + FigureStyle.paint(stroke: role) + "/>"
    }
    switch entry.layer {
    case .line(_, _, .faint): return line("opacity=\"0.4\" ")
    case .line(_, _, let style):
      return line(style == .dashed ? "stroke-dasharray=\"6 4\" " : "")
        + Marker.svg(entry.series, x: x + 12, y: y, radius: 3.5, role: role)
    case .scatter: return Marker.svg(entry.series, x: x + 12, y: y, radius: 4, role: role)
    default:
      let opacity = if case .band = entry.layer { "0.25" } else { "0.85" }
      return "<rect x=\"\(px(x + 4))\" y=\"\(px(y - 6))\" width=\"16\" height=\"12\" rx=\"2\" "
        + "opacity=\"\(opacity)\" \(FigureStyle.paint(fill: role))/>"
    }
  }
}

extension PlotLayer {
  /// The name that a legend shows; empty if none.
  var name: String {
    switch self {
    case .line(let name, _, _), .scatter(let name, _), .bars(let name, _),
      .histogram(let name, _, _), .band(let name, _, _, _):
      name
    default: ""
    }
  }

  /// The series number of each layer. A faint line or a band shares it with what follows.
  static func series(of layers: [PlotLayer]) -> [Int] {
    // Blue is hard to see on the colours of a heat map.
    var next = layers.contains { if case .heatmap = $0 { true } else { false } } ? 1 : 0
    return layers.map { layer in
      switch layer {
      case .line(_, _, .faint), .band: return next
      case .line, .scatter, .bars, .histogram:
        defer { next += 1 }
        return next
      default: return next
      }
    }
  }
}
