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
    /// Which rows of the table these are, from 0; `table.rowNumbers` says how the file counts them.
    public let rows: [Int]
  }

  /// Batches in a new random order, to train on; a last one follows the rule of `LastBatch`.
  ///
  /// - Parameter dropsLast: Leaves any last batch out that is short, as fastai does in training.
  public func batches(
    of size: Int, dropsLast: Bool = false, using generator: inout some RandomNumberGenerator
  ) -> some Sequence<Batch> {
    let steps = stepsPerEpoch(batchesOf: size, dropsLast: dropsLast)
    let order = Array(0..<count).shuffled(using: &generator)
    let kept = LastBatch.itemsPerEpoch(count, batchesOf: size)
    return batches(Array(order.prefix(dropsLast ? steps * size : kept)), size)
  }

  /// How many batches in a random order an epoch has.
  public func stepsPerEpoch(batchesOf size: Int, dropsLast: Bool = false) -> Int {
    let steps = LastBatch.stepsPerEpoch(count, batchesOf: size)
    return dropsLast ? count / size : steps
  }

  /// Batches in the order of the rows; the last may be short.
  public func batches(of size: Int) -> some Sequence<Batch> {
    batches(Array(0..<count), size)
  }

  private func batches(_ order: [Int], _ size: Int) -> some Sequence<Batch> {
    expect(size > 0, "LabelledTable.batches expects a size of 1 or more, got \(size)")
    return stride(from: 0, to: order.count, by: size).lazy.map { start in
      let rows = order[start..<Swift.min(start + size, order.count)]
      let inputs = table.inputs(rows)
      return Batch(
        categories: inputs.categories, numbers: inputs.numbers, targets: rows.map { targets[$0] },
        rows: Array(rows))
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
