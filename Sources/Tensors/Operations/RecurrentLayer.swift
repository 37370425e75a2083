import Kernels

/// The numbers of a recurrent layer in PyTorch's layout: W_ih `[gates·hidden, inputs]`, W_hh
/// `[gates·hidden, hidden]`, two biases `[gates·hidden]`.
public struct RecurrentWeights {
  public let input: Tensor
  public let hidden: Tensor
  public let inputBias: Tensor
  public let hiddenBias: Tensor

  public init(input: Tensor, hidden: Tensor, inputBias: Tensor, hiddenBias: Tensor) {
    self.input = input
    self.hidden = hidden
    self.inputBias = inputBias
    self.hiddenBias = hiddenBias
  }
}

/// A recurrent layer over a whole sequence, as one operation: the equations of `RNN`, `GRU` and `LSTM`,
/// step after step, without a node of the tape for each.
///
/// x `[n, time, inputs]`, h (and for an LSTM c) `[n, hidden]` → outputs `[n, time, hidden]` and the last c.
/// What the inputs add does not depend on the state: one product for all steps. So do the gradients of both
/// weights, once those of all steps are there.
private func recurrentLayer(
  _ cell: RecurrentShape.Cell, _ x: Tensor, h: Tensor, c: Tensor? = nil,
  _ weights: RecurrentWeights, _ name: StaticString, _ file: StaticString, _ line: UInt
) -> (output: Tensor, c: Tensor?) {
  expectFit(cell, x, h: h, c: c, weights, name, file, line)
  let (n, time, inputs) = (x.shape[0], x.shape[1], x.shape[2])
  let hidden = h.shape[1]
  let s = RecurrentShape(cell, rows: n, time: time, hidden: hidden)
  // Where a gate sums both products, the biases are one.
  let bias =
    cell == .gru
    ? weights.inputBias.detached()
    : weights.inputBias.detached() + weights.hiddenBias.detached()
  var gates = Tensor(unfilled: [n * time, s.width])
  Kernels.rows(bias.start, into: gates.mutableStart, rows: n * time, columns: s.width)
  Kernels.matrixProduct(
    x.start, transposed: false, weights.input.start, transposed: true, into: gates.mutableStart,
    m: n * time, n: s.width, k: inputs, accumulating: true)
  // The last step's c stands behind the outputs, so that one result carries both.
  let isLSTM = cell == .lstm
  let outputs = Tensor(unfilled: [n, time, hidden])
  let extra = Tensor(unfilled: cell == .gru || isLSTM ? [n, time, hidden] : [0])
  Kernels.recurrent(
    s, gates: gates.mutableStart, weight: weights.hidden.start, bias: weights.hiddenBias.start,
    first: h.start, firstMemory: c?.start, output: outputs.storage.start,
    extra: extra.storage.start)
  let tape = RecurrentTape(
    s, x: x, h: h, c: c, weights: weights, gates: gates, output: outputs, extra: extra)
  func linked(_ y: Tensor, _ upstream: @escaping (Tensor) -> (dy: Tensor, dc: Tensor?)) -> Tensor {
    var edges: [(Tensor, (Tensor) -> Tensor)] = [
      (x, { tape.gradients(upstream($0)).x }), (h, { tape.gradients(upstream($0)).h }),
      (weights.input, { tape.gradients(upstream($0)).inputWeight }),
      (weights.hidden, { tape.gradients(upstream($0)).hiddenWeight }),
      (weights.inputBias, { tape.gradients(upstream($0)).inputBias }),
      (weights.hiddenBias, { tape.gradients(upstream($0)).hiddenBias }),
    ]
    if let c { edges.append((c, { tape.gradients(upstream($0)).c })) }
    return y.recorded("recurrentLayer", fromAll: edges)
  }
  guard isLSTM else { return (linked(outputs) { ($0, nil) }, nil) }
  let last = extra.sliced(axis: 1, (time - 1)..<time)
  let both = linked(concatenate([outputs, last], axis: 1)) { d in
    (
      d.sliced(axis: 1, 0..<time),
      d.sliced(axis: 1, time..<(time + 1)).reshaped([n, hidden])
    )
  }
  return (
    both.sliced(axis: 1, 0..<time),
    both.sliced(axis: 1, time..<(time + 1)).reshaped([n, hidden])
  )
}

/// The shapes fit each other, and there is a step to make.
private func expectFit(
  _ cell: RecurrentShape.Cell, _ x: Tensor, h: Tensor, c: Tensor?, _ weights: RecurrentWeights,
  _ name: StaticString, _ file: StaticString, _ line: UInt
) {
  expect(
    x.rank == 3 && h.rank == 2 && h.shape[0] == x.shape[0],
    "\(name) expects x [n, time, inputs] and h [n, hidden], got \(x.shape) and \(h.shape)",
    file: file, line: line)
  expect(
    x.shape[1] > 0, "\(name) expects at least one step, got x \(x.shape)", file: file, line: line)
  let (inputs, hidden) = (x.shape[2], h.shape[1])
  expect(
    hidden > 0, "\(name) expects at least one hidden number, got h \(h.shape)", file: file,
    line: line)
  expect(
    c == nil || c?.shape == h.shape,
    "\(name) expects a c of the shape of h, \(h.shape), got \(c?.shape ?? [])", file: file,
    line: line)
  let width = hidden.timesLength(cell.gates)
  let wanted = [[width, inputs], [width, hidden], [width], [width]]
  let got = [
    weights.input.shape, weights.hidden.shape, weights.inputBias.shape, weights.hiddenBias.shape,
  ]
  expect(
    got == wanted,
    "\(name) expects W_ih, W_hh, b_ih, b_hh of shapes \(wanted) for x \(x.shape) and h \(h.shape), got \(got)",
    file: file, line: line)
  expectLibraryLengths(
    [x.shape[0].timesLength(x.shape[1]), width.timesLength(x.shape[1]), inputs], "\(name)", file,
    line)
}

