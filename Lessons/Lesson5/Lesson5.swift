import Foundation
import Unrolled

@main struct Lesson5 {
  static func main() throws {
    let digits = try Digits.load()
    for (n, hidden) in [(20, 50), (20, 500)] {
      var g = SeededGenerator(seed: 1)
      let model = Sequential(Linear(64, hidden, using: &g), ReLU(), Linear(hidden, 10, using: &g))
      let learner = Learner(
        model, train: digits[0..<1437], valid: digits[1437..<1797],
        optimizer: Adam(model.parameters, learningRate: 1e-2, beta2: 0.99), seed: 1)
      let t = Date()
      try learner.fitOneCycle(epochs: n, maximum: 1e-2)
      let s = Date().timeIntervalSince(t)
      print(hidden, s / Double(learner.record.losses.count) * 1e6, "us/step", learner.validate())
    }
    if CommandLine.arguments.count > 1 {
      let t0 = Date()
      let (train, valid) = try MNIST.load(from: URL(filePath: CommandLine.arguments[1]))
      print("load", Date().timeIntervalSince(t0))
      for seed in UInt64(1)...3 {
        var g = SeededGenerator(seed: seed)
        let model = Sequential(Linear(784, 50, using: &g), ReLU(), Linear(50, 10, using: &g))
        let learner = Learner(
          model, train: train, valid: valid,
          optimizer: Adam(
            model.parameters, learningRate: 1e-2, beta2: 0.99, weightDecay: .decoupled(0.01)),
          seed: seed)
        let t = Date()
        try learner.fitOneCycle(epochs: 1, maximum: 1e-2)
        print(Date().timeIntervalSince(t), learner.validate(), learner.record.smoothedLosses.last!)
      }
    }
  }
}
