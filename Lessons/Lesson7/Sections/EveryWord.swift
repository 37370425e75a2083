import Unrolled

/// Model 2: a word after every word.
func everyWord(_ page: Page, _ runs: CourseRuns) {
  page.question("Why wait for the end of a row before saying anything?")
  page.say(
    """
    Model 1 reads three words and is asked once. With rows of 20 that is 19 of 20 possible questions wasted. Move the triangle into \
    the loop: say a word after each word, and compare all of them.
    """)
  let (x, y) = NextWordTraining.train(length: 20).words(0)
  let drawing = RecurrentDrawing(
    CourseModel.model2.make(seed: page.seed), reading: x.text(row: 0), saying: y.text(row: 0))
  page.draw(drawing.looped("rnn-every-word", "Words 2 to 21 from words 1 to 20"))
  page.source(of: "func callAsFunction", file: "Lessons/Lesson7/Trials/Model2.swift")
  let counts = page.run {
    let model1 = CourseModel.model1.make(seed: page.seed)
    let model2 = CourseModel.model2.make(seed: page.seed)
    page.show("logits of Model 1", shape: model1(x).shape)
    page.show("logits of Model 2", shape: model2(x).shape)
    return (model1.targets(y).count, model2.targets(y).count)
  }
  page.check(
    "rnn/targets/last", "words asked for in a pass, the last only", Double(counts.0), equals: 64,
    within: 0, because: "a count", source: "64 rows")
  page.check(
    "rnn/targets/every", "words asked for in a pass, every one", Double(counts.1), equals: 1280,
    within: 0, because: "a count", source: "64 rows of 20 words")

  page.say(
    """
    What do the other targets buy? Train the same net on the same rows of 20, once asked after every word, once after the last only, and compare \
    them where both were trained: at the 20th word.
    """)
  let seeds = page.moreSeeds
  runs.train([CourseModel.model2, .lastOnly].flatMap { model in seeds.map { (model, $0) } }, page)
  let last = runs(.lastOnly, seeds: seeds, page).map {
    accuracyByPosition($0.model, length: 20).last ?? .nan
  }
  let every = runs(.model2, seeds: seeds, page).map {
    accuracyByPosition($0.model, length: 20).last ?? .nan
  }
  page.claim(
    "rnn-last-word-wasteful",
    says: "Comparing only the last word of each row wastes the other targets.",
    measure: "accuracy of the 20th word, trained on every word − trained on the last only",
    threshold: 0, thresholdText: "every word gives the higher accuracy",
    setting: "human numbers, bptt 20, ten epochs at 1e-4, 9,190 parameters; 704 validation words",
    seeds: seeds, effect: paired(seeds, every, last))
  let trained = runs(.model2, page)
  CourseRun.table(page, .model2, trained)

  page.say(
    """
    **Loss by position.** Each row starts from zeros, so the first word is a guess without any context and later ones know more. Averaged \
    over \(trained.count) seeds:
    """)
  let losses = trained.map { lossByPosition($0.model, length: 20) }
  let mean = (0..<20).map { t in losses.map { $0[t] }.reduce(0, +) / Double(losses.count) }
  page.plot(
    Plot(
      "rnn-loss-by-position", "Model 2: validation loss by place in the row",
      alt: "The loss at each of 20 places, highest at the first.",
      x: Axis("place in the row"), y: Axis("validation loss"),
      layers: [.line("mean of \(losses.count) seeds", x: (1...20).map(Double.init), y: mean)]))
  page.show(
    "loss at places 1, 2, 3 and 20",
    [0, 1, 2, 19].map { text(mean[$0], 2) }.joined(separator: "  "))
  page.seen(
    """
    Asked after every word, the net gets \(text(meanAndDeviation(every).mean, 2)) of the 20th words right; asked after the last only, \(text(meanAndDeviation(last).mean, 2)). \
    Model 2's accuracy over all places, \(text(meanAndDeviation(trained.map(\.result.accuracy)).mean, 2)), is nevertheless *below* Model 1's 0.47. That comparison is unfair: Model 1 made \
    1,566 steps on rows of three, Model 2 makes 400 at the same small rate, and it is asked at the first place too, where one word is all it knows.
    """)
}

/// Validation accuracy at each place of a row; one number for a model that speaks only at the end.
func accuracyByPosition(_ model: any NextWordModel, length: Int) -> [Double] {
  byPosition(model, length: length) { logits, labels in accuracy(logits, labels) }
}

/// Validation loss at each place of a row.
func lossByPosition(_ model: any NextWordModel, length: Int) -> [Double] {
  byPosition(model, length: length) { logits, labels in Double(crossEntropy(logits, labels).item) }
}

private func byPosition(
  _ model: any NextWordModel, length: Int, _ measure: (Tensor, [Int]) -> Double
) -> [Double] {
  let valid = NextWordTraining.valid(length: length)
  model.train(false)
  model.forget()
  return withoutGradients {
    var sums: [Double] = []
    for batch in 0..<valid.count {
      let (x, y) = valid.words(batch)
      let logits = model(x)
      let places = logits.shape[0] / x.rows
      if sums.isEmpty { sums = Array(repeating: 0, count: places) }
      for place in 0..<places {
        let rows = (0..<x.rows).map { $0 * places + place }
        sums[place] += measure(logits.rows(rows), y[length - places + place])
      }
    }
    return sums.map { $0 / Double(valid.count) }
  }
}
