import Tensors

/// Long short-term memory (Hochreiter and Schmidhuber 1997, with a forget gate):
///
///     i, f, o = σ(W·x + b + U·h + d), each with its own weights;  g = tanh(…)
///     c′ = f∘c + i∘g,  h′ = o∘tanh(c′)
///
/// Gates stand in PyTorch's order: i, f, g, o.
public final class LSTM: RecurrentNet {
  public init(
    _ inputs: Int, _ hidden: Int, layers: Int = 1,
    using generator: inout some RandomNumberGenerator, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    super.init(
      inputs, hidden, layers: layers, gates: 4, of: "LSTM", using: &generator, file: file,
      line: line)
  }

  public override func step(_ input: Tensor, _ state: [Tensor], _ weights: Weights) -> [Tensor] {
    expectStep(input, state, 2, weights)
    let sum = input + matmul(state[0], weights.hidden.transposed()) + weights.hiddenBias
    func part(_ i: Int) -> Tensor { sum.sliced(axis: 1, (i * hidden)..<((i + 1) * hidden)) }
    let c = part(1).sigmoid() * state[1] + part(0).sigmoid() * part(2).tanh()
    return [part(3).sigmoid() * c.tanh(), c]
  }

  public override func layer(
    _ x: Tensor, _ state: [Tensor], _ weights: Weights
  ) -> (output: Tensor, state: [Tensor]) {
    expectParts(state, 2)
    let (y, c) = lstmLayer(x, h: state[0], c: state[1], weights)
    return (y, [last(y), c])
  }

  /// Outputs `[n, time, hidden]` and the state (h, c) to carry on, from a state (zeros to begin).
  public func callAsFunction(
    _ x: Tensor, _ state: (h: Tensor, c: Tensor)? = nil
  ) -> (output: Tensor, state: (h: Tensor, c: Tensor)) {
    traced(x, output: \.output) {
      let zeros = zeroState(for: x)
      let (y, states) = run(x, [state?.h ?? zeros, state?.c ?? zeros])
      return (y, (states[0], states[1]))
    }
  }
}
