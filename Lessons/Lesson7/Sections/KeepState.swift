import Foundation
import Unrolled

/// Model 3: the state is kept between batches, and cut off from the tape.
func keepState(_ page: Page, _ runs: CourseRuns) {
  page.question("Why forget everything every twenty words?")
  page.say(
    """
    Row r of a batch goes on where row r of the batch before stopped, so its last state is the right start. Model 3 keeps it. Two more lines, \
    and one of them matters as much as the other:
    """)
  page.source(of: "func callAsFunction", file: "Lessons/Lesson7/Trials/Model3.swift")
  page.say(
    """
    `detached()` keeps the numbers and drops the tape behind them: gradients go back 20 words, the state goes back to the beginning of the text. \
    As in the course, the state also goes from training into validation and back, though those are other texts.
    """)
  runs.train([.model3, .forgetful], page)
  let trained = runs(.model3, page)
  let without = runs(.forgetful, page).map(\.result.accuracy)
  CourseRun.table(page, .model3, trained)
  page.broken(
    "the state is not kept",
    "The same model and training, but each batch starts from zeros: \(spread(without, 3)) instead of \(spread(trained.map(\.result.accuracy), 3))."
  )
  page.claim(
    "hn-keep-state", says: "Keeping the state from batch to batch helps.",
    measure: "validation accuracy, state kept − zeros at each batch", threshold: 0,
    thresholdText: "keeping gives the higher accuracy",
    setting: "human numbers, Model 3, bptt 20, twenty epochs at 3e-3",
    effect: paired(page.seeds, trained.map(\.result.accuracy), without))
  if let run = trained.first {
    page.plot(
      PlotGrid(
        "rnn-model3", "Model 3: loss and accuracy disagree",
        alt:
          "Validation loss falls to epoch 3 and then rises; accuracy rises over the same epochs.",
        plots: [
          Plot(
            "loss", "validation loss", alt: "", x: Axis("epoch"), y: Axis("loss"),
            layers: [
              .line(
                "seed \(run.seed)", x: run.result.validations.indices.map { Double($0 + 1) },
                y: run.result.validations.map(\.loss))
            ]),
          Plot(
            "accuracy", "validation accuracy", alt: "", x: Axis("epoch"), y: Axis("accuracy"),
            layers: [
              .line(
                "seed \(run.seed)", x: run.result.validations.indices.map { Double($0 + 1) },
                y: run.result.validations.map(\.accuracy))
            ]),
        ]))
  }

  page.broken(
    "the state is not detached",
    """
    The state brings its whole past along: the tape of batch n reaches back to the first batch. Here the tape's operations are counted before any \
    `backward()`.
    """)
  let tapes = page.run {
    [Model3.Keeping.attached, .detached].map { keeping in
      var generator = SeededGenerator(seed: page.seed)
      let model = Model3(Sizes(), keeping: keeping, using: &generator)
      return (0..<8).map { batch in
        let (x, y) = NextWordTraining.train(length: 20).words(batch)
        return Tape(of: crossEntropy(model(x), y.numbers)).entries
      }
    }
  }
  let nodes = tapes[0].map(\.count)
  let detached = tapes[1].map(\.count)
  func megabytes(_ entries: [Tape.Entry]) -> String {
    text(Double(entries.reduce(0) { $0 + $1.shape.reduce(4, *) }) / 1e6, 1)
  }
  page.table(
    "The tape of one loss, and the results that it holds",
    columns: ["batch", "operations, not detached", "MB", "operations, detached", "MB "],
    rows: nodes.indices.map {
      [
        "\($0 + 1)", "\(nodes[$0])", megabytes(tapes[0][$0]), "\(detached[$0])",
        megabytes(tapes[1][$0]),
      ]
    })
  let growth = zip(nodes.dropFirst(), nodes).map(-)
  page.check(
    "rnn/attached/growth", "growth from batch 7 to 8 over growth from batch 2 to 3",
    Double(growth[6]) / Double(growth[1]), equals: 1, within: 0,
    because: "every batch adds the same operations", source: "a loop of 20 steps more each time")
  page.check(
    "rnn/detached/growth", "growth with detach", Double(detached[7] - detached[1]), equals: 0,
    within: 0, because: "a count", source: "each tape begins at its own batch")
  page.say(
    """
    How long backward takes when the state is not detached, after 1, 10 and 40 batches, stands in the receipt. In a \
    training loop it does not come so far: the first `backward()` uses its part of the tape up, and the second one, which reaches into \
    it, stops with a sentence that says so, here as in PyTorch. People then set `retain_graph=True`, and get the growth above.
    """)
  for batches in [1, 10, 40] {
    var generator = SeededGenerator(seed: page.seed)
    let model = Model3(Sizes(), keeping: .attached, using: &generator)
    var loss = Tensor(0)
    for batch in 0..<batches {
      let (x, y) = NextWordTraining.train(length: 20).words(batch)
      loss = crossEntropy(model(x), y.numbers)
    }
    let start = Date()
    loss.backward()
    page.timing(
      "backward, state not detached for \(batches) batch\(batches == 1 ? "" : "es")",
      seconds: Date().timeIntervalSince(start))
  }
  page.seen(
    """
    Keeping the state is worth \(text(meanAndDeviation(trained.map(\.result.accuracy)).mean - meanAndDeviation(without).mean, 2)) of accuracy, more than anything so far. Watch Model 3's curves: \(turn(trained[0].result)). \
    The net grows sure of itself: words that it gets wrong cost more and more, though fewer are wrong. In the notebook's run the loss went from 1.93 up to 2.55 and the accuracy from 0.32 to 0.44. The rise of a loss alone \
    does not say that a model got worse at what one wants.
    """)
}

/// Where the validation loss turned, in words.
private func turn(_ result: NextWordResult) -> String {
  let values = result.validations
  guard let lowest = values.indices.min(by: { values[$0].loss < values[$1].loss }) else {
    return ""
  }
  return """
    the validation loss is lowest after epoch \(lowest + 1), \(text(values[lowest].loss, 2)), and ends at \
    \(text(result.validLoss, 2)); the accuracy goes from \(text(values[lowest].accuracy, 2)) there to \
    \(text(result.accuracy, 2)) at the end
    """
}
