import Unrolled

/// Head first and then everything, beside the head alone, everything at once, and a net that has seen nothing before.
func unfreezing(_ page: Page, _ runs: TransferRuns) throws {
  page.question(
    "The head is good. Should the rest be trained as well, and should it have been at once?")
  _ = try DigitsData(page)
  let seeds = page.atLeast(TransferRuns.seeds)
  let (few, rest) = try TransferTrial(seed: page.seed).newImages()
  page.say(
    """
    **Unfreezing**: after a while, train the rest of the net too. From the head of the last section, \(TransferTrial.epochs) more epochs: either the head alone once more, or everything, at the rates of the next section. Beside them, for as many epochs in all: \
    everything at once from the fresh head on, and a net of the same form that has learned nothing before.

    That is done with two bodies, each trained on images among the first 1,000: one has learned to tell 0 to 5 apart and has never met a 6; the other has learned all ten digits. The few labelled images, and those to judge by, come from the rest of the set.
    """)
  let all = runs(page, seeds: seeds)
  let arms: [(String, (TransferRun) -> Double)] = [
    ("head only", { $0.headOnly }), ("head, then all", { $0.discriminative }),
    ("all at once", { $0.allAtOnce }), ("scratch", { $0.scratch }),
  ]
  func values(_ task: BodyTask, _ arm: (TransferRun) -> Double) -> [Double] {
    (all[task] ?? []).map { arm($0) * 100 }
  }
  page.table(
    "Accuracy in % on \(rest.count) unseen images of 6 to 9, \(few.count) labelled, \(seeds.count) seeds",
    columns: ["training"] + BodyTask.allCases.map { "body of \($0.rawValue)" },
    rows: arms.map { name, arm in
      [name]
        + BodyTask.allCases.map { task in
          name == "scratch" && task == .ten ? "–" : spread(values(task, arm), 1)
        }
    })
  page.plot(
    Plot(
      "transfer-arms", "From \(few.count) labelled images, a dot a seed",
      alt:
        "Accuracy of each seed for four ways of training, with a body that has learned 0 to 5 and with one that has learned all ten digits.",
      x: Axis("training", categories: arms.map(\.0)), y: Axis("accuracy, %"),
      layers: BodyTask.allCases.enumerated().map { shift, task in
        .scatter(
          "body of \(task.rawValue)",
          arms.enumerated().flatMap { i, arm in
            values(task, arm.1).filter(\.isFinite).map {
              (x: Double(i) + 0.12 * (Double(shift) - 0.5), y: $0)
            }
          })
      }))
  func effect(
    _ task: BodyTask, _ with: (TransferRun) -> Double, _ without: (TransferRun) -> Double
  ) -> (UInt64) -> Double {
    paired(seeds, (all[task] ?? []).map(with), (all[task] ?? []).map(without))
  }
  page.claim(
    "tl-from-scratch", says: "With few labelled images, a body trained on other classes helps.",
    measure: "accuracy, head then all − from scratch", threshold: 0.05,
    thresholdText: "at least 5 points more", setting: TransferRuns.setting(.six), seeds: seeds,
    effect: effect(.six, \.discriminative, \.scratch))
  for (task, suffix) in [(BodyTask.six, ""), (.ten, "-met")] {
    page.claim(
      "tl-unfreeze" + suffix,
      says: "Once the head is good, training the rest as well improves the net.",
      measure: "accuracy, head then all − head only, for as many epochs", threshold: 0,
      thresholdText: "more right after unfreezing", setting: TransferRuns.setting(task),
      seeds: seeds, effect: effect(task, \.discriminative, \.headOnly))
    page.claim(
      "tl-staged" + suffix, says: "Head first, then everything, beats everything at once.",
      measure: "accuracy, head then all − all at once, for as many epochs", threshold: 0,
      thresholdText: "more right in two stages", setting: TransferRuns.setting(task), seeds: seeds,
      effect: effect(task, \.discriminative, \.allAtOnce))
  }
  page.say(
    """
    When this page was first run, it had the first body alone, and freezing lost clearly. A guess was that such a body's features do not fit: what tells 0 to 5 apart is too little for 6 to 9. The second body is there to try that guess; \
    its claims, and the next one, were written down before its first run. With it came a common split of the digits and six seeds instead of ten. A body trained on digits in four orientations was tried in between and dropped: its spread was large.
    """)
  let gains = BodyTask.allCases.map { task in
    (all[task] ?? []).map { $0.headOnly - $0.allAtOnce }
  }
  page.claim(
    "tl-body", says: "Freezing suits a body that has met such images before.",
    measure:
      "accuracy, head only − all at once, with the body of all ten − the same with that of 0 to 5",
    threshold: 0.05, thresholdText: "freezing is worth 5 points more",
    setting: TransferRuns.setting(.six) + "; the other on all ten", seeds: seeds,
    effect: paired(seeds, gains[1], gains[0]))
  func mean(_ task: BodyTask, _ arm: (TransferRun) -> Double) -> String {
    text(meanAndDeviation(values(task, arm)).mean, 1)
  }
  page.seen(
    """
    To freeze is to bet that the features fit. The body of all ten digits has the right ones: there the head alone ends at \(mean(.ten, \.headOnly)) %, with the rest trained gently afterwards at \(mean(.ten, \.discriminative)) %, and everything at once, at the head's rate, at \(mean(.ten, \.allAtOnce)) %. \
    For the body of 0 to 5 the same three are \(mean(.six, \.headOnly)), \(mean(.six, \.discriminative)) and \(mean(.six, \.allAtOnce)) %: what it has learned is of use as a place to start from, not as something to keep, and only a full rate takes it away from there. \
    ImageNet, with cats and dogs among its 1,000 classes, makes a body of the first kind for the course's breeds of pets. For images of another kind one has to try; the trial costs two short trainings.
    """)
}
