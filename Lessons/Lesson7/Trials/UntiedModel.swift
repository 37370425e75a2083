import Unrolled

/// Model 0 with matrices of their own for each word: what the notes advise against.
final class UntiedModel: Module, NextWordModel {
  let inputToHidden: [Embedding]
  let hiddenToHidden: [Linear]
  let hiddenToOutput: Linear
  let norm: BatchNorm
  let saysEveryWord = false

  init(_ sizes: Sizes, length: Int = 3, using generator: inout SeededGenerator) {
    var embeddings: [Embedding] = []
    var products: [Linear] = []
    for _ in 0..<length {
      embeddings.append(Embedding(sizes.words, sizes.hidden, using: &generator))
      products.append(Linear(sizes.hidden, sizes.hidden, using: &generator))
    }
    inputToHidden = embeddings
    hiddenToHidden = products
    hiddenToOutput = Linear(sizes.hidden, sizes.words, using: &generator)
    norm = sizes.norm(using: &generator)
  }

  /// Copies of one tied model's matrices, to compare gradients.
  init(copying tied: Model1, length: Int) {
    inputToHidden = (0..<length).map { _ in Embedding(like: tied.inputToHidden) }
    hiddenToHidden = (0..<length).map { _ in
      Linear(
        weight: tied.hiddenToHidden.$weight.value, bias: tied.hiddenToHidden.$bias.value)
    }
    hiddenToOutput = tied.hiddenToOutput
    norm = tied.norm
  }

  func callAsFunction(_ x: Words) -> Tensor {
    var h = Tensor.zeros([x.rows, hiddenToHidden[0].$weight.value.shape[0]])
    for t in 0..<x.length {
      h = norm(hiddenToHidden[t](h + inputToHidden[t](x[t])).relu())
    }
    return hiddenToOutput(h)
  }
}

extension Embedding {
  /// A table of its own with the same numbers.
  fileprivate convenience init(like other: Embedding) {
    var generator = SeededGenerator(seed: 0)
    let shape = other.$weight.value.shape
    self.init(shape[0], shape[1], using: &generator)
    weight = other.$weight.value
  }
}
