import Unrolled

/// Model 1 is Model 0 as a loop: same numbers, to the last bit.
func loopSection(_ page: Page, _ runs: CourseRuns) {
  page.question("What is a recurrent net, that Model 0 is not?")
  page.say(
    """
    Nothing. The three lines of Model 0 are one line three times, so it can be a loop: begin with a state of zeros, and for each word \
    add its embedding, multiply, ReLU, normalise.
    """)
  let (x, y) = NextWordTraining.train(length: 3).words(0)
  page.draw(
    RecurrentDrawing(
      CourseModel.model1.make(seed: page.seed), reading: x.text(row: 0), saying: y.text(row: 0)
    ).looped("rnn-loop", "Word 4 from words 1 to 3, as a loop"))
  page.source(of: "func callAsFunction", file: "Lessons/Lesson7/Trials/Model1.swift")
  let (first, second) = (runs(.model0, page), runs(.model1, page))
  let differing = zip(first, second).map { a, b in
    zip(a.result.losses, b.result.losses).count { $0 != $1 }
  }
  page.check(
    "rnn/loop/steps", "steps whose loss differs between Model 0 and Model 1, all seeds",
    Double(differing.reduce(0, +)), equals: 0, within: 0,
    because: "the same operations on the same numbers in the same order, 1,566 steps a seed",
    source: "Model 0, written out by hand")
  page.check(
    "rnn/loop/count", "steps that were compared, a seed", Double(second[0].result.losses.count),
    equals: 6 * 261, within: 0, because: "a count", source: "six epochs of 261 batches")
  page.table(
    "The first losses, seed \(page.seed)", columns: ["step", "Model 0", "Model 1"],
    rows: [0, 1, 2, 782, 1565].map {
      ["\($0 + 1)", "\(first[0].result.losses[$0])", "\(second[0].result.losses[$0])"]
    })
  page.say(
    """
    Because it is a loop, it takes rows of any length, with no `if` and not one more parameter. Trained on three words, it reads:
    """)
  guard let net = second[0].model as? Model1 else { return }
  net.train(false)
  page.run {
    for steps in [1, 2, 3, 5, 9] {
      let row = Words(Array(HumanNumbersTokens.valid[1...steps]), rows: 1)
      let logits = withoutGradients { net(row) }
      page.print(
        "\(row.text(row: 0).joined(separator: " ")) → \(HumanNumbers.vocabulary[logits.argmax()[0]])"
      )
    }
  }
  CourseRun.table(page, .model1, second)
  page.seen(
    """
    An RNN is a refactoring. The course's notebook prints 0.409 for Model 0 and 0.393 for Model 1; they are one function, so that difference is the seed. \
    One batch norm serves all steps here, so its running mean mixes the first step with the third.
    """)
}
