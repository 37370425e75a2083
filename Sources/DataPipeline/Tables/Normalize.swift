/// Columns of numbers less their mean, divided by their deviation, both of the training rows: (x − μ) / (10⁻⁷ + s).
///
/// s is the deviation of a sample, divided by n − 1, as in fastai v1's `Normalize`, which takes it from pandas. A column
/// with s ≤ 10⁻⁶·|μ| is constant but for rounding: divided by it, a value a little beside would become huge, so the
/// whole column becomes 0.
public struct Normalize: Sendable {
  public let statistics: [String: (mean: Double, deviation: Double)]

  /// The columns that become 0, in the order of their names.
  public var constants: [String] { statistics.keys.filter(isConstant).sorted() }

  private func isConstant(_ column: String) -> Bool {
    statistics[column].map { $0.deviation <= 1e-6 * abs($0.mean) } ?? false
  }

  public init(training table: Table) throws {
    var statistics: [String: (mean: Double, deviation: Double)] = [:]
    for column in table.columns {
      guard case .numbers(let values) = column.values else { continue }
      let numbers = try Self.complete(values, column.name, in: table)
      guard numbers.count > 1 else {
        throw DataError("\(table.name): normalising needs two training rows, got \(numbers.count)")
      }
      statistics[column.name] = Self.moments(numbers)
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
        let isConstant = isConstant(name)
        return .init(
          name,
          .numbers(
            try zip(numbers, table.rowNumbers).map { number, row in
              let z = isConstant ? 0 : (number - known.mean) / (1e-7 + known.deviation)
              guard z.isFinite else {
                throw DataError(
                  "\(table.name), row \(row): \(name) \(number) is too large to normalise")
              }
              return z
            }))
      })
  }

  /// In units of a power of two near the largest number, which changes no digit, so that no square overflows.
  private static func moments(_ numbers: [Double]) -> (mean: Double, deviation: Double) {
    let largest = numbers.reduce(0) { max($0, abs($1)) }
    guard largest > 0 else { return (0, 0) }
    let unit = Double(sign: .plus, exponent: Int(largest.exponent), significand: 1)
    let mean = numbers.reduce(0) { $0 + $1 / unit } / Double(numbers.count)
    let squares = numbers.reduce(0) { $0 + ($1 / unit - mean) * ($1 / unit - mean) }
    return (mean * unit, (squares / Double(numbers.count - 1)).squareRoot() * unit)
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
