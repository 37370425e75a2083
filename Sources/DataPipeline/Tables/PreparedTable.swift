import Tensors

/// A table as a net reads it: columns of category numbers beside columns of 32-bit numbers.
public struct PreparedTable: Sendable {
  /// Of the columns of categories.
  public let categoricalNames: [String]
  /// Of each such column the names of its categories; name 0 is "#na#".
  public let categories: [[String]]
  /// Column by column.
  public let codes: [[Int]]
  /// Of the columns of numbers.
  public let continuousNames: [String]
  /// Column by column.
  public let numbers: [[Float]]
  /// How the file counts each row.
  public let rowNumbers: [Int]

  public var count: Int { rowNumbers.count }

  /// How many categories each column has, "#na#" included: the rows of its embedding.
  public var categoryCounts: [Int] { categories.map(\.count) }

  /// From a table without gaps whose categories are numbered.
  public init(_ table: Table) throws {
    var (categorical, categories, codes) = ([String](), [[String]](), [[Int]]())
    var (continuous, numbers) = ([String](), [[Float]]())
    for column in table.columns {
      switch column.values {
      case .categories:
        throw DataError("\(table.name): the categories of \"\(column.name)\" have no numbers yet")
      case .codes(let values, let names):
        categorical.append(column.name)
        categories.append(names)
        codes.append(values)
      case .numbers(let values):
        continuous.append(column.name)
        numbers.append(
          try values.enumerated().map { row, value in
            guard let value else {
              throw DataError(
                "\(table.name), row \(table.rowNumbers[row]): \(column.name) is missing; fill it first"
              )
            }
            guard Float(value).isFinite else {
              throw DataError(
                "\(table.name), row \(table.rowNumbers[row]): \(column.name) \(value) is too large for 32 bits"
              )
            }
            return Float(value)
          })
      }
    }
    (categoricalNames, self.categories, self.codes) = (categorical, categories, codes)
    (continuousNames, self.numbers, rowNumbers) = (continuous, numbers, table.rowNumbers)
  }

  /// Columns of numbers alone, for models without embeddings: a column of 0 and 1 for each category of each column,
  /// then the columns of numbers.
  public var oneHotColumns: [[Float]] {
    zip(codes, categories).flatMap { codes, names in
      names.indices.map { code in codes.map { $0 == code ? 1 : 0 } }
    } + numbers
  }

  /// The inputs of a net for some rows: category numbers column by column, numbers `[rows, columns]`.
  public func inputs(_ rows: some Collection<Int>) -> (categories: [[Int]], numbers: Tensor) {
    var values: [Float] = []
    values.reserveCapacity(rows.count * numbers.count)
    for row in rows { for column in numbers { values.append(column[row]) } }
    return (
      codes.map { column in rows.map { column[$0] } },
      Tensor(values, shape: [rows.count, numbers.count])
    )
  }
}
