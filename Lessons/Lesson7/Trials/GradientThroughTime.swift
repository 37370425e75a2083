import Unrolled

/// How strongly the loss at the end of a row depends on each state before it: ‖∂L/∂h_t‖.
///
/// A parameter of zeros is added to every state; its gradient is the state's gradient.
struct GradientThroughTime {
  /// A state after one more word: states are lists of tensors (h, or h and c), each `[rows, hidden]`.
  typealias Step = (_ words: [Int], _ state: [Tensor]) -> [Tensor]

  /// Norms for 1, 2, … steps back from the end; the first is the last state's own.
  static func norms(
    on x: Words, targets: [Int], parts: Int, hidden: Int, output: ([Tensor]) -> Tensor, step: Step
  ) -> [Double] {
    var state = (0..<parts).map { _ in Tensor.zeros([x.rows, hidden]) }
    var probes: [[Parameter]] = []
    for t in 0..<x.length {
      let here = (0..<parts).map { _ in Parameter(.zeros([x.rows, hidden])) }
      state = zip(step(x[t], state), here).map { $0 + $1.wrappedValue }
      probes.append(here)
    }
    crossEntropy(output(state), targets).backward()
    return probes.reversed().map { here in
      here.reduce(0.0) { sum, probe in
        sum + (probe.hasGrad ? squaredLength(probe.grad) : 0)
      }.squareRoot()
    }
  }
}

/// Σ g², scaled first: the square of 1e-25 is no 32-bit number.
private func squaredLength(_ g: Tensor) -> Double {
  let largest = g.abs().max().item
  guard largest.isNormal else { return 0 }
  return Double((g * (1 / largest)).square().sum().item) * Double(largest) * Double(largest)
}

extension GradientThroughTime {
  /// The same for a trained Model 4 or 5, whose states are one a layer.
  static func norms(_ model: any NextWordModel, on x: Words, targets: [Int]) -> [Double] {
    model.train(false)
    func run(
      _ net: RecurrentNet, _ embedding: Embedding, _ norm: BatchNorm, _ output: Linear,
      _ step: (Tensor, Tensor) -> Tensor
    ) -> [Double] {
      norms(
        on: x, targets: targets, parts: net.cells.count, hidden: net.hidden,
        output: { output(norm($0[$0.count - 1])) },
        step: { words, state in
          let h = step(embedding(words).reshaped([words.count, 1, -1]), stack(state))
          return net.cells.indices.map { h[$0] }
        })
    }
    return switch model {
    case let model as Model4:
      run(model.rnn, model.inputToHidden, model.norm, model.hiddenToOutput) { model.rnn($0, $1).h }
    case let model as Model5:
      run(model.gru, model.inputToHidden, model.norm, model.hiddenToOutput) { model.gru($0, $1).h }
    default: fatalError("GradientThroughTime knows Models 4 and 5, got \(type(of: model))")
    }
  }
}

/// The cells of this lesson with one layer, each for one step.
enum CellKind: String, CaseIterable {
  case tanh = "tanh RNN"
  case relu = "ReLU RNN"
  case residual = "residual RNN"
  case gru = "GRU"
  case lstm = "LSTM"
  case openGRU = "GRU, gate opened"
  case openLSTM = "LSTM, gate opened"
}

/// An embedding, one recurrent layer and an output, for any kind of cell.
final class OneLayer: Module {
  let embedding: Embedding
  let cell: Module
  let output: Linear
  let kind: CellKind
  let hidden: Int

  /// A bias of 3 keeps σ(3) = 0.95 of the state at each step.
  static let openBias: Float = 3
  static let lineOfOpenBias = #line - 1

  init(_ kind: CellKind, words: Int, hidden: Int, using generator: inout SeededGenerator) {
    self.kind = kind
    self.hidden = hidden
    embedding = Embedding(words, hidden, using: &generator)
    switch kind {
    case .tanh: cell = RNN(hidden, hidden, using: &generator)
    case .relu: cell = RNN(hidden, hidden, activation: .relu, using: &generator)
    case .residual: cell = Linear(hidden, hidden, using: &generator)
    case .gru: cell = GRU(hidden, hidden, using: &generator)
    case .lstm: cell = LSTM(hidden, hidden, using: &generator)
    case .openGRU:
      let gru = GRU(hidden, hidden, using: &generator)
      Self.open(gru)
      cell = gru
    case .openLSTM:
      let lstm = LSTM(hidden, hidden, using: &generator)
      Self.open(lstm)
      cell = lstm
    }
    output = Linear(hidden, words, using: &generator)
  }

  /// Adds the bias to the gate that keeps: z of a GRU, f of an LSTM; both are the second part.
  private static func open(_ net: RecurrentNet) {
    let bias = net.cells[0].$inputBias
    var values = bias.value.values
    for i in net.hidden..<(2 * net.hidden) { values[i] += openBias }
    bias.value = Tensor(values)
  }

  /// The state after a whole row; the first part is h.
  func encode(_ x: Words) -> Tensor {
    let embedded = embedding(x.numbers).reshaped([x.rows, x.length, -1])
    switch cell {
    case let rnn as RNN: return rnn(embedded).h[0]
    case let gru as GRU: return gru(embedded).h[0]
    case let lstm as LSTM: return lstm(embedded).state.h[0]
    default:
      var state = [Tensor.zeros([x.rows, hidden])]
      for t in 0..<x.length { state = step(x[t], state) }
      return state[0]
    }
  }

  /// One step, for words and a state.
  func step(_ words: [Int], _ state: [Tensor]) -> [Tensor] {
    let h = state[0].reshaped([1, words.count, hidden])
    let x = embedding(words).reshaped([words.count, 1, hidden])
    switch cell {
    case let rnn as RNN: return [rnn(x, h).h[0]]
    case let gru as GRU: return [gru(x, h).h[0]]
    case let lstm as LSTM:
      let after = lstm(x, (h, state[1].reshaped([1, words.count, hidden]))).state
      return [after.h[0], after.c[0]]
    case let linear as Linear:
      // A skip connection in time: the old state plus what the step adds.
      return [state[0] + linear(state[0] + embedding(words)).tanh()]
    default: fatalError("OneLayer has no step for \(type(of: cell))")
    }
  }

  func gradientNorms(on x: Words, targets: [Int]) -> [Double] {
    GradientThroughTime.norms(
      on: x, targets: targets, parts: kind == .lstm || kind == .openLSTM ? 2 : 1, hidden: hidden,
      output: { output($0[0]) }, step: step)
  }
}
