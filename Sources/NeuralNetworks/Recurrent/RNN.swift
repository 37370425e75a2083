import Tensors

/// A recurrent net: the same cell at every step of a sequence, layer upon layer.
///
/// Input `[n, time, features]`, output `[n, time, hidden]`, and a state `[layers, n, hidden]` that is carried on.
/// Parameters are named and shaped as in `torch.nn.RNN`: weights `[gates·hidden, inputs]`, two biases a layer,
/// all evenly spread over ±1/√hidden.
open class RecurrentNet: Module {
  public final class Cell: Module {
    @Parameter public var inputWeight: Tensor  // [gates·hidden, inputs]
    @Parameter public var hiddenWeight: Tensor  // [gates·hidden, hidden]
    @Parameter public var inputBias: Tensor  // [gates·hidden]
    @Parameter public var hiddenBias: Tensor  // [gates·hidden]

    /// The parameters as the formulas use them.
    var weights: Weights {
      Weights(
        input: inputWeight, hidden: hiddenWeight, inputBias: inputBias, hiddenBias: hiddenBias)
    }

    init(
      _ inputs: Int, _ hidden: Int, gates: Int, using generator: inout some RandomNumberGenerator
    ) {
      let bound = 1 / Float(hidden).squareRoot()
      let range = -bound..<bound
      inputWeight = .uniform([gates * hidden, inputs], in: range, using: &generator)
      hiddenWeight = .uniform([gates * hidden, hidden], in: range, using: &generator)
      inputBias = .uniform([gates * hidden], in: range, using: &generator)
      hiddenBias = .uniform([gates * hidden], in: range, using: &generator)
    }
  }

  /// The numbers of one layer: W_ih, W_hh, b_ih, b_hh.
  public typealias Weights = RecurrentWeights

  public let cells: [Cell]
  public let hidden: Int
  private let gates: Int

  init(
    _ inputs: Int, _ hidden: Int, layers: Int, gates: Int, of name: String,
    using generator: inout some RandomNumberGenerator, file: StaticString, line: UInt
  ) {
    expect(
      layers > 0 && hidden > 0 && inputs > 0,
      "\(name) expects at least one input, hidden number and layer, got \(inputs), \(hidden) and \(layers)",
      file: file, line: line)
    expect(
      hidden.timesLength(gates) <= Int32.max,
      "\(name) cannot have \(hidden) hidden numbers: the matrix library counts to \(Int32.max)",
      file: file, line: line)
    self.hidden = hidden
    self.gates = gates
    var cells: [Cell] = []
    for layer in 0..<layers {
      cells.append(Cell(layer == 0 ? inputs : hidden, hidden, gates: gates, using: &generator))
    }
    self.cells = cells
  }

  /// One step of one layer, as the equations read: what the input adds (`[n, gates·hidden]`, its bias included)
  /// and the state before.
  open func step(_ input: Tensor, _ state: [Tensor], _ weights: Weights) -> [Tensor] {
    fatalError("\(type(of: self)) has no step")
  }

  /// All steps of one layer in one operation; the outputs and the last state. It equals `step` after `step`.
  open func layer(
    _ x: Tensor, _ state: [Tensor], _ weights: Weights
  ) -> (output: Tensor, state: [Tensor]) {
    fatalError("\(type(of: self)) has no layer")
  }

  /// Runs all layers over a sequence; `states` holds for each part of the state (h, and c for an LSTM)
  /// a tensor `[layers, n, hidden]`.
  package func run(
    _ x: Tensor, _ states: [Tensor], weights: [Weights]? = nil
  ) -> (output: Tensor, states: [Tensor]) {
    let weights = weights ?? cells.map(\.weights)
    expectSequence(x)
    expect(
      states.allSatisfy { $0.shape == [cells.count, x.shape[0], hidden] },
      "\(type(of: self)) expects a state of shape \([cells.count, x.shape[0], hidden]), got \(states.map(\.shape))"
    )
    var sequence = x
    var last: [[Tensor]] = []
    for (number, weights) in weights.enumerated() {
      let result = layer(sequence, states.map { $0[number] }, weights)
      sequence = result.output
      last.append(result.state)
    }
    return (sequence, states.indices.map { part in stack(last.map { $0[part] }) })
  }

  /// The state before the first step of a sequence: zeros.
  package func zeroState(for x: Tensor) -> Tensor {
    expectSequence(x)
    return .zeros([cells.count, x.shape[0], hidden])
  }

  private func expectSequence(_ x: Tensor) {
    let inputs = cells[0].$inputWeight.value.shape[1]
    expect(
      x.rank == 3 && x.shape[2] == inputs,
      "\(type(of: self)) expects [n, time, \(inputs)], got \(x.shape)")
    expect(x.shape[1] > 0, "\(type(of: self)) expects at least one step, got \(x.shape)")
  }

  /// The state has the parts that this net carries on: h, and an LSTM's c.
  final func expectParts(_ state: [Tensor], _ count: Int) {
    expect(
      state.count == count,
      "\(type(of: self)) expects a state of \(count) \(count == 1 ? "tensor" : "tensors"), got \(state.count)"
    )
  }

  /// A step's input, state and weights fit each other.
  final func expectStep(_ input: Tensor, _ state: [Tensor], _ count: Int, _ weights: Weights) {
    expectParts(state, count)
    let width = gates * hidden
    expect(
      input.rank == 2 && input.shape[1] == width
        && state.allSatisfy { $0.shape == [input.shape[0], hidden] }
        && weights.hidden.shape == [width, hidden] && weights.hiddenBias.shape == [width],
      "\(type(of: self)) step expects [n, \(width)], a state [n, \(hidden)] and W_hh, b_hh of \(width) rows, got \(input.shape), \(state.map(\.shape)), \(weights.hidden.shape) and \(weights.hiddenBias.shape)"
    )
  }

  /// The output of the last step.
  func last(_ output: Tensor) -> Tensor {
    output.sliced(axis: 1, (output.shape[1] - 1)..<output.shape[1])
      .reshaped([output.shape[0], hidden])
  }
}

/// h_t = f(W_ih·x_t + b_ih + W_hh·h_{t−1} + b_hh), f is tanh or ReLU (Elman 1990).
public final class RNN: RecurrentNet {
  public enum Activation: Sendable { case tanh, relu }
  public let activation: Activation

  public init(
    _ inputs: Int, _ hidden: Int, layers: Int = 1, activation: Activation = .tanh,
    using generator: inout some RandomNumberGenerator, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    self.activation = activation
    super.init(
      inputs, hidden, layers: layers, gates: 1, of: "RNN", using: &generator, file: file,
      line: line)
  }

  public override func step(_ input: Tensor, _ state: [Tensor], _ weights: Weights) -> [Tensor] {
    expectStep(input, state, 1, weights)
    let sum = input + matmul(state[0], weights.hidden.transposed()) + weights.hiddenBias
    return [activation == .tanh ? sum.tanh() : sum.relu()]
  }

  public override func layer(
    _ x: Tensor, _ state: [Tensor], _ weights: Weights
  ) -> (output: Tensor, state: [Tensor]) {
    expectParts(state, 1)
    let y = rnnLayer(x, h: state[0], weights, isTanh: activation == .tanh)
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
