/// What part of the plane a plot's layers take.
struct PlotExtent {
  var x: ClosedRange<Double> = 0...1
  var y: ClosedRange<Double> = 0...1
  /// The largest x of any line's last point, less a hair.
  var lastX = 0.0
  var hasColorBar = false
  var matrixRows: Int?

  init(_ plot: Plot) {
    var xs: [Double] = []
    var ys: [Double] = []
    var hasBars = false
    var isFilled = false
    for layer in plot.layers {
      switch layer {
      case .line(_, let points, _), .scatter(_, let points):
        xs += points.map(\.x)
        ys += points.map(\.y)
      case .labels(let points):
        xs += points.map(\.x)
        ys += points.map(\.y)
      case .bars(_, let values):
        hasBars = true
        ys += values
        xs += [-0.5, Double(max(values.count, plot.x.categories?.count ?? 0)) - 0.5]
      case .histogram(_, let edges, let counts):
        hasBars = true
        xs += edges
        ys += counts
      case .band(_, let x, let lower, let upper):
        xs += x
        ys += lower + upper
      case .vertical(let x, _): xs.append(x)
      case .horizontal(let y, _): ys.append(y)
      case .point(let x, let y, _):
        xs.append(x)
        ys.append(y)
      case .heatmap(_, let x, let y, _, _):
        isFilled = true
        hasColorBar = true
        xs += [x.lowerBound, x.upperBound]
        ys += [y.lowerBound, y.upperBound]
      case .matrix(let rows, _):
        isFilled = true
        matrixRows = rows.count
        xs += [-0.5, Double(rows.first?.count ?? 1) - 0.5]
        ys += [-0.5, Double(rows.count) - 0.5]
      }
    }
    let isLine = plot.layers.allSatisfy {
      switch $0 {
      case .line, .band, .vertical, .horizontal, .point: true
      default: false
      }
    }
    // Lines reach the edges; loose points keep a distance from them.
    let xPad = isFilled || hasBars ? 0 : isLine ? 0.0 : 0.04
    x = PlotScale.range(plot.x, of: xs, pad: xPad)
    y = PlotScale.range(plot.y, of: ys, pad: isFilled ? 0 : 0.06, includesZero: hasBars)
    lastX = x.upperBound - (x.upperBound - x.lowerBound) * 0.02
  }
}
