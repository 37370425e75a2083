import Unrolled

/// Model 4: Model 3 with the library's loop, a tanh and one more bias.
final class Model4: Module, NextWordModel {
  let inputToHidden: Embedding  // green
  let rnn: RNN  // orange
  let hiddenToOutput: Linear  // blue
  let norm: BatchNorm
  let saysEveryWord = true
  private var state: Tensor?

  init(_ sizes: Sizes, using generator: inout SeededGenerator) {
    inputToHidden = Embedding(sizes.words, sizes.hidden, using: &generator)
    rnn = RNN(sizes.hidden, sizes.hidden, using: &generator)
    hiddenToOutput = Linear(sizes.hidden, sizes.words, using: &generator)
    norm = sizes.norm(using: &generator)
  }

  func callAsFunction(_ x: Words) -> Tensor {
    let embedded = inputToHidden(x.numbers).reshaped([x.rows, x.length, -1])
    let (outputs, h) = rnn(embedded, state)
    state = h.detached()
    return hiddenToOutput(norm(outputs.reshaped([x.rows * x.length, -1])))
  }

  func forget() { state = nil }
}