/// What the steps left behind, and all gradients, worked out together the first time that one is asked for.
private final class RecurrentTape {
  struct Gradients {
    let x: Tensor
    let h: Tensor
    let c: Tensor
    let inputWeight: Tensor
    let hiddenWeight: Tensor
    let inputBias: Tensor
    let hiddenBias: Tensor
  }

  private let s: RecurrentShape
  private let x: Tensor
  private let h: Tensor
  private let c: Tensor?
  private let weights: RecurrentWeights
  private var gates: Tensor
  private let output: Tensor
  private let extra: Tensor
  private var result: Gradients?

  init(
    _ s: RecurrentShape, x: Tensor, h: Tensor, c: Tensor?, weights: RecurrentWeights,
    gates: Tensor, output: Tensor, extra: Tensor
  ) {
    self.s = s
    self.x = x.detached()
    self.h = h.detached()
    self.c = c?.detached()
    self.weights = RecurrentWeights(
      input: weights.input.detached(), hidden: weights.hidden.detached(),
      inputBias: weights.inputBias.detached(), hiddenBias: weights.hiddenBias.detached())
    self.gates = gates
    self.output = output
    self.extra = extra
  }

  func gradients(_ upstream: @autoclosure () -> (dy: Tensor, dc: Tensor?)) -> Gradients {
    if let result { return result }
    let (dy, dc) = upstream()
    let (n, time, hidden, inputs) = (s.rows, s.time, s.hidden, x.shape[2])
    let dh = Tensor(unfilled: [n, hidden])
    let dFirstC = Tensor(unfilled: c == nil ? [0] : [n, hidden])
    let past = Tensor(unfilled: s.cell == .gru ? [n * time, s.width] : [0])
    Kernels.recurrentGradient(
      s, gates: gates.mutableStart, weight: weights.hidden.start, first: h.start,
      firstMemory: c?.start, output: output.start, extra: extra.start, upstream: dy.start,
      upstreamMemory: dc?.start, past: s.cell == .gru ? past.storage.start : nil,
      firstGradient: dh.storage.start, firstMemoryGradient: c == nil ? nil : dFirstC.storage.start)
    let dPast = s.cell == .gru ? past : gates
    let before = concatenate(
      [h.reshaped([n, 1, hidden]), output.sliced(axis: 1, 0..<(time - 1))], axis: 1
    ).reshaped([n * time, hidden])
    let dBias = gates.sum(axes: [0])
    let result = Gradients(
      x: matmul(gates, weights.input).reshaped(x.shape), h: dh, c: dFirstC,
      inputWeight: Self.product(gates, x.reshaped([n * time, inputs])),
      hiddenWeight: Self.product(dPast, before), inputBias: dBias,
      hiddenBias: s.cell == .gru ? dPast.sum(axes: [0]) : dBias)
    self.result = result
    return result
  }

  /// aᵀ·b
  private static func product(_ a: Tensor, _ b: Tensor) -> Tensor {
    let (k, m, n) = (a.shape[0], a.shape[1], b.shape[1])
    let c = Tensor(unfilled: [m, n])
    Kernels.matrixProduct(
      a.start, transposed: true, b.start, transposed: false, into: c.storage.start, m: m, n: n,
      k: k)
    return c
  }
}

/// The plain recurrent layer: h′ = tanh(W_ih·x + b_ih + W_hh·h + b_hh), or ReLU in place of tanh.
public func rnnLayer(
  _ x: Tensor, h: Tensor, _ weights: RecurrentWeights, isTanh: Bool, file: StaticString = #fileID,
  line: UInt = #line
) -> Tensor {
  recurrentLayer(isTanh ? .tanh : .relu, x, h: h, weights, "rnnLayer", file, line).output
}

/// The equations of `GRU` over a whole sequence.
public func gruLayer(
  _ x: Tensor, h: Tensor, _ weights: RecurrentWeights, file: StaticString = #fileID,
  line: UInt = #line
) -> Tensor {
  recurrentLayer(.gru, x, h: h, weights, "gruLayer", file, line).output
}

/// The equations of `LSTM` over a whole sequence; c is the last step's.
public func lstmLayer(
  _ x: Tensor, h: Tensor, c: Tensor, _ weights: RecurrentWeights, file: StaticString = #fileID,
  line: UInt = #line
) -> (output: Tensor, c: Tensor) {
  let (output, last) = recurrentLayer(.lstm, x, h: h, c: c, weights, "lstmLayer", file, line)
  return (output, last ?? c)
}
