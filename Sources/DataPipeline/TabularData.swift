import Tensors

/// Prepared rows with what is to be predicted for each: a class (`Int`) or an amount (`Float`).
public struct LabelledTable<Target: Sendable>: Sendable {
  public let table: PreparedTable
  public let targets: [Target]

  public var count: Int { targets.count }

  public init(_ table: PreparedTable, targets: [Target]) {
    expect(
      table.count == targets.count,
      "LabelledTable expects a target for each of \(table.count) rows, got \(targets.count)")
    self.table = table
    self.targets = targets
  }

  public struct Batch {
    /// Column by column.
    public let categories: [[Int]]
    /// `[rows, columns]`
    public let numbers: Tensor
    public let targets: [Target]
  }

  /// Batches in a new random order.
  ///
  /// - Parameter dropsLast: Leaves a last batch out that is short, as fastai does in training; a batch of one row
  ///   would have no deviation for batch norm to divide by.
  public func batches(
    of size: Int, dropsLast: Bool = false, using generator: inout some RandomNumberGenerator
  ) -> some Sequence<Batch> {
    batches(Array(0..<count).shuffled(using: &generator), size, dropsLast)
  }

  /// Batches in the order of the rows; the last may be short.
  public func batches(of size: Int) -> some Sequence<Batch> {
    batches(Array(0..<count), size, false)
  }

  private func batches(_ order: [Int], _ size: Int, _ dropsLast: Bool) -> some Sequence<Batch> {
    expect(size > 0, "LabelledTable.batches expects a size of 1 or more, got \(size)")
    let end = dropsLast ? order.count / size * size : order.count
    return stride(from: 0, to: end, by: size).lazy.map { start in
      let rows = order[start..<Swift.min(start + size, end)]
      let inputs = table.inputs(rows)
      return Batch(
        categories: inputs.categories, numbers: inputs.numbers, targets: rows.map { targets[$0] })
    }
  }
}

/// A table split by the numbers of its rows, prepared by what its training rows say.
public struct TabularData<Target: Sendable>: Sendable {
  public let preparation: TablePreparation
  public let train: LabelledTable<Target>
  public let valid: LabelledTable<Target>

  /// - Parameters:
  ///   - targets: One for each row of the table.
  ///   - valid: Rows for validation, counted from 0; all others are for training.
  public init(_ table: Table, targets: [Target], valid: some Collection<Int>) throws {
    expect(
      targets.count == table.count,
      "TabularData expects a target for each of \(table.count) rows, got \(targets.count)")
    let training = Table.trainingRows(of: table.count, valid: valid)
    let rows = table.split(valid: valid)
    preparation = try TablePreparation(training: rows.train)
    train = LabelledTable(try preparation(rows.train), targets: training.map { targets[$0] })
    self.valid = LabelledTable(try preparation(rows.valid), targets: valid.map { targets[$0] })
  }
}
