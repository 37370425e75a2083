import Unrolled

/// Model 3: the state is kept. The next batch goes on where this one stopped.
final class Model3: Module, NextWordModel {
  /// What happens to the state between two batches.
  enum Keeping {
    /// Kept as numbers, cut off from the tape.
    case detached
    /// Kept with its tape: broken on purpose.
    case attached
    /// Not kept: zeros at the start of each batch, as in Model 2.
    case none
  }

  let inputToHidden: Embedding  // green
  let hiddenToHidden: Linear  // orange
  let hiddenToOutput: Linear  // blue
  let norm: BatchNorm
  let hidden: Int
  let keeping: Keeping
  let saysEveryWord = true
  private var state: Tensor?

  init(_ sizes: Sizes, keeping: Keeping = .detached, using generator: inout SeededGenerator) {
    inputToHidden = Embedding(sizes.words, sizes.hidden, using: &generator)
    hiddenToHidden = Linear(sizes.hidden, sizes.hidden, using: &generator)
    hiddenToOutput = Linear(sizes.hidden, sizes.words, using: &generator)
    norm = sizes.norm(using: &generator)
    hidden = sizes.hidden
    self.keeping = keeping
  }

  func callAsFunction(_ x: Words) -> Tensor {
    var h = state ?? .zeros([x.rows, hidden])
    var outputs: [Tensor] = []
    for t in 0..<x.length {
      h = hiddenToHidden(h + inputToHidden(x[t])).relu()
      outputs.append(norm(h))
    }
    switch keeping {
    case .detached: state = h.detached()
    case .attached: state = h
    case .none: state = nil
    }
    return hiddenToOutput(stack(outputs, axis: 1)).reshaped([x.rows * x.length, -1])
  }

  func forget() { state = nil }
}
