import Tensors

/// Puts the median of the training rows where a number is missing, and adds a column that says where.
///
/// A column `age` with gaps in the training rows gets a companion `age_na` of the categories "False" and "True",
/// since that a value is missing may itself tell something. As fastai v1's `FillMissing`, a gap in a column that had
/// none in the training rows is an error.
public struct FillMissing: Sendable {
  /// For each column of numbers that has gaps in the training rows.
  public let medians: [String: Double]

  public init(training table: Table) throws {
    var medians: [String: Double] = [:]
    for column in table.columns {
      guard case .numbers(let numbers) = column.values else { continue }
      let known = numbers.compactMap { $0 }
      guard known.count < numbers.count else { continue }
      guard let median = Self.median(known) else {
        throw DataError(
          "\(table.name): column \"\(column.name)\" has no value in any training row; leave it out")
      }
      let mark = Self.mark(column.name)
      guard !table.columns.contains(where: { $0.name == mark }) else {
        throw DataError(
          "\(table.name): \(column.name) has gaps, which a column \"\(mark)\" would mark, but there is one already; rename it"
        )
      }
      medians[column.name] = median
    }
    self.medians = medians
  }

  public func callAsFunction(_ table: Table) throws -> Table {
    var changed: [Table.Column] = []
    var added: [Table.Column] = []
    for name in medians.keys.sorted() where !table.columns.contains(where: { $0.name == name }) {
      _ = try table.column(name)
    }
    for column in table.columns {
      guard case .numbers(let numbers) = column.values else { continue }
      if let median = medians[column.name] {
        changed.append(.init(column.name, .numbers(numbers.map { $0 ?? median })))
        let gaps = numbers.map { $0 == nil ? "True" : "False" }
        added.append(.init(Self.mark(column.name), .categories(gaps)))
      } else if let row = numbers.firstIndex(where: { $0 == nil }) {
        throw DataError(
          "\(table.name), row \(table.rowNumbers[row]): \(column.name) is missing, as in no training row; give it a value"
        )
      }
    }
    return table.replacing(changed + added)
  }

  private static func mark(_ column: String) -> String { column + "_na" }

  /// The middle value; of an even number of values the mean of the two in the middle.
  static func median(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let half = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? sorted[half - 1] / 2 + sorted[half] / 2 : sorted[half]
  }
}
