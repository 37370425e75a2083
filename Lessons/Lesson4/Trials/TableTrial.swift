import Unrolled

/// A net for a table with two classes, trained as the course trains one: Adam (.9, .99) with decoupled weight decay
/// 0.01, batches of 64 of which the short last one is dropped.
struct TableTrial {
  let data: TabularData<Int>
  var hidden = [200, 100]
  var epochs = 1
  /// Constant, or the peak of one cycle.
  var rate = 1e-2
  var isOneCycle = false

  struct Result {
    let model: TabularModel
    let record: TrainingRecord
    /// On the validation rows.
    let loss: Double
    let accuracy: Double
  }

  func run(_ seed: UInt64) throws -> Result {
    let train = data.train
    var generator = SeededGenerator(seed: seed)
    let model = TabularModel(
      categories: train.table.categoryCounts.map { count in
        (count: count, features: TabularModel.features(for: count))
      },
      numbers: train.table.numbers.count, hidden: hidden, outputs: 2, using: &generator)
    let optimizer = Adam(
      model.parameters, learningRate: rate, beta2: 0.99, weightDecay: .decoupled(0.01))
    let loop = TrainingLoop(model, optimizer: optimizer, seed: seed) { generator in
      train.batches(of: 64, dropsLast: true, using: &generator)
    } loss: { batch in
      crossEntropy(
        model(categories: batch.categories, numbers: batch.numbers), batch.targets)
    }
    let schedule = OneCycle(maximum: rate, steps: epochs * (train.count / 64))
    try loop.fit(epochs: epochs, schedule: isOneCycle ? schedule : nil)
    let logits = Self.logits(model, data.valid.table)
    return Result(
      model: model, record: loop.record,
      loss: Double(crossEntropy(logits, data.valid.targets).item),
      accuracy: accuracy(logits, data.valid.targets))
  }

  /// Of each row, as at test time.
  static func logits(_ model: TabularModel, _ table: PreparedTable) -> Tensor {
    model.train(false)
    defer { model.train(true) }
    return withoutGradients {
      concatenate(
        stride(from: 0, to: table.count, by: 1000).map { start in
          let inputs = table.inputs(start..<min(start + 1000, table.count))
          return model(categories: inputs.categories, numbers: inputs.numbers)
        })
    }
  }
}

extension TabularData<Int> {
  /// A generated census, its last people for validation.
  init(_ census: Census, valid: Int) throws {
    let count = census.people.count
    try self.init(
      Census.table(of: census.people), targets: census.labels, valid: (count - valid)..<count)
  }
}
