import Foundation

/// Lines taken from a source file, so that the code shown is the code that ran.
enum SourceFile {
  /// The folder of the package, found from where this file was compiled.
  static let package: URL = {
    var folder = URL(fileURLWithPath: #filePath)
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let manifest = folder.appendingPathComponent("Package.swift")
      if FileManager.default.fileExists(atPath: manifest.path) { return folder }
    }
    return URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
  }()

  struct Excerpt: Equatable {
    var source: String
    /// The number of the first shown line.
    var line: Int
  }

  /// A path as the report names it: relative to the package.
  static func shortened(_ file: String) -> String {
    let root = package.path + "/"
    return file.hasPrefix(root) ? String(file.dropFirst(root.count)) : file
  }

  static func text(of file: String) -> String? {
    let path = file.hasPrefix("/") ? file : package.appendingPathComponent(file).path
    return try? String(contentsOfFile: path, encoding: .utf8)
  }

  /// The lines inside the first braces that open at or after `line`.
  static func closure(in text: String, line: Int) -> Excerpt? {
    let scalars = scalars(of: text)
    guard let start = offset(ofLine: line, in: scalars),
      let open = SwiftScanner.firstBrace(in: scalars, from: start),
      let close = SwiftScanner.matchingBrace(in: scalars, from: open)
    else { return nil }
    var body = string(scalars[(open + 1)..<close])
    var first = line + scalars[start..<open].count { $0 == "\n" }
    // A closure's signature is not one of its lines.
    if let header = body.range(
      of:
        #"^[ \t]*(\[[^\]\n]*\][ \t]*)?(\(\)[ \t]*)?(throws[ \t]*)?(->[^\n{]*?)?\bin[ \t]*(?=\n|[^ \t])"#,
      options: .regularExpression)
    {
      body.removeSubrange(header)
    }
    var lines = body.components("\n")
    while let line = lines.first, line.allSatisfy(\.isWhitespace), lines.count > 1 {
      lines.removeFirst()
      first += 1
    }
    while let line = lines.last, line.allSatisfy(\.isWhitespace), lines.count > 1 {
      lines.removeLast()
    }
    return Excerpt(source: dedented(lines), line: first)
  }

  /// A declaration, from the line that holds `declaration` to its closing brace.
  static func declaration(_ declaration: String, in text: String) -> Excerpt? {
    let lines = text.components("\n")
    guard let index = lines.firstIndex(where: { holds(declaration, in: $0) }) else { return nil }
    let scalars = scalars(of: text)
    guard let start = offset(ofLine: index + 1, in: scalars) else { return nil }
    var last = index
    if let open = SwiftScanner.firstBrace(in: scalars, from: start),
      !string(scalars[start..<open]).contains("\n\n"),
      let close = SwiftScanner.matchingBrace(in: scalars, from: open)
    {
      last = index + scalars[start..<close].count { $0 == "\n" }
    }
    return Excerpt(source: dedented(Array(lines[index...last])), line: index + 1)
  }

  /// True if the line declares it, and does not merely mention or call it.
  private static func holds(_ declaration: String, in line: String) -> Bool {
    guard let range = line.range(of: declaration) else { return false }
    if let next = line[range.upperBound...].first, next.isLetter || next.isNumber || next == "_" {
      return false
    }
    let before = line[..<range.lowerBound]
    return !before.contains("//") && !before.contains("\"")
      && (before.last.map { $0 == " " || $0 == "(" } ?? true)
  }

  /// The text with LF at the end of each line, whichever of LF, CRLF and CR it has.
  private static func scalars(of text: String) -> [Unicode.Scalar] {
    Array(text.components("\n").joined(separator: "\n").unicodeScalars)
  }

  private static func offset(ofLine line: Int, in scalars: [Unicode.Scalar]) -> Int? {
    var current = 1
    for (offset, scalar) in scalars.enumerated() {
      if current == line { return offset }
      if scalar == "\n" { current += 1 }
    }
    return nil
  }

  private static func dedented(_ lines: [String]) -> String {
    let indents = lines.filter { !$0.allSatisfy(\.isWhitespace) }
      .map { $0.prefix { $0 == " " }.count }
    // The first line of a one-line closure begins right after its brace.
    let indent = indents.min() ?? 0
    return lines.map { line in
      var line = String(line.dropFirst(min(indent, line.prefix { $0 == " " }.count)))
      while line.last?.isWhitespace == true { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
