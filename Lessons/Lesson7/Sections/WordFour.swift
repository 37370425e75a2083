import Unrolled

/// Model 0: three words in, one word out, and every arrow of the notes' picture in numbers.
func wordFour(_ page: Page, _ runs: CourseRuns) {
  page.question("How can a net with three inputs say the fourth word?")
  page.say(
    """
    The signs of the notes' pictures: a **rectangle** is a word that is read, a **circle** a hidden state, a **triangle** a word that is said. \
    A **green** arrow goes from input to hidden, an **orange** one from one hidden state to the next, a **blue** one from hidden to output. \
    Arrows of one colour are one matrix.
    """)
  let (x, y) = NextWordTraining.train(length: 3).words(0)
  let model = CourseModel.model0.make(seed: page.seed)
  page.draw(
    RecurrentDrawing(model, reading: x.text(row: 0), saying: y.text(row: 0)).unrolled(
      "rnn-word-four", "Word 4 from words 1, 2 and 3",
      caption:
        "The first row of the first batch. All drawings of this lesson are made from the words and sizes of a model that ran."
    ))
  page.source(of: "final class Model0", file: "Lessons/Lesson7/Trials/Model0.swift")
  page.correction(
    "F32", says: "the first word goes through the green arrow alone: h = bn(relu(i_h(x₀)))",
    standard: """
      That is the talk's version. The course's notebook sends the first word through the orange matrix too, as if a state of zeros came before. \
      Then all words are treated alike, and the three steps are a loop. The talk also normalised inside Model 2's loop; the notebook \
      does it outside. This lesson follows the notebook.
      """)

  page.say("Train it: six epochs, then read the row *one , two* and follow each arrow.")
  runs.train([.model0, .talk], page)
  let trained = runs(.model0, page)
  guard let net = trained[0].model as? Model0 else { return }
  net.train(false)
  let row = Words(Array(HumanNumbersTokens.train[1...3]), rows: 1)
  let next = HumanNumbers.vocabulary[HumanNumbersTokens.train[4]]
  page.draw(
    RecurrentDrawing(net, reading: row.text(row: 0), saying: [next]).unrolled(
      "rnn-one-two", "The row one , two"))
  let (lookedUp, product, logits) = page.run {
    // Green: the embedding is a product with a one-hot row.
    let lookedUp = net.inputToHidden(row[0])
    let oneHot = Tensor.oneHot(row[0], classes: 38)
    let product = matmul(oneHot, net.inputToHidden.weight)
    page.show("green, word 1", lookedUp)
    // Orange: from one state to the next.
    var h = Tensor.zeros([1, 64])
    for t in 0..<3 {
      let before = net.hiddenToHidden(h + net.inputToHidden(row[t]))
      h = net.norm(before.relu())
      page.print(
        "orange, step \(t + 1): "
          + "|W(h + e) + b| = \(text(length(before), 2)), after ReLU and batch norm |h| = \(text(length(h), 2))"
      )
    }
    // Blue: from the last state to a number for each word.
    let logits = net.hiddenToOutput(h)
    page.show("blue", logits)
    return (lookedUp, product, logits)
  }
  let p = logits.softmax().values
  let best = p.indices.sorted { p[$0] > p[$1] }.prefix(3)
  page.table(
    "The three likeliest words after \(row.text(row: 0).joined(separator: " "))",
    columns: ["word", "probability"],
    rows: best.map { [HumanNumbers.vocabulary[$0], text(p[$0], 3)] })
  page.say(
    """
    The right word is the comma. The model disagrees, and with reason: nearly everywhere else in the text, *two* behind a comma opens *two thousand …*; \
    from three words it cannot know that it stands at the very beginning.
    """)
  page.check(
    "rnn/green", "look-up against one-hot product, largest gap",
    (lookedUp - product).abs().max().item, equals: 0, within: 0,
    because: "a product with one 1 and zeros adds nothing", source: "algebra")
  page.check(
    "rnn/by-hand", "the steps above against the model, largest gap",
    (logits - withoutGradients { net(row) }).abs().max().item, equals: 0, within: 1e-5,
    because: "the model may fuse steps: roundings of numbers up to ten",
    source: "the arrows, applied by hand")
  page.check(
    "rnn/parameters/0", "parameters of Model 0", Double(model.parameterCount), equals: 9190,
    within: 0, because: "a count",
    source: "by hand: 38·64 + (64·64 + 64) + (64·38 + 38) + 2·64; the course's notebook")

  let arrows = page.run {
    let parts = net.namedParameters
    net.train()
    let loss = crossEntropy(net(x), y.last)
    net.train(false)
    let tape = Tape(of: loss, parameters: parts.map { ($0.name, $0.parameter) })
    func uses(_ name: String) -> Int {
      guard let i = tape.entries.firstIndex(where: { $0.name == name }) else { return 0 }
      return tape.entries.count { $0.inputs.contains(i) }
    }
    return [
      uses("inputToHidden.weight"), uses("hiddenToHidden.weight"), uses("hiddenToOutput.weight"),
    ]
  }
  for (i, (colour, count)) in [("green", 3), ("orange", 3), ("blue", 1)].enumerated() {
    page.check(
      "rnn/arrows/\(colour)", "operations on the tape that use the \(colour) matrix",
      Double(arrows[i]), equals: Double(count), within: 0, because: "a count",
      source: "the arrows of the drawing")
  }

  page.say(
    """
    **Shorter rows.** A text may end in the middle of a row, so each further word stands behind an `if`. Fed with one word or two, \
    the same model answers.
    """)
  page.run {
    for steps in 1...3 {
      let logits = withoutGradients { net(row.prefix(steps)) }
      let best = HumanNumbers.vocabulary[logits.argmax()[0]]
      page.print(
        "\(row.prefix(steps).text(row: 0).joined(separator: " ")) → \(best)   logits \(logits.shape)"
      )
    }
  }
  CourseRun.table(page, .model0, trained)
  let talk = runs(.talk, page).map(\.result.accuracy)
  page.seen(
    """
    \(text(meanAndDeviation(trained.map(\.result.accuracy)).mean, 3)) of the fourth words are right; counting reached 0.318 with the same three words. The talk's version, with the first word \
    sent through green alone, reaches \(spread(talk, 3)) on the same seeds. What three words cannot tell, such as which digit follows, is guessed.
    """)
}

/// The length of a vector.
func length(_ x: Tensor) -> Float { x.square().sum().item.squareRoot() }
