import Unrolled

/// A trained model and how it got there.
///
/// Made on one thread and only read afterwards, by one other.
struct CourseRun: @unchecked Sendable {
  let seed: UInt64
  let model: any NextWordModel
  let result: NextWordResult
}

/// The trainings of the course's models, each made once, when a section first asks.
final class CourseRuns {
  private struct Key: Hashable {
    let model: CourseModel
    let gamma: GammaStart
    let seed: UInt64
  }
  private var kept: [Key: CourseRun] = [:]

  /// The runs of a model, one for each of the given seeds, or of the page's.
  func callAsFunction(
    _ model: CourseModel, gamma: GammaStart = .uniform, seeds: [UInt64]? = nil, _ page: Page
  ) -> [CourseRun] {
    let seeds = seeds ?? page.seeds
    train(seeds.map { (model, $0) }, gamma: gamma, page)
    return seeds.compactMap { kept[Key(model: model, gamma: gamma, seed: $0)] }
  }

  /// Makes several trainings side by side that a section is going to ask for.
  func train(
    _ wanted: [(model: CourseModel, seed: UInt64)], gamma: GammaStart = .uniform, _ page: Page
  ) {
    let missing = wanted.map { Key(model: $0.model, gamma: gamma, seed: $0.seed) }
      .filter { kept[$0] == nil }
    guard let first = missing.first else { return }
    let runs = concurrently("model \(first.model.rawValue)", missing.count, page) { i in
      let (model, seed) = (missing[i].model, missing[i].seed)
      let trained = model.make(Sizes(gamma: gamma), seed: seed)
      return CourseRun(seed: seed, model: trained, result: model.training.run(trained))
    }
    for (key, run) in zip(missing, runs) { kept[key] = run }
  }

  /// The same, with the page's seeds for each model.
  func train(_ models: [CourseModel], _ page: Page) {
    train(models.flatMap { model in page.seeds.map { (model, $0) } }, page)
  }
}

extension CourseRun {
  static func table(_ page: Page, _ model: CourseModel, _ runs: [CourseRun]) {
    page.table(
      "Model \(model.rawValue), one row a seed",
      columns: ["seed", "train loss", "validation loss", "accuracy"],
      rows: runs.map {
        [
          "\($0.seed)", text($0.result.trainLoss, 4), text($0.result.validLoss, 4),
          text($0.result.accuracy, 4),
        ]
      } + [
        [
          "mean ± sd", spread(runs.map(\.result.trainLoss), 4),
          spread(runs.map(\.result.validLoss), 4), spread(runs.map(\.result.accuracy), 4),
        ]
      ])
  }
}
