import Unrolled

/// Model 1: Model 0 as a loop. That is a recurrent net.
final class Model1: Module, NextWordModel {
  let inputToHidden: Embedding  // green
  let hiddenToHidden: Linear  // orange
  let hiddenToOutput: Linear  // blue
  let norm: BatchNorm
  let hidden: Int
  let saysEveryWord = false

  init(_ sizes: Sizes, using generator: inout SeededGenerator) {
    inputToHidden = Embedding(sizes.words, sizes.hidden, using: &generator)
    hiddenToHidden = Linear(sizes.hidden, sizes.hidden, using: &generator)
    hiddenToOutput = Linear(sizes.hidden, sizes.words, using: &generator)
    norm = sizes.norm(using: &generator)
    hidden = sizes.hidden
  }

  func callAsFunction(_ x: Words) -> Tensor {
    var h = Tensor.zeros([x.rows, hidden])
    for t in 0..<x.length {
      h = norm(hiddenToHidden(h + inputToHidden(x[t])).relu())
    }
    return hiddenToOutput(h)
  }
}
