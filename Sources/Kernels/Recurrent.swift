/// The lengths of a recurrent layer: batch rows, steps, hidden numbers.
///
/// All sequences are `[rows, time, …]`, so that a step is a matrix whose rows lie `time` rows apart.
public struct RecurrentShape: Sendable {
  public enum Cell: Sendable {
    case tanh, relu, gru, lstm

    /// How many products of the state a step needs.
    public var gates: Int {
      switch self {
      case .tanh, .relu: 1
      case .gru: 3
      case .lstm: 4
      }
    }
  }

  public let cell: Cell
  public let rows: Int
  public let time: Int
  public let hidden: Int

  public init(_ cell: Cell, rows: Int, time: Int, hidden: Int) {
    self.cell = cell
    self.rows = rows
    self.time = time
    self.hidden = hidden
  }

  /// Numbers of a step before the activation functions: gates · hidden.
  public var width: Int { cell.gates * hidden }
}

extension Kernels {
  /// All steps of a recurrent layer.
  ///
  /// - Parameters:
  ///   - gates: `[rows, time, width]`: at first what the inputs add, both biases of it (for a GRU the input's bias alone);
  ///     afterwards the gates themselves.
  ///   - weight: W_hh `[width, hidden]`, gates below each other in PyTorch's order.
  ///   - bias: b_hh `[width]`, for a GRU.
  ///   - first: The state before the first step, `[rows, hidden]`; `firstMemory` that of an LSTM's c.
  ///   - output: `[rows, time, hidden]`.
  ///   - extra: `[rows, time, hidden]`: a GRU keeps W_hn·h + b_hn here, an LSTM its c.
  public static func recurrent(
    _ s: RecurrentShape, gates: MutablePointer, weight: Pointer, bias: Pointer?, first: Pointer,
    firstMemory: Pointer?, output: MutablePointer, extra: MutablePointer
  ) {
    eachPart(s) { rows in
      let (h, width) = (s.hidden, s.width)
      let count = rows.count
      let past = s.cell == .gru ? BufferPool.take(count * width) : nil
      for t in 0..<s.time {
        let at = rows.lowerBound * s.time + t
        let state = t == 0 ? first + rows.lowerBound * h : Pointer(output + (at - 1) * h)
        let stateRow = t == 0 ? h : s.time * h
        if let past, let bias {
          for r in 0..<count { copy(bias, into: past + r * width, width) }
          matrixProduct(
            state, transposed: false, weight, transposed: true, into: past, m: count, n: width,
            k: h, accumulating: true, aRow: stateRow, onThisThread: true)
        } else {
          matrixProduct(
            state, transposed: false, weight, transposed: true, into: gates + at * width, m: count,
            n: width, k: h, accumulating: true, aRow: stateRow, cRow: s.time * width,
            onThisThread: true)
        }
        for r in 0..<count {
          let row = at + r * s.time
          let (g, y) = (gates + row * width, output + row * h)
          switch s.cell {
          case .tanh, .relu: activate(g, into: y, h, isTanh: s.cell == .tanh)
          case .gru:
            if let past {
              gru(g, past + r * width, state + r * stateRow, y, kept: extra + row * h, h)
            }
          case .lstm:
            if let firstMemory {
              let memory =
                t == 0
                ? firstMemory + (rows.lowerBound + r) * h : Pointer(extra + (row - 1) * h)
              lstm(g, memory, y, c: extra + row * h, h)
            }
          }
        }
      }
      if let past { BufferPool.give(past, count * width) }
    }
  }

  /// The gradients of all steps, last to first.
  ///
  /// - Parameters:
  ///   - gates, output, extra: As `recurrent` left them. `gates` receives the gradient of what the inputs added.
  ///   - upstream: Of the output, `[rows, time, hidden]`; `upstreamMemory` of an LSTM's last c, `[rows, hidden]`.
  ///   - past: For a GRU, `[rows, time, width]`: receives the gradient of W_hh·h + b_hh.
  ///   - firstGradient: Receives that of the first state, `firstMemoryGradient` that of the first c.
  public static func recurrentGradient(
    _ s: RecurrentShape, gates: MutablePointer, weight: Pointer, first: Pointer,
    firstMemory: Pointer?, output: Pointer, extra: Pointer, upstream: Pointer,
    upstreamMemory: Pointer?, past: MutablePointer?, firstGradient: MutablePointer,
    firstMemoryGradient: MutablePointer?
  ) {
    eachPart(s) { rows in
      let (h, width) = (s.hidden, s.width)
      let count = rows.count
      // What flows back from the step after: into h here, into c in `memory`.
      let carried = firstGradient + rows.lowerBound * h
      let memory = firstMemoryGradient.map { $0 + rows.lowerBound * h }
      fill(carried, 0, count * h)
      if let memory, let upstreamMemory {
        copy(upstreamMemory + rows.lowerBound * h, into: memory, count * h)
      }
      for t in (0..<s.time).reversed() {
        let at = rows.lowerBound * s.time + t
        for r in 0..<count {
          let row = at + r * s.time
          let g = gates + row * width
          let dy = carried + r * h
          let up = upstream + row * h
          for j in 0..<h { dy[j] += up[j] }
          switch s.cell {
          case .tanh, .relu: activateGradient(g, output + row * h, dy, h, isTanh: s.cell == .tanh)
          case .gru:
            let state = t == 0 ? first + (rows.lowerBound + r) * h : output + (row - 1) * h
            if let past { gruGradient(g, past + row * width, state, extra + row * h, dy, h) }
          case .lstm:
            if let memory, let firstMemory {
              let before =
                t == 0 ? firstMemory + (rows.lowerBound + r) * h : extra + (row - 1) * h
              lstmGradient(g, before, c: extra + row * h, dy, memory + r * h, h)
            }
          }
        }
        // For a GRU `carried` holds z∘dh already; elsewhere all flows through the product.
        matrixProduct(
          Pointer((past ?? gates) + at * width), transposed: false, weight, transposed: false,
          into: carried, m: count, n: h, k: width, accumulating: s.cell == .gru,
          aRow: s.time * width, onThisThread: true)
      }
    }
  }

