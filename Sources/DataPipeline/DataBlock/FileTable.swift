/// A CSV file with a row for each of many files: their labels, or the points on them.
struct FileTable {
  let csv: CSVFile
  private var rows: [String: Int] = [:]

  init(_ path: String, names: String, suffix: String = "") throws {
    csv = try CSVFile(path)
    for (row, name) in try csv.column(names).enumerated() {
      guard rows.updateValue(row, forKey: name + suffix) == nil else {
        throw DataError(
          "\(path), row \(csv.number(ofRow: row)): \"\(name.prefix(80))\" stands here for the second time"
        )
      }
    }
  }

  /// The row that names the item, by its path below the root or else by its name alone.
  func row(of item: some FileItem) throws -> TableRow {
    guard let row = rows[item.path] ?? rows[item.name] else {
      throw DataError("\(csv.name) has no row for \(item.path)")
    }
    return TableRow(file: csv, row: row)
  }

  func field(_ column: String, of item: some FileItem) throws -> String {
    let row = try row(of: item)
    let field = try row.field(column)
    guard !field.isEmpty else {
      throw DataError("\(row.place): the \(column) of \"\(item.path)\" is empty")
    }
    return field
  }

  func number(_ column: String, of item: some FileItem) throws -> Float {
    let field = try field(column, of: item)
    guard let number = Table.number(field).map(Float.init), number.isFinite else {
      throw DataError(
        "\(try row(of: item).place): \(column) \"\(field.prefix(40))\" is not a number")
    }
    return number
  }
}
