import Foundation
import Unrolled

/// The course's own run: 6,031 ratings of 100 films by 100 users.
func movieLensSample(_ page: Page) throws {
  page.say(
    """
    **Real ratings.** The course trains this model on a sample of MovieLens with 50 factors, three epochs of one cycle up to 5e-3, decay 0.01, a fifth held back, and prints an \
    error of 0.6696: one run, one split.
    """)
  guard let folder = page.realData("movie_lens_sample") else {
    page.say(
      """
      The sample is not part of this package. `swift run lesson4 --only ratings --data DIR` trains on it, where `DIR/movie_lens_sample` holds `ratings.csv`; \
      `--seeds 5` takes five splits.
      """)
    return
  }
  let path = folder.appending(path: "ratings.csv").path
  let all = try MovieLens.sample(path)
  page.used(
    data: "movie_lens_sample", kind: .real, records: all.count,
    sha256: try SHA256.digest(ofFiles: [path]),
    licence: "MovieLens terms (GroupLens): non-commercial, with acknowledgement")
  page.say(
    """
    Found: \(all.count) ratings by \(all.userNames.count - 1) users of \(all.itemNames.count - 1) films. Two kinds of runs: a split of its own for each seed, \
    and the split of the course's notebook, which NumPy draws from seed 42, with other first weights for each seed.
    """)
  let results = concurrently("MovieLens sample", seeds: page.seeds, page) { seed in
    var generator = SeededGenerator(seed: seed)
    return [
      run(all.split(valid: 0.2, using: &generator), seed),
      run(all.split(valid: 0.2, numPySeed: 42), seed),
    ]
  }
  page.table(
    "Validation MSE after three epochs", columns: ["seed", "its own split", "the course's split"],
    rows: zip(page.seeds, results).map { ["\($0)", text($1[0], 4), text($1[1], 4)] })
  page.table(
    "Beside the course and beside PyTorch",
    columns: ["run", "own splits", "the course's split"],
    rows: [
      ["the course, one run", "", "0.6696"],
      ["the talk, one run", "", "0.6663"],
      ["PyTorch 2.15, twenty seeds", "0.664 ± 0.030", "0.6677 ± 0.0048"],
      [
        "this program, \(results.count) seeds", spread(results.map { $0[0] }, 3),
        spread(results.map { $0[1] }, 4),
      ],
    ])
  for (place, id, label, mean, deviation) in [
    (0, "own-splits", "a split for each seed", 0.66410, 0.02989),
    (1, "course-split", "the course's split", 0.66765, 0.00477),
  ] {
    page.check(
      "ratings/movielens-\(id)", "mean MSE of \(results.count) seeds, \(label)",
      meanAndDeviation(results.map { $0[place] }).mean, equals: mean,
      within: 2 * deviation * (1 / Double(results.count) + 1 / 20.0).squareRoot(),
      because:
        "two standard errors of the difference of two means, from PyTorch's spread \(deviation)",
      source:
        "our PyTorch run of the same settings, twenty seeds: Tests/References/movielens_sample.py")
  }
  page.say(
    """
    Most of the spread is the split: which fifth is held back moves the error six times as much as the first weights do. A figure like 0.6696 says little without \
    its split, and with it, it lies where it should.
    """)
}

private func run(_ split: (train: Ratings, valid: Ratings), _ seed: UInt64) -> Double {
  let trial = RatingsTrial(factors: 50, range: 0...5.5, epochs: 3, rate: 5e-3, weightDecay: 0.01)
  return (try? trial.run(train: split.train, valid: split.valid, seed: seed).valid) ?? .nan
}
