import Unrolled

/// Four models of one table with two classes, on the same rows. Logistic regression and trees see a column of 0 and 1
/// for each category, the net its number.
struct TableContest {
  let data: TabularData<Int>

  struct Accuracies {
    let logistic: Double
    let stumps: Double
    let trees: Double
    let net: Double

    var all: [Double] { [logistic, stumps, trees, net] }
    /// The net's lead over the best of the others, in points of a hundred.
    var lead: Double { 100 * (net - max(logistic, stumps, trees)) }
  }

  static let names = [
    "logistic regression", "boosted stumps", "boosted trees", "net with embeddings",
  ]

  func run(_ seed: UInt64) throws -> Accuracies {
    let train = data.train.table.oneHotColumns
    let valid = data.valid.table.oneHotColumns
    return Accuracies(
      logistic: logistic(train, valid, seed),
      stumps: boosting(train, valid, depth: 1), trees: boosting(train, valid, depth: 4),
      net: try TableTrial(data: data, epochs: 5, isOneCycle: true).run(seed).accuracy)
  }

  /// One linear layer, all rows at once, until the loss stands still.
  private func logistic(_ train: [[Float]], _ valid: [[Float]], _ seed: UInt64) -> Double {
    func rows(_ columns: [[Float]]) -> Tensor {
      Tensor(columns.flatMap { $0 }, shape: [columns.count, columns[0].count]).transposed()
    }
    var generator = SeededGenerator(seed: seed)
    let model = Linear(train.count, 2, using: &generator)
    let optimizer = Adam(model.parameters, learningRate: 0.05)
    let x = rows(train)
    for _ in 0..<300 {
      optimizer.zeroGrad()
      crossEntropy(model(x), data.train.targets).backward()
      optimizer.step()
    }
    return withoutGradients { accuracy(model(rows(valid)), data.valid.targets) }
  }

  private func boosting(_ train: [[Float]], _ valid: [[Float]], depth: Int) -> Double {
    let model = GradientBoosting(train, labels: data.train.targets, trees: 200, depth: depth)
    let right = zip(model.logOdds(valid), data.valid.targets).count { ($0 > 0) == ($1 == 1) }
    return Double(right) / Double(data.valid.count)
  }
}
