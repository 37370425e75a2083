import Unrolled

/// Model 4: the same loop from the library.
func libraryRNN(_ page: Page, _ runs: CourseRuns) {
  page.question("Who writes this loop by hand?")
  page.say(
    """
    Nobody, after the first time. `RNN` is the loop with two differences to Model 3: a tanh in place of the ReLU, and two biases, \
    one for each matrix (one would do; PyTorch has two because a library behind it had).
    """)
  page.formula(
    #"h_t = \tanh(W_{ih}\, x_t + b_{ih} + W_{hh}\, h_{t-1} + b_{hh})"#,
    plain: "h_t = tanh(W_ih·x_t + b_ih + W_hh·h_{t−1} + b_hh)")
  page.source(of: "final class Model4", file: "Lessons/Lesson7/Trials/Model4.swift")
  let gap = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let rnn = RNN(64, 64, using: &generator)
    let cell = rnn.cells[0]
    let x = Tensor.normal([64, 20, 64], using: &generator)
    let (outputs, last) = rnn(x)
    page.show("outputs", shape: outputs.shape)
    page.show("state", shape: last.shape)
    var h = Tensor.zeros([64, 64])
    for t in 0..<20 {
      let word = x.sliced(axis: 1, t..<(t + 1)).reshaped([64, 64])
      let green = matmul(word, cell.inputWeight.transposed()) + cell.inputBias
      let orange = matmul(h, cell.hiddenWeight.transposed()) + cell.hiddenBias
      h = (green + orange).tanh()
    }
    return (h - last[0]).abs().max().item
  }
  page.check(
    "rnn/library/step", "the formula, step by step, against the library's last state, largest gap",
    gap,
    equals: 0, within: 1e-6, because: "twenty steps of rounding below 1", source: "the formula")
  page.check(
    "rnn/parameters/4", "parameters of Model 4",
    Double(CourseModel.model4.make(seed: page.seed).parameterCount), equals: 13_350, within: 0,
    because: "a count", source: "the course's notebook")
  let trained = runs(.model4, page)
  CourseRun.table(page, .model4, trained)
  page.seen(
    """
    \(spread(trained.map(\.result.accuracy), 3)) after twenty epochs, beside Model 3's \(spread(runs(.model3, page).map(\.result.accuracy), 3)): the seeds differ by \
    more than the two models do. A single run, such as the notebook's 0.615 against 0.443, would have told a clearer story, and a wrong one.
    """)
}

/// A recurrent net that feeds another, as a loop and unrolled.
func stackedRNN(_ page: Page) {
  page.question("What else can the output of a recurrent net feed?")
  page.say(
    """
    A second one. The states of the first are the words of the second, and each layer has matrices of its own. The upper layer's input is \
    drawn as a dotted green arrow in the loop.
    """)
  let (x, y) = NextWordTraining.train(length: 20).words(0)
  let rnn = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let embedding = Embedding(38, 64, using: &generator)
    let rnn = RNN(64, 64, layers: 2, using: &generator)
    let embedded = embedding(x.numbers).reshaped([64, 20, 64])
    let (outputs, state) = rnn(embedded)
    page.show("words in", shape: embedded.shape)
    page.show("outputs of layer 2", shape: outputs.shape)
    page.show("states, one a layer", shape: state.shape)
    // The same with two nets of one layer, the second fed by the first.
    var h = (0..<2).map { _ in Tensor.zeros([64, 64]) }
    for t in 0..<20 {
      var input = embedded.sliced(axis: 1, t..<(t + 1)).reshaped([64, 64])
      for layer in 0..<2 {
        let cell = rnn.cells[layer]
        let green = matmul(input, cell.inputWeight.transposed()) + cell.inputBias
        let orange = matmul(h[layer], cell.hiddenWeight.transposed()) + cell.hiddenBias
        h[layer] = (green + orange).tanh()
        input = h[layer]
      }
    }
    page.check(
      "rnn/stack/two", "two layers at once against one feeding the other, largest gap",
      (stack(h) - state).abs().max().item, equals: 0, within: 1e-6,
      because: "twenty steps of rounding below 1", source: "two loops by hand")
    return rnn
  }
  func drawing(_ n: Int) -> RecurrentDrawing {
    RecurrentDrawing(
      inputs: Array(x.text(row: 0).prefix(n)), outputs: Array(y.text(row: 0).prefix(n)),
      layers: rnn.cells.count, hidden: rnn.hidden, words: HumanNumbers.vocabulary.count,
      gates: 1)
  }
  page.draw(drawing(20).looped("rnn-stack-loop", "A recurrent net feeds a second"))
  page.draw(drawing(3).unrolled("rnn-stack-3", "The same without the loop, three words"))
  page.draw(
    drawing(20).unrolled("rnn-stack-20", "The same for twenty words: what the course trains"))
  let arrows = drawing(20).arrows
  page.seen(
    """
    Unrolled, twenty words through two layers are \(arrows.orange) circles. From the first word to the last output the \
    gradient passes \(20 + rnn.cells.count - 1) of them: a recurrent net is a deep net whose layers share their matrices.
    """)
}
