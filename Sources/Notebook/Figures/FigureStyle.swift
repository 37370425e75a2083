import Foundation

/// The look that plots and drawings share, in light and in dark.
///
/// Light colours are written on the elements, so every viewer shows them; a style sheet replaces
/// them where the reader prefers dark. Series colours are those of Okabe and Ito 2008, which
/// colour-blind readers can tell apart.
enum FigureStyle {
  /// What a colour is for.
  enum Role: CaseIterable {
    case card, border, ink, soft, axis, grid
    case blue, vermilion, green, purple, orange, sky, gray

    /// The colours of series, in order.
    static let series: [Role] = [.blue, .vermilion, .green, .purple, .orange, .sky, .gray]

    var colors: (light: String, dark: String) {
      switch self {
      case .card: ("#ffffff", "#12171e")
      case .border: ("#d0d7de", "#30363d")
      case .ink: ("#1f2328", "#e6edf3")
      case .soft: ("#57606a", "#a3adb8")
      case .axis: ("#8c959f", "#6e7681")
      case .grid: ("#e7ebef", "#262d36")
      case .blue: ("#0072b2", "#4ba3de")
      case .vermilion: ("#d55e00", "#f0803c")
      case .green: ("#009e73", "#2bc498")
      case .purple: ("#b5569a", "#dd8fc4")
      case .orange: ("#c98a00", "#f0b73a")
      case .sky: ("#3d9bd1", "#8fd0f5")
      case .gray: ("#6b7280", "#aab2bd")
      }
    }

    var name: String { "\(self)" }
  }

  static let font = "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif"

  /// The attributes that colour an element.
  static func paint(fill: Role? = nil, stroke: Role? = nil) -> String {
    var classes: [String] = []
    var attributes = ""
    if let fill {
      classes.append("uf-\(fill.name)")
      attributes += " fill=\"\(fill.colors.light)\""
    }
    if let stroke {
      classes.append("us-\(stroke.name)")
      attributes += " stroke=\"\(stroke.colors.light)\""
    }
    return "class=\"\(classes.joined(separator: " "))\"\(attributes)"
  }

  /// The style sheet for readers who prefer dark; only colours that the body uses.
  static func darkRules(for body: String) -> String {
    Role.allCases.flatMap { role in
      [("uf", "fill"), ("us", "stroke")].compactMap { prefix, property in
        body.contains("\(prefix)-\(role.name)")
          ? ".\(prefix)-\(role.name){\(property):\(role.colors.dark)}" : nil
      }
    }.joined(separator: "\n")
  }

  /// A whole SVG document: a card, the words for those who cannot see it, and the body.
  static func document(
    id: String, title: String, alt: String, width: Double, height: Double, body: String
  ) -> String {
    let card =
      "<rect x=\"0.5\" y=\"0.5\" width=\"\(px(width - 1))\" height=\"\(px(height - 1))\" rx=\"8\" "
      + paint(fill: .card, stroke: .border) + "/>"
    let name = identifier(id)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(px(width))" height="\(px(height))" \
      viewBox="0 0 \(px(width)) \(px(height))" role="img" \
      aria-labelledby="\(name)-title \(name)-desc" font-family="\(font)">
      <title id="\(name)-title">\(escape(title))</title>
      <desc id="\(name)-desc">\(escape(alt))</desc>
      <style>@media (prefers-color-scheme: dark) {
      \(darkRules(for: card + body))
      }</style>
      \(card)
      \(body)
      </svg>

      """
  }

  /// A length in pixels with one decimal at most.
  static func px(_ value: Double) -> String {
    let tenths = (value * 10).rounded()
    guard tenths.isFinite, abs(tenths) < 1e9 else { return "0" }
    let whole = Int(tenths)
    if whole % 10 == 0 { return String(whole / 10) }
    return "\(whole < 0 ? "-" : "")\(abs(whole) / 10).\(abs(whole) % 10)"
  }

  /// A text between tags or quotes of XML; characters that XML forbids become a replacement mark.
  static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
        result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// An id that XML accepts.
  static func identifier(_ id: String) -> String {
    "u-" + String(id.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
  }

  /// About how wide a text is, in pixels.
  static func textWidth(_ text: String, size: Double) -> Double {
    text.reduce(0) { sum, character in
      let em: Double =
        switch character {
        case "i", "l", "j", ".", ",", ":", ";", "'", "|", "I", "f", "t", " ", "(", ")": 0.36
        case "m", "w", "M", "W", "%", "→", "×": 0.9
        case _ where character.isUppercase: 0.7
        default: 0.6
        }
      return sum + em
    } * size
  }

  /// A text element.
  static func text(
    _ text: String, x: Double, y: Double, size: Double, role: Role = .ink,
    anchor: String = "start", weight: String? = nil, halo: Bool = false, rotate: Double? = nil
  ) -> String {
    var attributes = "x=\"\(px(x))\" y=\"\(px(y))\" font-size=\"\(px(size))\""
    if anchor != "start" { attributes += " text-anchor=\"\(anchor)\"" }
    if let weight { attributes += " font-weight=\"\(weight)\"" }
    if let rotate { attributes += " transform=\"rotate(\(px(rotate)) \(px(x)) \(px(y)))\"" }
    let words = escape(text)
    let front = "<text \(attributes) \(paint(fill: role))>\(words)</text>"
    guard halo else { return front }
    let back = paint(fill: .card, stroke: .card)
    return "<text \(attributes) \(back) stroke-width=\"4\" stroke-linejoin=\"round\" "
      + "aria-hidden=\"true\">\(words)</text>\n" + front
  }
}
