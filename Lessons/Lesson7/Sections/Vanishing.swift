import Foundation
import Unrolled

/// Twenty steps are twenty layers: what is left of the gradient, and what can still be learned.
func vanishing(_ page: Page) {
  page.question("How far back in time does a gradient reach?")
  page.say(
    """
    Each step back multiplies the gradient by the same matrix and by the slope of the activation function. A factor a little below 1, \
    twenty times, is a small number; two hundred times, it is nothing.
    """)
  page.formula(
    #"\frac{\partial L}{\partial h_{t-1}} = W_{hh}^\top \left( (1 - h_t^2) \circ \frac{\partial L}{\partial h_t} \right)"#,
    plain: "∂L/∂h_{t−1} = W_hhᵀ·((1 − h_t²)∘∂L/∂h_t)      (tanh)")
  page.say(
    """
    To see it, add a parameter of zeros to every state: its gradient is the state's. The loss is that of the *last* word alone, on 64 rows of human \
    numbers, with first weights as PyTorch draws them.
    """)
  page.source(of: "static func norms", file: "Lessons/Lesson7/Trials/GradientThroughTime.swift")
  let kinds = CellKind.allCases
  var curves: [CellKind: [Double]] = [:]
  var rows: [[String]] = []
  for kind in kinds {
    var row = [kind.rawValue]
    for length in [20, 70, 200] {
      var generator = SeededGenerator(seed: page.seed)
      let model = OneLayer(kind, words: 38, hidden: 64, using: &generator)
      let (x, y) = NextWordTraining.train(length: length).words(0)
      let norms = model.gradientNorms(on: x, targets: y.last)
      row.append(scientific((norms.last ?? 0) / norms[0]))
      curves[kind] = norms
    }
    rows.append(row)
  }
  page.table(
    "What is left of the gradient at the first word, as a share of the last",
    columns: ["cell", "20 words", "70 words", "200 words"],
    rows: rows)
  page.plot(
    Plot(
      "rnn-gradients", "‖∂L/∂h_t‖ before training, by steps back from the loss",
      alt: """
        Lines on a logarithmic axis over 200 steps. Those of the tanh RNN, the ReLU RNN, the GRU and the LSTM fall steeply and end \
        within a hundred steps; the GRU and LSTM with an opened gate fall slowly; the residual cell's grows a little.
        """,
      x: Axis("steps back"), y: Axis("gradient norm", scale: .log, range: 1e-30...1e3),
      layers: kinds.map { kind in
        .line(
          kind.rawValue,
          (curves[kind] ?? []).enumerated().filter { $0.element > 1e-30 }
            .map { (x: Double($0.offset), y: $0.element) })
      } + [.vertical(x: 20, "bptt 20"), .vertical(x: 70, "70")]))
  gradientAudit(page)
  page.claim(
    "rnn-bptt20-deep",
    says:
      "Unrolled over twenty words, a plain recurrent net is too deep: the gradient is lost on the way.",
    measure: "tenfold drops of ‖∂L/∂h‖ from the last state to the first of 20",
    threshold: 2, thresholdText: "less than a hundredth is left",
    setting: "tanh RNN of 64, PyTorch's first weights, human numbers, loss of the last word"
  ) { seed in
    var generator = SeededGenerator(seed: seed)
    let (x, y) = NextWordTraining.train(length: 20).words(0)
    let norms = OneLayer(.tanh, words: 38, hidden: 64, using: &generator)
      .gradientNorms(on: x, targets: y.last)
    return log10(norms[0] / (norms.last ?? .nan))
  }

  page.say(
    """
    **Can it still be learned?** A lost gradient need not matter where the answer stands nearby, as it mostly does in human numbers. So here is a task \
    where it matters: read random words, ten different ones, and say at the end which was the *first*. Guessing is right once in ten.
    """)
  page.source(of: "struct Recall", file: "Lessons/Lesson7/Trials/Recall.swift")
  let lengths = [10, 20]
  let learners = page.isFull ? kinds : kinds.filter { $0 != .lstm && $0 != .openLSTM }
  let jobs = learners.flatMap { kind in
    lengths.flatMap { length in page.seeds.map { (kind: kind, length: length, seed: $0) } }
  }
  let found = concurrently("recall", jobs.count, page) { i in
    Recall(length: jobs[i].length).run(jobs[i].kind, seed: jobs[i].seed)
  }
  func recall(_ kind: CellKind, _ length: Int) -> [Double] {
    zip(jobs, found).filter { $0.0.kind == kind && $0.0.length == length }.map(\.1)
  }
  page.table(
    "Right answers after 400 steps, mean over \(page.seeds.count) seeds (least … most)",
    columns: ["cell"] + lengths.map { "\($0) words" },
    rows: learners.map { kind in
      [kind.rawValue]
        + lengths.map { length in
          let values = recall(kind, length)
          return
            "\(text(meanAndDeviation(values).mean, 2)) (\(text(values.min() ?? 0, 2)) … \(text(values.max() ?? 0, 2)))"
        }
    })
  let setting =
    "recall of the first of n random words, 32 hidden numbers, 400 steps of Adam, one cycle to 5e-3"
  page.claim(
    "rnn-gru-remedy-10", says: "A gated cell learns what a plain one cannot: ten steps back.",
    measure: "right answers, GRU − tanh RNN, n = 10", threshold: 0.1, setting: setting,
    effect: paired(page.seeds, recall(.gru, 10), recall(.tanh, 10)))
  page.claim(
    "rnn-gru-remedy-20", says: "A gated cell learns what a plain one cannot: twenty steps back.",
    measure: "right answers, GRU − tanh RNN, n = 20", threshold: 0.1, setting: setting,
    effect: paired(page.seeds, recall(.gru, 20), recall(.tanh, 20)))
  page.claim(
    "rnn-skip-option", says: "Skip connections are one remedy.",
    measure: "right answers, residual RNN − tanh RNN, n = 20", threshold: 0.1, setting: setting,
    effect: paired(page.seeds, recall(.residual, 20), recall(.tanh, 20)))

  page.say(
    """
    **The skip connection** adds the step to the state in place of replacing it, h_t = h_{t−1} + tanh(W·(h_{t−1} + x_t) + b). Backwards, \
    the gradient passes along the plus sign unchanged.
    """)
  page.seen(
    """
    The plain cell's gradient falls to a millionth in twenty steps, and it cannot learn to remember for that long. But the gates alone are no cure: \
    drawn as PyTorch draws them, they start half open, σ(0) = 0.5, and half, twenty times, is a millionth (the table has more, since there are other paths). A GRU remembers ten steps back, where the plain net does so from some seeds only, and \
    at twenty fails like it. Start the keeping gate's bias at \(text(OneLayer.openBias, 0)), so that it keeps 0.95 a step, and the gated cell learns it; \
    so does the plain cell with a skip, whose gradient even grows with the distance. What helps is a path along which the state passes nearly unchanged. Gates are one way to *learn* when it should.
    """)
}