  /// Rows are independent: each thread takes its share through all steps.
  private static func eachPart(_ s: RecurrentShape, _ body: (Range<Int>) -> Void) {
    Parallel.split(s.rows, work: s.rows * s.time * s.width * s.hidden, body)
  }
}

extension Kernels {
  /// y ← tanh g or max(0, g)
  private static func activate(
    _ g: MutablePointer, into y: MutablePointer, _ count: Int, isTanh: Bool
  ) {
    if isTanh {
      for j in 0..<count { y[j] = hyperbolicTangent(g[j]) }
    } else {
      for j in 0..<count { y[j] = g[j] < 0 ? 0 : g[j] }
    }
  }

  private static func activateGradient(
    _ g: MutablePointer, _ y: Pointer, _ dy: MutablePointer, _ count: Int, isTanh: Bool
  ) {
    if isTanh {
      for j in 0..<count { g[j] = dy[j] * (1 - y[j] * y[j]) }
    } else {
      for j in 0..<count { g[j] = y[j] <= 0 ? 0 : dy[j] }
    }
  }

  /// r = σ(g_r + p_r), z = σ(g_z + p_z), n = tanh(g_n + r∘p_n), h′ = n + z∘(h − n). g becomes r, z, n.
  private static func gru(
    _ g: MutablePointer, _ p: MutablePointer, _ state: Pointer, _ y: MutablePointer,
    kept: MutablePointer, _ h: Int
  ) {
    inLanes(h) { j, n in
      let r = logistic(some(g, j, n) + some(p, j, n))
      let z = logistic(some(g, h + j, n) + some(p, h + j, n))
      let q = some(p, 2 * h + j, n)
      let new = hyperbolicTangent(some(g, 2 * h + j, n) + r * q)
      put(r, g, j, n)
      put(z, g, h + j, n)
      put(new, g, 2 * h + j, n)
      put(q, kept, j, n)
      put(new + z * (some(state, j, n) - new), y, j, n)
    }
  }

  /// From dh: g becomes the gradients of g, p those of p, and dh becomes z∘dh.
  private static func gruGradient(
    _ g: MutablePointer, _ p: MutablePointer, _ state: Pointer, _ kept: Pointer,
    _ dh: MutablePointer, _ h: Int
  ) {
    inLanes(h) { j, n in
      let (r, z, new) = (some(g, j, n), some(g, h + j, n), some(g, 2 * h + j, n))
      let d = some(dh, j, n)
      let dNew = d * (Lanes(1) - z) * (Lanes(1) - new * new)
      let dR = dNew * some(kept, j, n) * r * (Lanes(1) - r)
      let dZ = d * (some(state, j, n) - new) * z * (Lanes(1) - z)
      put(dR, g, j, n)
      put(dZ, g, h + j, n)
      put(dNew, g, 2 * h + j, n)
      put(dR, p, j, n)
      put(dZ, p, h + j, n)
      put(dNew * r, p, 2 * h + j, n)
      put(d * z, dh, j, n)
    }
  }

  /// i, f, o = σ(g), u = tanh(g): c = f∘c₋ + i∘u, h = o∘tanh c. g becomes i, f, u, o.
  private static func lstm(
    _ g: MutablePointer, _ before: Pointer, _ y: MutablePointer, c: MutablePointer, _ h: Int
  ) {
    inLanes(h) { j, n in
      let i = logistic(some(g, j, n))
      let f = logistic(some(g, h + j, n))
      let u = hyperbolicTangent(some(g, 2 * h + j, n))
      let o = logistic(some(g, 3 * h + j, n))
      let cell = f * some(before, j, n) + i * u
      put(i, g, j, n)
      put(f, g, h + j, n)
      put(u, g, 2 * h + j, n)
      put(o, g, 3 * h + j, n)
      put(cell, c, j, n)
      put(o * hyperbolicTangent(cell), y, j, n)
    }
  }

  /// From dh and dc: g becomes the gradients of g, dc that of the c before.
  private static func lstmGradient(
    _ g: MutablePointer, _ before: Pointer, c: Pointer, _ dh: MutablePointer, _ dc: MutablePointer,
    _ h: Int
  ) {
    inLanes(h) { j, n in
      let (i, f) = (some(g, j, n), some(g, h + j, n))
      let (u, o) = (some(g, 2 * h + j, n), some(g, 3 * h + j, n))
      let squashed = hyperbolicTangent(some(c, j, n))
      let d = some(dh, j, n)
      let dCell = some(dc, j, n) + d * o * (Lanes(1) - squashed * squashed)
      put(dCell * u * i * (Lanes(1) - i), g, j, n)
      put(dCell * some(before, j, n) * f * (Lanes(1) - f), g, h + j, n)
      put(dCell * i * (Lanes(1) - u * u), g, 2 * h + j, n)
      put(d * squashed * o * (Lanes(1) - o), g, 3 * h + j, n)
      put(dCell * f, dc, j, n)
    }
  }
}
