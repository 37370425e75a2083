import Foundation

/// A table in fixed-width text: columns shrink and their words wrap until it fits.
enum TableText {
  static func lines(_ table: Table, width: Int) -> [String] {
    guard !table.columns.isEmpty else { return [] }
    let gap = 2
    let all = [table.columns] + table.rows
    var widths = table.columns.indices.map { column in
      all.map { TextWrap.width($0[column]) }.max() ?? 0
    }
    let room = max(width - gap * (widths.count - 1), widths.count)
    while widths.reduce(0, +) > room, let widest = widths.max(), widest > 4 {
      widths[widths.firstIndex(of: widest)!] -= 1
    }
    let isRight = table.columns.indices.map { isNumeric(table, column: $0) }
    func row(_ cells: [String]) -> [String] {
      let wrapped = cells.indices.map { pieces(cells[$0], width: widths[$0]) }
      let height = wrapped.map(\.count).max() ?? 1
      return (0..<height).map { line in
        let parts = cells.indices.map { column in
          TextWrap.padded(
            line < wrapped[column].count ? wrapped[column][line] : "", to: widths[column],
            right: isRight[column])
        }
        var text = parts.joined(separator: String(repeating: " ", count: gap))
        while text.last == " " { text.removeLast() }
        return text
      }
    }
    let rule = widths.map { String(repeating: "─", count: $0) }
      .joined(separator: String(repeating: " ", count: gap))
    return row(table.columns) + [rule] + table.rows.flatMap(row)
  }

  /// True if every cell that says something is a number.
  static func isNumeric(_ table: Table, column: Int) -> Bool {
    let cells = table.rows.map { $0[column].trimmingCharacters(in: .whitespaces) }
      .filter { !["", "–", "-", "NaN", "inf", "-inf"].contains($0) }
    let number = #"^[-−+±]?[\d,]*\.?\d+([eE][-+]?\d+)?( ?(%|×|s|ms|µs|MB|KB|px))?( ?± ?[\d.]+)?$"#
    return !cells.isEmpty
      && cells.allSatisfy { $0.range(of: number, options: .regularExpression) != nil }
  }

  /// The lines of a cell; a word that is too long is cut.
  private static func pieces(_ text: String, width: Int) -> [String] {
    TextWrap.lines(text, width: width).flatMap { line -> [String] in
      var rest = line
      var parts: [String] = []
      while rest.count > width {
        parts.append(String(rest.prefix(width)))
        rest = String(rest.dropFirst(width))
      }
      return parts + [rest]
    }
  }
}
