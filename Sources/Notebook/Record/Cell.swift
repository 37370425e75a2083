/// One step of a page, as it happened. Every renderer reads these and nothing else.
public enum Cell: Codable, Equatable, Sendable {
  case question(String)
  case prose(String)
  case seen(String)
  case correction(id: String, says: String, standard: String)
  case broken(title: String, text: String)
  case formula(tex: String, plain: String)
  case code(Code)
  case text(String)
  case table(Table)
  case number(CheckedNumber)
  case claim(ClaimResult)
  case figure(Figure)
  case failure(String)
}

/// Lines of Swift that ran, and what they showed.
public struct Code: Codable, Equatable, Sendable {
  /// The lines as they stand in the source file, without their common indentation.
  public var source: String
  /// The file, relative to the package.
  public var file: String
  /// The line where the shown lines begin.
  public var line: Int
  /// False for a declaration that is only shown.
  public var runs: Bool
  /// What the lines showed while they ran.
  public var outputs: [Cell] = []
}

/// A small table with a caption.
public struct Table: Codable, Equatable, Sendable {
  public var caption: String
  public var columns: [String]
  public var rows: [[String]]
}

/// A picture in the report: its SVG text, and what to show where there are no pictures.
public struct Figure: Codable, Equatable, Sendable {
  /// The file name without its ending.
  public var id: String
  public var title: String
  /// What the picture shows, in words, for a reader who cannot see it.
  public var alt: String
  public var caption: String?
  /// Nil if the picture could not be drawn.
  public var svg: String?
  /// The Graphviz text of a drawing.
  public var dot: String?
  /// A small version for the terminal.
  public var text: String?
  /// Why there is no picture.
  public var problem: String?

  /// The path of the picture inside the report's folder.
  public var path: String { "figures/\(id).\(svg == nil ? "dot" : "svg")" }
}
