import Tensors

/// A gated recurrent unit (Cho et al. 2014, in PyTorch's form):
///
///     r = σ(W_ir·x + b_ir + W_hr·h + b_hr)        how much of the past to read
///     z = σ(W_iz·x + b_iz + W_hz·h + b_hz)        how much of it to keep
///     n = tanh(W_in·x + b_in + r∘(W_hn·h + b_hn)) what is new
///     h′ = (1 − z)∘n + z∘h
public final class GRU: RecurrentNet {
  public init(
    _ inputs: Int, _ hidden: Int, layers: Int = 1,
    using generator: inout some RandomNumberGenerator, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    super.init(
      inputs, hidden, layers: layers, gates: 3, of: "GRU", using: &generator, file: file,
      line: line)
  }

  public override func step(_ input: Tensor, _ state: [Tensor], _ weights: Weights) -> [Tensor] {
    expectStep(input, state, 1, weights)
    let h = state[0]
    let past = matmul(h, weights.hidden.transposed()) + weights.hiddenBias
    func part(_ x: Tensor, _ i: Int) -> Tensor {
      x.sliced(axis: 1, (i * hidden)..<((i + 1) * hidden))
    }
    let r = (part(input, 0) + part(past, 0)).sigmoid()
    let z = (part(input, 1) + part(past, 1)).sigmoid()
    let n = (part(input, 2) + r * part(past, 2)).tanh()
    return [n + z * (h - n)]
  }

  public override func layer(
    _ x: Tensor, _ state: [Tensor], _ weights: Weights
  ) -> (output: Tensor, state: [Tensor]) {
    expectParts(state, 1)
    let y = gruLayer(x, h: state[0], weights)
    return (y, [last(y)])
  }

  /// Outputs `[n, time, hidden]` and the state to carry on, from a state (zeros to begin).
  public func callAsFunction(_ x: Tensor, _ h: Tensor? = nil) -> (output: Tensor, h: Tensor) {
    traced(x, output: \.output) {
      let (y, states) = run(x, [h ?? zeroState(for: x)])
      return (y, states[0])
    }
  }
}
