/// A drawing in Graphviz's language, laid out in this process.
public struct Drawing: Sendable {
  public var id: String
  public var title: String
  public var alt: String
  /// A digraph or graph in the DOT language.
  public var dot: String
  /// What the terminal shows instead of the picture.
  public var text: String?
  public var caption: String?

  public init(
    _ id: String, _ title: String, alt: String, dot: String, text: String? = nil,
    caption: String? = nil
  ) {
    self.id = id
    self.title = title
    self.alt = alt
    self.dot = dot
    self.text = text
    self.caption = caption
  }

  /// The laid-out figure; a drawing that Graphviz refuses keeps its DOT text and says why.
  func figure() -> Figure {
    var figure = Figure(
      id: id, title: title, alt: alt, caption: caption, svg: nil, dot: dot, text: text)
    do {
      figure.svg = DrawingSVG.finished(
        try Graphviz.svg(of: dot), id: id, title: title, alt: alt)
    } catch {
      figure.problem = "Graphviz could not draw this: \(error.message)"
    }
    return figure
  }
}

/// Help with writing the DOT language.
public enum DOT {
  /// A text as a quoted DOT string. A line break stays a line break.
  public static func quoted(_ text: String) -> String { "\"\(escape(text))\"" }

  /// A text for use between the quotes of a DOT string.
  public static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      case _ where scalar.value < 0x20: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
