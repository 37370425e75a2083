import Unrolled

/// Model 2: a word after every word. The output moves into the loop.
final class Model2: Module, NextWordModel {
  let inputToHidden: Embedding  // green
  let hiddenToHidden: Linear  // orange
  let hiddenToOutput: Linear  // blue
  let norm: BatchNorm
  let hidden: Int
  let saysEveryWord = true

  init(_ sizes: Sizes, using generator: inout SeededGenerator) {
    inputToHidden = Embedding(sizes.words, sizes.hidden, using: &generator)
    hiddenToHidden = Linear(sizes.hidden, sizes.hidden, using: &generator)
    hiddenToOutput = Linear(sizes.hidden, sizes.words, using: &generator)
    norm = sizes.norm(using: &generator)
    hidden = sizes.hidden
  }

  func callAsFunction(_ x: Words) -> Tensor {
    var h = Tensor.zeros([x.rows, hidden])
    var outputs: [Tensor] = []
    for t in 0..<x.length {
      h = hiddenToHidden(h + inputToHidden(x[t])).relu()
      outputs.append(hiddenToOutput(norm(h)))
    }
    return stack(outputs, axis: 1).reshaped([x.rows * x.length, -1])
  }
}
