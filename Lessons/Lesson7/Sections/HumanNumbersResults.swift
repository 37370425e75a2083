import Foundation
import Unrolled

/// All models beside the course, a numpy program and PyTorch.
func humanNumbersResults(_ page: Page, _ runs: CourseRuns) {
  page.question("Do our models reach what the course's reached, and what PyTorch's reach?")
  page.say(
    """
    First the plainest comparison. The reference program draws our first weights (its random generator is ours, rewritten) and trains in double \
    precision; the first twenty losses must be the same numbers.
    """)
  let course = CourseModel.course
  let first = concurrently("first steps", course.count, page) { i in
    var training = course[i].training
    training.limit = 20
    return training.run(course[i].make(seed: 42)).losses
  }
  for (model, losses) in zip(course, first) {
    let gap = zip(losses, HumanNumbersReferences.firstLosses(model)).map { abs($0 - $1) }.max()
    page.check(
      "hn/steps/\(model.rawValue)", "model \(model.rawValue): first 20 losses, largest gap",
      gap ?? .nan, equals: 0, within: 5e-6,
      because:
        "PyTorch in 32 bits is off by up to 6e-7; another order of sums, and log and cosine of the first weights, may be a few times that",
      source: "double precision, the same first weights: Tests/References/human_numbers.py")
  }

  page.say(
    """
    Then whole trainings, \(page.seeds.count) seeds against ten of PyTorch's. *Apart* is the distance of the two means in standard errors. γ of the \
    batch norm starts evenly between 0 and 1, as in the PyTorch of the course's days\(page.isFull ? "; below with 1, as since 1.2" : " (`--full` adds 1, as since 1.2)").
    """)
  for gamma in page.isFull ? GammaStart.allCases : [.uniform] { results(page, runs, gamma) }
  curves(page, runs)
  page.seen(
    """
    Same losses to the sixth decimal, same accuracies within the spread of seeds. That spread is the lesson of this table: Models 2, 3 and 4 vary by three to seven \
    hundredths from seed to seed, so the notebook's single runs of them could stand in another order. Model 3's jump to 0.45 in three epochs, its dip, and its slow climb are in the notebook's curve, in ours and in PyTorch's. And γ matters: with 1 in place of a random start, \
    Model 2's loss ends at 2.51 in PyTorch, not 2.94, which is why today's library cannot reproduce the course's number.
    """)
}

private func results(_ page: Page, _ runs: CourseRuns, _ gamma: GammaStart) {
  var rows: [[String]] = []
  for model in CourseModel.course {
    let trained = runs(
      model, gamma: gamma, seeds: model == .lstm && !page.isFull ? [page.seed] : nil, page)
    let accuracies = trained.map(\.result.accuracy)
    guard let reference = HumanNumbersReferences.pyTorch(model, gamma) else { continue }
    let error =
      reference.deviation * (1 / Double(accuracies.count) + 0.1).squareRoot()
    let mean = meanAndDeviation(accuracies).mean
    let printed = HumanNumbersReferences.course[model]
    let range = HumanNumbersReferences.numpyRange[model]
    rows.append([
      model.rawValue, spread(accuracies, 3),
      "\(text(reference.mean, 3)) ± \(text(reference.deviation, 3))",
      text(abs(mean - reference.mean) / error, 1),
      gamma == .one
        ? "–"
        : range.map { "\(text($0.lowerBound, 3))–\(text($0.upperBound, 3))" } ?? "–",
      printed.map { text($0.notebook, 3) } ?? "–", printed.map { text($0.talk, 3) } ?? "–",
    ])
    page.check(
      "hn/accuracy/\(gamma.rawValue)/\(model.rawValue)",
      "model \(model.rawValue), γ \(gamma == .one ? "1" : "random"): mean accuracy", mean,
      equals: reference.mean, within: 2.6 * error,
      because:
        "2.6 standard errors of a difference of means, PyTorch's spread: two for one comparison, 2.6 so that five at once rarely fail by chance",
      source: HumanNumbersReferences.source)
    if let range, gamma == .uniform {
      page.check(
        "hn/range/\(model.rawValue)", "model \(model.rawValue): mean accuracy inside the range",
        mean, equals: (range.lowerBound + range.upperBound) / 2,
        within: (range.upperBound - range.lowerBound) / 2,
        because: "least and most of \(model == .model5 ? "six" : "eight") seeds",
        source: "a separate numpy program")
    }
  }
  page.table(
    "Final accuracy, γ \(gamma == .one ? "from 1" : "from 0…1")",
    columns: ["model", "ours", "PyTorch", "apart", "numpy", "notebook", "talk"], rows: rows)
}

/// Accuracy after each epoch beside the notebook's.
private func curves(_ page: Page, _ runs: CourseRuns) {
  for model in [CourseModel.model3, .model4, .model5] {
    let epochs = (1...model.training.epochs).map(Double.init)
    let values = runs(model, page).map { $0.result.validations.map(\.accuracy) }
    let byEpoch = epochs.indices.map { e in values.map { $0[e] } }
    page.plot(
      Plot(
        "hn-accuracy-\(model.rawValue)",
        "Model \(model.rawValue): validation accuracy by epoch",
        alt: "Our seeds' band and mean, the notebook's line and PyTorch's mean rise together.",
        x: Axis("epoch"), y: Axis("accuracy"),
        layers: [
          .band(
            "our seeds", x: epochs, lower: byEpoch.map { $0.min() ?? 0 },
            upper: byEpoch.map { $0.max() ?? 0 }),
          .line("ours, mean", x: epochs, y: byEpoch.map { meanAndDeviation($0).mean }),
          .line("notebook, one run", x: epochs, y: HumanNumbersReferences.curves[model] ?? []),
          .line(
            "PyTorch, mean of ten", x: epochs, y: HumanNumbersReferences.pyTorchCurves[model] ?? [],
            style: .dashed),
        ]))
  }
}
