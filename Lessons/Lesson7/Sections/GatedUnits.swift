import Unrolled

/// The GRU, gate by gate; Model 5; and an LSTM.
func gatedUnits(_ page: Page, _ runs: CourseRuns) {
  page.question("How does a net decide what to keep of its past?")
  page.say(
    """
    With small nets inside the net. Each gate is a linear function of the word and the state, squeezed by a sigmoid to 0…1, one number for each number \
    of the state: 1 lets through, 0 holds back.
    """)
  page.formula(
    #"""
    \begin{aligned} r &= \sigma(W_{ir} x + b_{ir} + W_{hr} h + b_{hr}) \\ z &= \sigma(W_{iz} x + b_{iz} + W_{hz} h + b_{hz}) \\ n &= \tanh(W_{in} x + b_{in} + r \circ (W_{hn} h + b_{hn})) \\ h' &= (1 - z) \circ n + z \circ h \end{aligned}
    """#,
    plain: """
      r = σ(W_ir·x + b_ir + W_hr·h + b_hr)             how much of the past n may read
      z = σ(W_iz·x + b_iz + W_hz·h + b_hz)             how much of the past stays
      n = tanh(W_in·x + b_in + r∘(W_hn·h + b_hn))      what is new
      h′ = (1 − z)∘n + z∘h
      """)
  page.correction(
    "F38", says: "a little net decides how much of the green and the orange arrow to keep",
    standard: """
      A good picture, not the formula. There are two decisions: r, how much of the orange arrow goes into the new part, and z, how the new part \
      and the old state are mixed. Green is never held back on its own. Cho's paper puts r before the orange matrix, PyTorch behind it, as here.
      """)
  page.say("Three words through a GRU of three numbers, every step by hand:")
  let gap = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let words = HumanNumbersTokens.train[1...3]
    let embedding = Embedding(38, 4, using: &generator)
    let gru = GRU(4, 3, using: &generator)
    let cell = gru.cells[0]
    let x = embedding(Array(words)).reshaped([1, 3, 4])
    let layer = gru(x).output
    var h = Tensor.zeros([1, 3])
    var gap: Float = 0
    for t in 0..<3 {
      let fromWord = matmul(x[0][t..<(t + 1)], cell.inputWeight.transposed()) + cell.inputBias
      let fromPast = matmul(h, cell.hiddenWeight.transposed()) + cell.hiddenBias
      func part(_ x: Tensor, _ i: Int) -> Tensor { x.sliced(axis: 1, (3 * i)..<(3 * i + 3)) }
      let r = (part(fromWord, 0) + part(fromPast, 0)).sigmoid()
      let z = (part(fromWord, 1) + part(fromPast, 1)).sigmoid()
      let n = (part(fromWord, 2) + r * part(fromPast, 2)).tanh()
      h = (1 - z) * n + z * h
      page.print("after \"\(HumanNumbers.vocabulary[words[words.startIndex + t]])\"")
      for (name, value) in [("r ", r), ("z ", z), ("n ", n), ("h′", h)] {
        page.print("  \(name)  \(value.values.map { text($0, 4) }.joined(separator: "  "))")
      }
      gap = max(gap, (h - layer[0][t..<(t + 1)]).abs().max().item)
    }
    return gap
  }
  page.check(
    "rnn/gru/by-hand", "h′ of three steps, by hand against the layer, largest gap of 9", gap,
    equals: 0, within: 1e-6, because: "rounding of numbers below 1, in another order",
    source: "the four formulas, applied by hand")

  page.say("**Model 5** is Model 4 with two layers of GRU.")
  page.source(of: "final class Model5", file: "Lessons/Lesson7/Trials/Model5.swift")
  page.check(
    "rnn/parameters/5", "parameters of Model 5",
    Double(CourseModel.model5.make(seed: page.seed).parameterCount), equals: 54_950, within: 0,
    because: "a count", source: "the course's notebook")
  let (x, y) = NextWordTraining.train(length: 20).words(1)
  page.draw(
    RecurrentDrawing(
      CourseModel.model5.make(seed: page.seed), reading: Array(x.text(row: 0).prefix(6)),
      saying: Array(y.text(row: 0).prefix(6))
    ).unrolled(
      "rnn-model5",
      "Model 5 with six of its twenty words: each green and orange arrow is three matrices"))
  let lstmSeeds = page.isFull ? page.seeds : [page.seed]
  runs.train(page.seeds.map { (.model5, $0) } + lstmSeeds.map { (.lstm, $0) }, page)
  let trained = runs(.model5, page)
  CourseRun.table(page, .model5, trained)
  if let net = trained.first?.model as? Model5 { showGates(page, net) }

  reach(page, [.model4: runs(.model4, page)[0].model, .model5: trained[0].model])

  page.say(
    """
    **An LSTM** is the other little net. It has a second state c, which passes along a plus sign, and four parts in place of three.
    """)
  page.formula(
    #"c' = f \circ c + i \circ g \qquad h' = o \circ \tanh(c')"#,
    plain: "c′ = f∘c + i∘g        h′ = o∘tanh(c′)")
  let lstm = runs(.lstm, seeds: lstmSeeds, page)
  page.table(
    "Model 5 with either", columns: ["cell", "seeds", "parameters", "train loss", "accuracy"],
    rows: [(CourseModel.model5, trained), (.lstm, lstm)].map { model, runs in
      [
        model == .lstm ? "LSTM" : "GRU", "\(runs.count)", "\(runs[0].model.parameterCount)",
        spread(runs.map(\.result.trainLoss), 4), spread(runs.map(\.result.accuracy), 3),
      ]
    })
  page.seen(
    """
    Two layers of GRU get \(text(meanAndDeviation(trained.map(\.result.accuracy)).mean, 3)) of the words right, in half the epochs of Model 4. The LSTM lands in the same place. \
    The next sections show that there is hardly anything left to get.
    """)
}

/// How far the gradient reaches before and after training.
private func reach(_ page: Page, _ trained: [CourseModel: any NextWordModel]) {
  var rows: [[String]] = []
  for model in [CourseModel.model4, .model5] {
    for (name, net) in [
      ("first weights", model.make(seed: page.seed)), ("trained", trained[model]),
    ] {
      guard let net else { continue }
      rows.append(
        ["Model \(model.rawValue), \(name)"]
          + [20, 70, 200].map { length in
            let (x, y) = NextWordTraining.train(length: length).words(0)
            let norms = GradientThroughTime.norms(net, on: x, targets: y.last)
            return scientific((norms.last ?? 0) / norms[0])
          })
    }
  }
  page.table(
    "What is left of the gradient at the first word, as a share of the last",
    columns: ["model", "20 words", "70 words", "200 words"], rows: rows)
  page.say(
    """
    The first weights lose the gradient within some dozen words, the trained ones hold it over more than they were ever trained on: to count, \
    a net has to remember, and training has taught both to. It began with what little came through.
    """)
}

/// How much each word lets the first layer keep.
private func showGates(_ page: Page, _ net: Model5) {
  let words = HumanNumbersTokens.valid[2044..<2064]
  let cell = net.gru.cells[0]
  let z = withoutGradients {
    net.train(false)
    var h = Tensor.zeros([1, 64])
    return words.map { word -> Double in
      let x = net.inputToHidden([word])
      let fromWord = matmul(x, cell.inputWeight.transposed()) + cell.inputBias
      let fromPast = matmul(h, cell.hiddenWeight.transposed()) + cell.hiddenBias
      func part(_ x: Tensor, _ i: Int) -> Tensor { x.sliced(axis: 1, (64 * i)..<(64 * i + 64)) }
      let r = (part(fromWord, 0) + part(fromPast, 0)).sigmoid()
      let z = (part(fromWord, 1) + part(fromPast, 1)).sigmoid()
      let n = (part(fromWord, 2) + r * part(fromPast, 2)).tanh()
      h = (1 - z) * n + z * h
      return Double(z.mean().item)
    }
  }
  func mean(_ wanted: (String) -> Bool) -> Double {
    meanAndDeviation(zip(words, z).filter { wanted(HumanNumbers.vocabulary[$0.0]) }.map(\.1)).mean
  }
  page.plot(
    Plot(
      "rnn-gates", "Model 5, trained: mean of the keeping gate z, word by word",
      alt: "Bars over twenty words of the validation text, one for each word.",
      x: Axis("", categories: words.map { HumanNumbers.vocabulary[$0] }),
      y: Axis("mean z of layer 1", range: 0...1), layers: [.bars("z", z)]))
  page.say(
    """
    On a comma, where a number is over, it keeps \(text(mean { $0 == "," }, 2)) of its state on average; on other words \(text(mean { $0 != "," }, 2)). Nobody told it \
    what a comma is.
    """)
}
