import Foundation

/// What Graphviz drew, made to look like the other figures: our card, our words, dark colours.
enum DrawingSVG {
  static func finished(_ svg: String, id: String, title: String, alt: String) -> String {
    guard let start = svg.range(of: "<svg"),
      let open = svg[start.upperBound...].firstIndex(of: ">"),
      let end = svg.range(of: "</svg>", options: .backwards), open < end.lowerBound
    else { return svg }
    let head = String(svg[start.lowerBound...open])
    var body = String(svg[svg.index(after: open)..<end.lowerBound])
    // Comments and the white background are Graphviz's own.
    body = body.replacingOccurrences(
      of: "<!--[\\s\\S]*?-->\\n?", with: "", options: .regularExpression)
    if let background = body.range(
      of: "<polygon fill=\"white\" stroke=\"(transparent|none|white)\" points=\"[^\"]*\"/>\\n?",
      options: .regularExpression)
    {
      body.removeSubrange(background)
    }
    // Names of nodes as tooltips help nobody; the figure has its own title.
    body = body.replacingOccurrences(
      of: "<title>[^<]*</title>\\n?", with: "", options: .regularExpression)
    let size = box(head)
    let name = FigureStyle.identifier(id)
    body = body.replacingOccurrences(
      of: " id=\"([^\"]*)\"", with: " id=\"\(name)-$1\"", options: .regularExpression)
    body = body.replacingOccurrences(
      of: "(href=\"#|url\\(#)", with: "$1\(name)-", options: .regularExpression)
    let margin = 12.0
    let heading = PlotSVG.wrapped(title, size: 15, width: max(size.width, 320))
    let top = 14 + Double(heading.count) * 20
    let words = heading.enumerated().map {
      FigureStyle.text($1, x: 16, y: 27 + Double($0) * 20, size: 15, weight: "600")
    }
    let widest = heading.map { FigureStyle.textWidth($0, size: 16.2) }.max() ?? 0
    let width = max(size.width + 2 * margin, widest + 32)
    let left = (width - size.width) / 2
    let place =
      "<g class=\"u-drawing\" transform=\"translate(\(FigureStyle.px(left)) "
      + "\(FigureStyle.px(top)))\">"
    return FigureStyle.document(
      id: id, title: title, alt: alt, width: width, height: top + size.height + margin,
      body: (words + [place, rules, body.trimmingCharacters(in: .newlines), "</g>"])
        .joined(separator: "\n"))
  }

  /// Width and height in points, from the view box.
  private static func box(_ head: String) -> (width: Double, height: Double) {
    guard let range = head.range(of: "viewBox=\"[^\"]*\"", options: .regularExpression) else {
      return (400, 300)
    }
    let numbers = head[range].dropFirst(9).dropLast().split(separator: " ").compactMap {
      Double($0)
    }
    return numbers.count == 4 ? (numbers[2], numbers[3]) : (400, 300)
  }

  /// Colours that the drawing left to Graphviz follow the theme; those it chose stay. Words on a
  /// filled shape stay dark, since fills are light.
  private static let rules: String = {
    let ink = FigureStyle.Role.ink.colors
    let soft = FigureStyle.Role.soft.colors
    return """
      <style>
      .u-drawing text:not([fill]) { fill: \(ink.light) }
      @media (prefers-color-scheme: dark) {
      .u-drawing [stroke="black"] { stroke: \(soft.dark) }
      .u-drawing [fill="black"] { fill: \(soft.dark) }
      .u-drawing text:not([fill]) { fill: \(ink.dark) }
      .u-drawing .node [fill]:not([fill="none"]):not([fill="transparent"]) ~ text:not([fill]) { fill: \(ink.light) }
      .u-drawing .cluster > polygon[fill]:not([fill="none"]) ~ text:not([fill]) { fill: \(ink.light) }
      }
      </style>
      """
  }()
}
