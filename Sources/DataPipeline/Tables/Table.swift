import Tensors

/// A table of mixed columns: categories (words) and numbers, each of which may be missing.
///
/// It comes from a CSV file, where the columns to use are named with their kind; what the table then holds is what
/// the preparations `FillMissing`, `Categorify` and `Normalize` work on.
public struct Table: Sendable {
  public enum Values: Sendable, Equatable {
    /// Words; nil is missing.
    case categories([String?])
    /// nil is missing.
    case numbers([Double?])
    /// Categories as their numbers in `names`, where 0 is "#na#".
    case codes([Int], names: [String])
  }

  public struct Column: Sendable, Equatable {
    public let name: String
    public let values: Values

    public init(_ name: String, _ values: Values) {
      self.name = name
      self.values = values
    }
  }

  /// The file's name, for messages.
  public let name: String
  public private(set) var columns: [Column]
  /// How the file counts each row.
  public let rowNumbers: [Int]

  public var count: Int { rowNumbers.count }

  /// What stands for a missing value unless said otherwise: the list of pandas' `read_csv`.
  ///
  /// Columns of words may mean some of them: "NA" is Namibia too. `missingWords` counts what was taken so.
  public static let missing: Set<String> = [
    "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN",
    "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null",
  ]

  /// - Parameters:
  ///   - categorical: The columns to take as words, in the order that the model sees them.
  ///   - continuous: The columns to take as numbers.
  ///   - missing: The fields that mean "no value".
  public init(
    _ file: CSVFile, categorical: [String], continuous: [String],
    missing: Set<String> = Table.missing
  ) throws {
    try self.init(
      file, rows: Array(file.rows.indices), categorical: categorical, continuous: continuous,
      missing: missing)
  }

  /// Some rows of a file, from 0; what stands in others does not matter.
  init(
    _ file: CSVFile, rows: [Int], categorical: [String], continuous: [String], missing: Set<String>
  ) throws {
    name = file.name
    rowNumbers = rows.map(file.number)
    columns = try categorical.map { name in
      let place = try file.place(of: name)
      return Column(
        name,
        .categories(
          rows.map { missing.contains(file.rows[$0][place]) ? nil : file.rows[$0][place] }))
    }
    columns += try continuous.map { name in
      let place = try file.place(of: name)
      let numbers = try rows.map { row -> Double? in
        let field = file.rows[row][place]
        if missing.contains(field) { return nil }
        guard let number = Self.number(field) else {
          throw DataError(
            "\(file.name), row \(file.number(ofRow: row)): \(name) \"\(field.prefix(40))\" is not a number"
          )
        }
        return number
      }
      return Column(name, .numbers(numbers))
    }
    Self.checkNames(columns)
  }

  public init(_ name: String, columns: [Column], rowNumbers: [Int]) {
    self.name = name
    self.columns = columns
    self.rowNumbers = rowNumbers
    Self.checkNames(columns)
    for column in columns {
      expect(
        column.count == count,
        "Table expects \(count) values in each column, got \(column.count) in \(column.name)")
      guard case .numbers(let numbers) = column.values else { continue }
      let bad = numbers.firstIndex { $0.map { !$0.isFinite } ?? false }
      expect(
        bad == nil,
        "Table expects finite numbers, and nil where one is missing, got \(numbers[bad ?? 0] ?? 0) in \(column.name)"
      )
    }
  }

  public func column(_ name: String) throws -> Column {
    guard let column = columns.first(where: { $0.name == name }) else {
      let names = columns.map(\.name).joined(separator: ", ")
      throw DataError("\(self.name) has no column \"\(name)\"; it has \(names)")
    }
    return column
  }

  /// The rows with the given numbers (from 0), in that order.
  public func sample(_ rows: some Collection<Int>) -> Table {
    Table(
      name, columns: columns.map { Column($0.name, $0.values.sample(rows)) },
      rowNumbers: rows.map { rowNumbers[$0] })
  }

  /// The rows named go to validation, all others, in their order, to training.
  public func split(valid rows: some Collection<Int>) -> (train: Table, valid: Table) {
    (sample(Self.trainingRows(of: count, valid: rows)), sample(rows))
  }

  static func trainingRows(of count: Int, valid rows: some Collection<Int>) -> [Int] {
    let valid = Set(rows)
    expect(
      valid.count == rows.count && valid.allSatisfy((0..<count).contains),
      "a split expects numbers of rows in 0..<\(count), each once, for validation")
    return (0..<count).filter { !valid.contains($0) }
  }

  /// Replaces columns of these names in place, adds those that are new at the end.
  func replacing(_ new: [Column]) -> Table {
    var columns = self.columns
    for column in new {
      if let place = columns.firstIndex(where: { $0.name == column.name }) {
        columns[place] = column
      } else {
        columns.append(column)
      }
    }
    return Table(name, columns: columns, rowNumbers: rowNumbers)
  }

  /// A decimal number; Swift alone would take 0x10, inf and nan as well.
  static func number(_ field: String) -> Double? {
    let isDecimal = field.utf8.allSatisfy { byte in
      (48...57).contains(byte) || "+-.eE".utf8.contains(byte)
    }
    return isDecimal ? Double(field).flatMap { $0.isFinite ? $0 : nil } : nil
  }

  private static func checkNames(_ columns: [Column]) {
    let names = columns.map(\.name)
    expect(Set(names).count == names.count, "Table expects each column once, got \(names)")
  }
}

extension Table.Column {
  var count: Int {
    switch values {
    case .categories(let words): words.count
    case .numbers(let numbers): numbers.count
    case .codes(let codes, _): codes.count
    }
  }

  /// Each value as text, "" where it is missing: for printing.
  public var fields: [String] {
    switch values {
    case .categories(let words): words.map { $0 ?? "" }
    case .numbers(let numbers):
      numbers.map { $0.map { $0 == $0.rounded() && abs($0) < 1e15 ? "\(Int($0))" : "\($0)" } ?? "" }
    case .codes(let codes, _): codes.map(String.init)
    }
  }
}

extension Table.Values {
  func sample(_ rows: some Collection<Int>) -> Self {
    switch self {
    case .categories(let words): .categories(rows.map { words[$0] })
    case .numbers(let numbers): .numbers(rows.map { numbers[$0] })
    case .codes(let codes, let names): .codes(rows.map { codes[$0] }, names: names)
    }
  }
}
