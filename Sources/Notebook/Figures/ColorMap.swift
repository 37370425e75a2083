import Foundation

/// Colours for values: one hue order that also reads in grey, or two hues around zero.
enum ColorMap {
  /// From dark blue to yellow, after viridis (Smith and van der Walt 2015).
  case sequential
  /// Blue below zero, white at zero, red above.
  case diverging
  /// Black to white, for pictures.
  case gray
  /// White to dark blue, for cells that carry numbers.
  case blues

  /// How many shades a figure uses at most, so that cells of one shade share an element.
  static let levels = 40

  private var stops: [(Double, Double, Double)] {
    switch self {
    case .sequential:
      [
        (68, 1, 84), (71, 45, 123), (59, 82, 139), (44, 114, 142), (33, 145, 140), (40, 174, 128),
        (94, 201, 98), (173, 220, 48), (253, 231, 37),
      ]
    case .diverging:
      [
        (5, 48, 97), (33, 102, 172), (67, 147, 195), (146, 197, 222), (247, 247, 247),
        (244, 165, 130), (214, 96, 77), (178, 24, 43), (103, 0, 31),
      ]
    case .gray: [(0, 0, 0), (255, 255, 255)]
    case .blues:
      [(247, 251, 255), (198, 219, 239), (107, 174, 214), (33, 113, 181), (8, 48, 107)]
    }
  }

  /// The shade of a value between 0 and 1.
  func rgb(_ part: Double) -> (Double, Double, Double) {
    let stops = stops
    let place = min(max(part.isNaN ? 0 : part, 0), 1) * Double(stops.count - 1)
    let index = min(Int(place), stops.count - 2)
    let rest = place - Double(index)
    let (a, b) = (stops[index], stops[index + 1])
    return (a.0 + (b.0 - a.0) * rest, a.1 + (b.1 - a.1) * rest, a.2 + (b.2 - a.2) * rest)
  }

  func hex(_ part: Double) -> String {
    let (red, green, blue) = rgb(part)
    return "#"
      + [red, green, blue].map { value in
        let digits = String(Int(value.rounded()), radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }

  /// True if dark letters read better than light ones on the shade.
  func isLight(_ part: Double) -> Bool {
    let (red, green, blue) = rgb(part)
    return 0.299 * red + 0.587 * green + 0.114 * blue > 140
  }

  /// Cells as one path for each shade. `size` is in pixels; the first row is at the top.
  func paths(
    _ rows: [[Double]], low: Double, high: Double, x: Double, y: Double, cell: (Double, Double)
  ) -> String {
    var shades: [Int: String] = [:]
    let span = high > low ? high - low : 1
    for (r, row) in rows.enumerated() {
      var c = 0
      while c < row.count {
        guard row[c].isFinite else {
          c += 1
          continue
        }
        let level = Self.level((row[c] - low) / span)
        var end = c + 1
        while end < row.count, row[end].isFinite, Self.level((row[end] - low) / span) == level {
          end += 1
        }
        shades[level, default: ""] += "M\(c) \(r)h\(end - c)v1H\(c)z"
        c = end
      }
    }
    let body = shades.sorted { $0.key < $1.key }.map { level, path in
      "<path fill=\"\(hex(Double(level) / Double(Self.levels)))\" d=\"\(path)\"/>"
    }.joined(separator: "\n")
    let px = FigureStyle.px
    return "<g shape-rendering=\"crispEdges\" transform=\"translate(\(px(x)) \(px(y))) "
      + "scale(\(Self.scale(cell.0)) \(Self.scale(cell.1)))\">\n\(body)\n</g>"
  }

  /// A cell's side with the digits that many cells in a row need.
  private static func scale(_ side: Double) -> String { String(format: "%.4g", side) }

  private static func level(_ part: Double) -> Int {
    Int((min(max(part, 0), 1) * Double(levels)).rounded())
  }
}
