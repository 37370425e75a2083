import Unrolled

/// Model 5 with an LSTM in place of the GRU: the other "little net" that the notes name.
final class ModelLSTM: Module, NextWordModel {
  let inputToHidden: Embedding  // green
  let lstm: LSTM  // orange, two layers
  let hiddenToOutput: Linear  // blue
  let norm: BatchNorm
  let saysEveryWord = true
  private var state: (h: Tensor, c: Tensor)?

  init(_ sizes: Sizes, using generator: inout SeededGenerator) {
    inputToHidden = Embedding(sizes.words, sizes.hidden, using: &generator)
    lstm = LSTM(sizes.hidden, sizes.hidden, layers: 2, using: &generator)
    hiddenToOutput = Linear(sizes.hidden, sizes.words, using: &generator)
    norm = sizes.norm(using: &generator)
  }

  func callAsFunction(_ x: Words) -> Tensor {
    let embedded = inputToHidden(x.numbers).reshaped([x.rows, x.length, -1])
    let (outputs, after) = lstm(embedded, state)
    state = (after.h.detached(), after.c.detached())
    return hiddenToOutput(norm(outputs.reshaped([x.rows * x.length, -1])))
  }

  func forget() { state = nil }
}
