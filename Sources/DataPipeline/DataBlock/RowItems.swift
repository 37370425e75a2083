extension ItemList where Item == TableRow {
  /// The rows of a CSV file.
  public static func from(
    _ csv: String, separator: Character = ",", encoding: TextEncoding = .utf8
  ) throws -> ItemList {
    try from(CSVFile(csv, separator: separator, encoding: encoding))
  }

  public static func from(_ file: CSVFile) throws -> ItemList {
    try ItemList(file.rows.indices.map { TableRow(file: file, row: $0) }, source: file.name)
  }

  /// The first rows only: the course's own runs take 1,000 of a longer file.
  public func prefix(_ count: Int) throws -> ItemList {
    try ItemList(Array(items.prefix(count)), source: source)
  }
}

extension ItemList where Item == TextRow {
  /// The texts of a column of a CSV file, a text a row.
  public static func from(
    _ csv: String, text column: String, separator: Character = ",",
    encoding: TextEncoding = .utf8
  ) throws -> ItemList {
    try from(CSVFile(csv, separator: separator, encoding: encoding), text: column)
  }

  public static func from(_ file: CSVFile, text column: String) throws -> ItemList {
    _ = try file.place(of: column)
    let items = file.rows.indices.map { TextRow(file: file, row: $0, column: column) }
    return try ItemList(items, source: file.name)
  }
}