/// The gradient of a state, against a central difference.
private func gradientAudit(_ page: Page) {
  var generator = SeededGenerator(seed: page.seed)
  let model = OneLayer(.gru, words: 38, hidden: 8, using: &generator)
  let x = Words(Array(HumanNumbersTokens.train[0..<3]), rows: 1)
  let label = [HumanNumbersTokens.train[3]]
  func loss(_ start: Tensor) -> Tensor {
    var state = [start]
    for t in 0..<3 { state = model.step(x[t], state) }
    return crossEntropy(model.output(state[0]), label)
  }
  let h = Parameter(.zeros([1, 8]))
  loss(h.wrappedValue).backward()
  let step: Float = 1e-2
  let numeric = (0..<8).map { i -> Float in
    var (up, down) = (Array(repeating: Float(0), count: 8), Array(repeating: Float(0), count: 8))
    up[i] = step
    down[i] = -step
    return (loss(Tensor(up, shape: [1, 8])).item - loss(Tensor(down, shape: [1, 8])).item)
      / (2 * step)
  }
  page.check(
    "rnn/gradient-audit",
    "∂L/∂h three GRU steps back: tape against central differences, largest gap of 8",
    (h.grad.reshaped([8]) - Tensor(numeric)).abs().max().item, equals: 0, within: 1e-4,
    because:
      "a difference of two losses near 4, each rounded to 2.4e-7, over 0.02, and the curve between them",
    source: "central differences, h = 0.01")
}

func scientific(_ x: Double) -> String {
  x == 0 ? "0" : String(format: "%.0e", x)
}
