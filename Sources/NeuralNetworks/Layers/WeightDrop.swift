import Tensors

/// A recurrent net that, while training, drops weights instead of activations: each number of W_hh is 0 with
/// probability p and divided by 1 − p otherwise (DropConnect, Wan et al. 2013; for LSTMs Merity et al. 2017,
/// section 2).
///
/// One choice a call, the same at every step of the sequence: the state meets one thinned-out net. Used like the
/// net inside: `WeightDrop(LSTM(…), 0.2, seed: 1)(x, state)`.
public final class WeightDrop<Net: RecurrentNet>: Module, DrawsRandomNumbers {
  public let net: Net
  public let p: Float
  /// Where its choices come from.
  public var generator: SeededGenerator

  public init(
    _ net: Net, _ p: Float = 0.5, seed: UInt64, file: StaticString = #fileID, line: UInt = #line
  ) {
    self.net = net
    self.p = dropoutProbability(p, of: "WeightDrop", file: file, line: line)
    generator = SeededGenerator(seed: seed)
  }

  /// The net's weights, W_hh thinned out anew while training.
  package func weights() -> [RecurrentNet.Weights] {
    net.cells.map { cell in
      let w = cell.weights
      guard isTraining, p > 0 else { return w }
      return RecurrentNet.Weights(
        input: w.input, hidden: w.hidden * dropoutMask(w.hidden.shape, p, using: &generator),
        inputBias: w.inputBias, hiddenBias: w.hiddenBias)
    }
  }

  /// A part of the state that is not given starts from zeros.
  private func run(
    _ x: Tensor, _ states: [Tensor?]
  ) -> (output: Tensor, states: [Tensor]) {
    traced(x, output: \.output) {
      let zeros = net.zeroState(for: x)
      return net.run(x, states.map { $0 ?? zeros }, weights: weights())
    }
  }
}

extension WeightDrop where Net == RNN {
  /// As the net: outputs `[n, time, hidden]` and the state to carry on.
  public func callAsFunction(_ x: Tensor, _ h: Tensor? = nil) -> (output: Tensor, h: Tensor) {
    let (y, states) = run(x, [h])
    return (y, states[0])
  }
}

extension WeightDrop where Net == GRU {
  /// As the net: outputs `[n, time, hidden]` and the state to carry on.
  public func callAsFunction(_ x: Tensor, _ h: Tensor? = nil) -> (output: Tensor, h: Tensor) {
    let (y, states) = run(x, [h])
    return (y, states[0])
  }
}

extension WeightDrop where Net == LSTM {
  /// As the net: outputs `[n, time, hidden]` and the state (h, c) to carry on.
  public func callAsFunction(
    _ x: Tensor, _ state: (h: Tensor, c: Tensor)? = nil
  ) -> (output: Tensor, state: (h: Tensor, c: Tensor)) {
    let (y, states) = run(x, [state?.h, state?.c])
    return (y, (states[0], states[1]))
  }
}
