/// Shapes that tell series apart without colour.
enum Marker {
  /// An SVG element around (x, y).
  static func svg(_ index: Int, x: Double, y: Double, radius r: Double, role: FigureStyle.Role)
    -> String
  {
    let px = FigureStyle.px
    let paint = FigureStyle.paint(fill: role)
    switch index % 7 {
    case 0: return "<circle cx=\"\(px(x))\" cy=\"\(px(y))\" r=\"\(px(r))\" \(paint)/>"
    case 1:
      return
        "<rect x=\"\(px(x - r * 0.9))\" y=\"\(px(y - r * 0.9))\" width=\"\(px(r * 1.8))\" "
        + "height=\"\(px(r * 1.8))\" \(paint)/>"
    case 2:
      return polygon(
        [(x, y - r * 1.2), (x + r * 1.1, y + r * 0.8), (x - r * 1.1, y + r * 0.8)], paint)
    case 3:
      return polygon(
        [(x, y - r * 1.35), (x + r * 1.35, y), (x, y + r * 1.35), (x - r * 1.35, y)], paint)
    case 4:
      return polygon(
        [(x, y + r * 1.2), (x + r * 1.1, y - r * 0.8), (x - r * 1.1, y - r * 0.8)], paint)
    default:
      let d = r * 1.1
      let lines =
        index % 7 == 5
        ? "M\(px(x - d)) \(px(y))H\(px(x + d))M\(px(x)) \(px(y - d))V\(px(y + d))"
        : "M\(px(x - d)) \(px(y - d))L\(px(x + d)) \(px(y + d))"
          + "M\(px(x - d)) \(px(y + d))L\(px(x + d)) \(px(y - d))"
      return "<path d=\"\(lines)\" fill=\"none\" stroke-width=\"2\" "
        + FigureStyle.paint(stroke: role) + "/>"
    }
  }

  private static func polygon(_ points: [(Double, Double)], _ paint: String) -> String {
    let text = points.map { "\(FigureStyle.px($0.0)),\(FigureStyle.px($0.1))" }
    return "<polygon points=\"\(text.joined(separator: " "))\" \(paint)/>"
  }
}
