import Unrolled

/// Model 5: a GRU whose outputs feed a second GRU.
final class Model5: Module, NextWordModel {
  let inputToHidden: Embedding  // green
  let gru: GRU  // orange, two layers
  let hiddenToOutput: Linear  // blue
  let norm: BatchNorm
  let saysEveryWord = true
  private var state: Tensor?

  init(_ sizes: Sizes, using generator: inout SeededGenerator) {
    inputToHidden = Embedding(sizes.words, sizes.hidden, using: &generator)
    gru = GRU(sizes.hidden, sizes.hidden, layers: 2, using: &generator)
    hiddenToOutput = Linear(sizes.hidden, sizes.words, using: &generator)
    norm = sizes.norm(using: &generator)
  }

  func callAsFunction(_ x: Words) -> Tensor {
    hiddenToOutput(norm(encode(x).reshaped([x.rows * x.length, -1])))
  }

  /// The outputs of the second layer, `[rows, length, hidden]`; the state is carried on.
  func encode(_ x: Words) -> Tensor {
    let embedded = inputToHidden(x.numbers).reshaped([x.rows, x.length, -1])
    let (outputs, h) = gru(embedded, state)
    state = h.detached()
    return outputs
  }

  func forget() { state = nil }
}
