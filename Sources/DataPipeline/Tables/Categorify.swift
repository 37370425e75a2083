/// Numbers for categories: those of the training rows from 1 on, in order; 0, "#na#", for a missing one and for one
/// that no training row has.
///
/// The order is by value where all names are numbers, by letters otherwise.
public struct Categorify: Sendable {
  /// By column; name 0 is "#na#".
  public let names: [String: [String]]
  private let codes: [String: [String: Int]]

  public init(training table: Table) {
    var names: [String: [String]] = [:]
    for column in table.columns {
      guard case .categories(let words) = column.values else { continue }
      names[column.name] = ["#na#"] + Self.ordered(Set(words.compactMap { $0 }))
    }
    self.names = names
    codes = names.mapValues { names in
      Dictionary(uniqueKeysWithValues: names.enumerated().dropFirst().map { ($1, $0) })
    }
  }

  public func callAsFunction(_ table: Table) throws -> Table {
    let coded = try names.keys.map { name -> Table.Column in
      let words = try self.words(of: table, name)
      let codes = self.codes[name, default: [:]]
      return .init(
        name, .codes(words.map { $0.flatMap { codes[$0] } ?? 0 }, names: names[name] ?? []))
    }
    return table.replacing(coded)
  }

  /// Where a table holds categories that no training row has, a sentence for each at its first row.
  public func unseen(in table: Table) throws -> [String] {
    try table.columns.flatMap { column -> [String] in
      guard let codes = codes[column.name] else { return [] }
      var said: Set<String> = []
      return try words(of: table, column.name).enumerated().compactMap { row, word in
        guard let word, codes[word] == nil, said.insert(word).inserted else { return nil }
        return
          "\(table.name), row \(table.rowNumbers[row]): no training row has \(column.name) \"\(word)\"; it counts as #na#"
      }
    }
  }

  /// In how many rows of a table each column holds a category that no training row has; columns without are left out.
  public func unseenRows(in table: Table) throws -> [(column: String, rows: Int)] {
    try table.columns.compactMap { column in
      guard let codes = codes[column.name] else { return nil }
      let rows = try words(of: table, column.name).count { $0.map { codes[$0] == nil } ?? false }
      return rows > 0 ? (column.name, rows) : nil
    }
  }

  private func words(of table: Table, _ name: String) throws -> [String?] {
    guard case .categories(let words) = try table.column(name).values else {
      throw DataError("\(table.name): column \"\(name)\" does not hold categories")
    }
    return words
  }

  private static func ordered(_ names: Set<String>) -> [String] {
    let byValue = names.compactMap { name in Table.number(name).map { ($0, name) } }
    return byValue.count == names.count ? byValue.sorted { $0 < $1 }.map(\.1) : names.sorted()
  }
}
