import Unrolled

/// Where the GRU errs, and how much better anyone could do.
func ceiling(_ page: Page, _ runs: CourseRuns) {
  page.question("Why does the best model stop at 0.83?")
  page.say(
    """
    The validation text counts from *eight thousand one*. In training no number from 1,000 up begins with *eight* or *nine*: after a comma \
    a model that has read the training text expects one of *one* … *seven*, and has no reason to expect anything else. Those words \
    are lost; call the rest the ceiling.
    """)
  let valid = HumanNumbers.valid
  let leading = valid.indices.dropFirst().count { valid[$0 - 1] == "," || valid[$0 - 1] == "xxbos" }
  let seen = zip(HumanNumbers.train, HumanNumbers.train.dropFirst()).count {
    ["eight", "nine"].contains($0) && $1 == "thousand"
  }
  page.show("eight thousand or nine thousand in the training text", seen)
  let share = Double(leading) / Double(valid.count - 1)
  page.check(
    "hn/ceiling", "share of words that do not follow a comma: the ceiling", 1 - share,
    equals: 0.846, within: 5e-4, because: "the reference has three decimals",
    source: "a separate numpy program; 1,999 leading words of 13,016")

  let trained = runs(.model5, page)
  let kinds = ["leading word", "comma", "hundred", "thousand", "other number word"]
  let shares = trained.map { run in errors(run.model, kinds.count) }
  let first = shares[0]
  page.table(
    "Model 5's errors by what the right word is, mean of \(shares.count) seeds",
    columns: ["right word", "share of all words", "wrong", "wrong, least and most of the seeds"],
    rows: kinds.indices.map { k in
      let wrong = shares.map { $0.wrong[k] / max(1, $0.count[k]) }
      return [
        kinds[k], text(first.count[k] / first.count.reduce(0, +), 3),
        text(meanAndDeviation(wrong).mean, 3),
        "\(text(wrong.min() ?? 0, 3)) … \(text(wrong.max() ?? 0, 3))",
      ]
    })
  let rest = shares.map { share in
    1 - share.wrong.dropFirst().reduce(0, +) / share.count.dropFirst().reduce(0, +)
  }
  page.show("right where the word can be known", spread(rest, 3))
  let unknowable = shares.map { $0.wrong[0] / $0.wrong.reduce(0, +) }
  page.show("share of the errors that are leading words", spread(unknowable, 3))
  page.seen(
    """
    \(text(100 * meanAndDeviation(unknowable).mean, 0)) % of what Model 5 gets wrong is what it cannot know; of the rest it gets \(text(meanAndDeviation(rest).mean, 2)) right. Its accuracy of \(text(meanAndDeviation(trained.map(\.result.accuracy)).mean, 3)) stands beside a ceiling of 0.846: a better model could gain little on this split. A validation set must ask for what training can teach, unless the question is what it cannot.
    """)
}

/// How many words of each kind there are, and how many a model gets wrong.
private func errors(
  _ model: any NextWordModel, _ kinds: Int
) -> (count: [Double], wrong: [Double]) {
  let valid = NextWordTraining.valid(length: 20)
  var count = [Double](repeating: 0, count: kinds)
  var wrong = count
  model.train(false)
  model.forget()
  withoutGradients {
    for batch in 0..<valid.count {
      let (x, y) = valid.words(batch)
      let said = model(x).argmax()
      for (i, word) in y.numbers.enumerated() {
        let before = HumanNumbers.vocabulary[x.numbers[i]]
        let kind =
          switch HumanNumbers.vocabulary[word] {
          case _ where before == "," || before == "xxbos": 0
          case ",": 1
          case "hundred": 2
          case "thousand": 3
          default: 4
          }
        count[kind] += 1
        if said[i] != word { wrong[kind] += 1 }
      }
    }
  }
  return (count, wrong)
}
