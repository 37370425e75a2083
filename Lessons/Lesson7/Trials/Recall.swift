import Unrolled

/// The plainest test of a long memory: read `length` random words and say, at the end, which was the first.
struct Recall {
  var length: Int
  /// How many different words there are; guessing is right once in so many.
  var words = 10
  var hidden = 32
  var steps = 400
  var rate = 5e-3

  /// The share of right answers on 500 fresh rows.
  func run(_ kind: CellKind, seed: UInt64) -> Double {
    var generator = SeededGenerator(seed: seed)
    let model = OneLayer(kind, words: words, hidden: hidden, using: &generator)
    var data = SeededGenerator(seed: seed &+ 1_000_000)
    let cycle = OneCycle(maximum: rate, steps: steps)
    let optimizer = Adam(model.parameters, learningRate: rate, beta2: 0.99)
    for step in 0..<steps {
      optimizer.learningRate = cycle.learningRate(at: step)
      optimizer.momentum = cycle.momentum(at: step)
      let x = rows(64, using: &data)
      optimizer.zeroGrad()
      crossEntropy(model.output(model.encode(x)), x[0]).backward()
      optimizer.step()
    }
    let x = rows(500, using: &data)
    return withoutGradients { accuracy(model.output(model.encode(x)), x[0]) }
  }

  private func rows(_ count: Int, using generator: inout SeededGenerator) -> Words {
    Words(
      (0..<(count * length)).map { _ in Int.random(in: 0..<words, using: &generator) }, rows: count)
  }
}
