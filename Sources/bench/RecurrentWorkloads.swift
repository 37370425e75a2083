import NeuralNetworks
import Tensors
import Training

extension Workload {
  /// Lesson 7: the recurrent net written as a loop, a prediction at every word.
  static func rnnLoop() -> Workload {
    var generator = SeededGenerator(seed: 0)
    let model = LoopRNN(words: 40, hidden: 64, using: &generator)
    let x = labels(64 * 20, below: 40, seed: 100)
    let y = labels(64 * 20, below: 40, seed: 101)
    let steps = (0..<20).map { t in (0..<64).map { x[$0 * 20 + t] } }
    return Workload(Adam(model.parameters, learningRate: 1e-3), model.weights) {
      crossEntropy(model(steps).reshaped([-1, 40]), y)
    }
  }

  /// Lesson 7: a GRU of two layers, batch 64, 20 words.
  static func gru() -> Workload {
    var generator = SeededGenerator(seed: 0)
    let (embedding, gru) = (
      Embedding(40, 64, using: &generator), GRU(64, 64, layers: 2, using: &generator)
    )
    let head = Linear(64, 40, using: &generator)
    return language([embedding, gru, head], words: 40, rows: 64, time: 20) { x in
      head(gru(embedding(x).reshaped([64, 20, 64])).output)
    }
  }

  /// Lesson 4: a language model, 4,000 words, 256 hidden, batch 32, 70 words.
  static func lstm() -> Workload {
    var generator = SeededGenerator(seed: 0)
    let (embedding, lstm) = (
      Embedding(4000, 256, using: &generator), LSTM(256, 256, layers: 2, using: &generator)
    )
    let head = Linear(256, 4000, using: &generator)
    return language([embedding, lstm, head], words: 4000, rows: 32, time: 70) { x in
      head(lstm(embedding(x).reshaped([32, 70, 256])).output)
    }
  }

  private static func language(
    _ modules: [Module], words: Int, rows: Int, time: Int, _ model: @escaping ([Int]) -> Tensor
  ) -> Workload {
    let x = labels(rows * time, below: words, seed: 100)
    let y = labels(rows * time, below: words, seed: 101)
    let optimizer = Adam(modules.flatMap(\.parameters), learningRate: 1e-3)
    return Workload(optimizer, modules.flatMap(\.weights)) {
      crossEntropy(model(x).reshaped([-1, words]), y)
    }
  }
}

private final class LoopRNN: Module {
  let inputToHidden: Embedding
  let hiddenToHidden: Linear
  let hiddenToOutput: Linear
  let norm: BatchNorm
  let hidden: Int

  init(words: Int, hidden: Int, using generator: inout some RandomNumberGenerator) {
    inputToHidden = Embedding(words, hidden, using: &generator)
    hiddenToHidden = Linear(hidden, hidden, using: &generator)
    hiddenToOutput = Linear(hidden, words, using: &generator)
    norm = BatchNorm(hidden)
    self.hidden = hidden
  }

  func callAsFunction(_ words: [[Int]]) -> Tensor {
    var h = Tensor.zeros([words[0].count, hidden])
    var outputs: [Tensor] = []
    for word in words {
      h = hiddenToHidden(h + inputToHidden(word)).relu()
      outputs.append(hiddenToOutput(norm(h)))
    }
    return stack(outputs, axis: 1)
  }
}
