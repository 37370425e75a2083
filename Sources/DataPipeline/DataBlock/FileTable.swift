/// Where the files of a list stand in it, by path below the root or by name.
struct FilePlaces<Item: FileItem> {
  private let items: [Item]
  private var byPath: [String: Int] = [:]
  private var byName: [String: [Int]] = [:]

  init(_ items: [Item]) {
    self.items = items
    for (place, item) in items.enumerated() {
      byPath[item.path] = place
      byName[item.name, default: []].append(place)
    }
  }

  /// The file with this path, or else the one with this name; nil without one. Several are an error.
  ///
  /// - Parameter row: Where the name was read, for the message.
  func place(of name: String, in row: @autoclosure () -> String) throws -> Int? {
    if let place = byPath[name] { return place }
    guard let places = byName[name] else { return nil }
    guard places.count == 1 else {
      let paths = places.prefix(2).map { items[$0].path }.joined(separator: " and ")
      let count = places.count == 2 ? "two" : "\(places.count)"
      throw DataError(
        "\(row()): \"\(name.prefix(80))\" stands for \(count) files, \(paths)"
          + "\(places.count > 2 ? " among them" : ""): name them by path")
    }
    return places[0]
  }
}

/// A CSV file with a row for each of many files: their labels, or the points on them.
struct FileTable<Item: FileItem> {
  let csv: CSVFile
  /// Of each path, in the order of the file.
  private var rows: [String: [Int]] = [:]

  /// - Parameters:
  ///   - names: The column that holds paths below the root, or names of one file each. Rows of other files do not
  ///     matter.
  ///   - suffix: What the names leave out.
  init(_ path: String, names: String, suffix: String = "", of items: [Item]) throws {
    csv = try CSVFile(path)
    let places = FilePlaces(items)
    for (row, name) in try csv.column(names).enumerated() {
      let place = try places.place(
        of: name + suffix, in: "\(path), row \(csv.number(ofRow: row))")
      if let place { rows[items[place].path, default: []].append(row) }
    }
  }

  /// How many rows name a file that a row before has named.
  var repeated: Int { rows.values.reduce(0) { $0 + $1.count - 1 } }

  var notes: [String] {
    repeated > 0 ? ["rows of \(csv.name) that repeat a file and its label: \(repeated)"] : []
  }

  /// Where the item's row is, for messages.
  func place(of item: Item) throws -> String { try row(of: item).place }

  private func row(of item: Item) throws -> TableRow {
    guard let row = rows[item.path]?.first else {
      throw DataError("\(csv.name) has no row for \(item.path)")
    }
    return TableRow(file: csv, row: row)
  }

  /// The field of the item's row; if it has several rows, they must agree.
  func field(_ column: String, of item: Item, mayBeEmpty: Bool = false) throws -> String {
    let row = try row(of: item)
    let field = try row.field(column)
    let place = try csv.place(of: column)
    if let other = rows[item.path]?.first(where: { csv.rows[$0][place] != field }) {
      throw DataError(
        "\(csv.name), row \(csv.number(ofRow: other)): \"\(item.path)\" stands here for the second time, with "
          + "the \(column) \"\(csv.rows[other][place].prefix(40))\" instead of \"\(field.prefix(40))\""
      )
    }
    guard mayBeEmpty || !field.isEmpty else {
      throw DataError("\(row.place): the \(column) of \"\(item.path)\" is empty")
    }
    return field
  }

  func number(_ column: String, of item: Item) throws -> Float {
    let field = try field(column, of: item)
    guard let number = Table.number(field).map(Float.init), number.isFinite else {
      throw DataError("\(try place(of: item)): \(column) \"\(field.prefix(40))\" is not a number")
    }
    return number
  }
}
