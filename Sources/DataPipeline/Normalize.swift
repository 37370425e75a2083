/// Columns of numbers less their mean, divided by their deviation, both of the training rows: (x − μ) / (10⁻⁷ + s).
///
/// s is the deviation of a sample, divided by n − 1, as in fastai v1's `Normalize`, which takes it from pandas; the
/// 10⁻⁷ keeps a constant column from dividing by zero.
public struct Normalize: Sendable {
  public let statistics: [String: (mean: Double, deviation: Double)]

  public init(training table: Table) throws {
    var statistics: [String: (mean: Double, deviation: Double)] = [:]
    for column in table.columns {
      guard case .numbers(let values) = column.values else { continue }
      let numbers = try Self.complete(values, column.name, in: table)
      guard numbers.count > 1 else {
        throw DataError("\(table.name): normalising needs two training rows, got \(numbers.count)")
      }
      let mean = numbers.reduce(0, +) / Double(numbers.count)
      let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      statistics[column.name] = (mean, (squares / Double(numbers.count - 1)).squareRoot())
    }
    self.statistics = statistics
  }

  public func callAsFunction(_ table: Table) throws -> Table {
    try table.replacing(
      statistics.map { name, known in
        guard case .numbers(let values) = try table.column(name).values else {
          throw DataError("\(table.name): column \"\(name)\" does not hold numbers")
        }
        let numbers = try Self.complete(values, name, in: table)
        return .init(
          name, .numbers(numbers.map { ($0 - known.mean) / (1e-7 + known.deviation) }))
      })
  }

  private static func complete(
    _ values: [Double?], _ name: String, in table: Table
  ) throws -> [Double] {
    try values.enumerated().map { row, value in
      guard let value else {
        throw DataError(
          "\(table.name), row \(table.rowNumbers[row]): \(name) is missing; fill it before normalising"
        )
      }
      return value
    }
  }
}
