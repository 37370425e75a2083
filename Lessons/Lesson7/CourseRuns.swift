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
    func key(_ seed: UInt64) -> Key { Key(model: model, gamma: gamma, seed: seed) }
    let missing = seeds.filter { kept[key($0)] == nil }
    let runs = concurrently("model \(model.rawValue)", seeds: missing, page) { seed in
      let trained = model.make(Sizes(gamma: gamma), seed: seed)
      return CourseRun(seed: seed, model: trained, result: model.training.run(trained))
    }
    for run in runs { kept[key(run.seed)] = run }
    return seeds.compactMap { kept[key($0)] }
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

extension Page {
  /// Twice the seeds of a quick run, for cheap trainings whose effects vary much.
  var moreSeeds: [UInt64] {
    isFull || isSeedsGiven ? seeds : (0..<UInt64(2 * seeds.count)).map { seed &+ $0 }
  }
}

/// The effect of a claim from two measured lists, one number a seed each: the first minus the second.
func paired(_ seeds: [UInt64], _ with: [Double], _ without: [Double]) -> (UInt64) -> Double {
  let effects = Dictionary(uniqueKeysWithValues: zip(seeds, zip(with, without).map(-)))
  return { effects[$0] ?? .nan }
}
