import Foundation
import Unrolled

/// The course's data, a sample of it: 1,000 reviews of IMDB, with `--data`.
func imdbSample(_ page: Page) throws {
  page.question("Does it work on reviews that people wrote?")
  guard let folder = page.realData("imdb_sample") else {
    page.say(
      """
      The reviews of IMDB are their writers' and not part of this package. `swift run lesson4 --data DIR --only imdb-sample`, where `DIR/imdb_sample` \
      holds fast.ai's texts.csv, trains the language model and the classifiers on it, beside PyTorch's figures.
      """)
    return
  }
  let sample = try IMDBSample(from: folder)
  let file = folder.appending(path: "texts.csv").path
  page.used(
    data: "imdb_sample", kind: .real, records: sample.train.count + sample.valid.count,
    sha256: try SHA256.digest(ofFiles: [file]),
    licence: "Maas et al. 2011, reviews of IMDB's users; sample by fast.ai; not redistributed here")
  let numbers = IMDBNumbers(sample)
  let setting = IMDBTrial()
  page.say(
    """
    fast.ai's sample: \(sample.train.count) reviews to learn from, \(sample.valid.count) to check with, as the file says. The vocabulary is cut at 4,000 words, which leaves one word in ten of the validation \
    reviews unknown, so that five seeds take a few minutes; the models are narrow for the same reason. Settings stand in `IMDBTrial`.
    """)
  page.source(of: "struct IMDBTrial", file: "Lessons/Lesson4/Trials/IMDBTrial.swift")
  for (id, label, value, expected) in [
    ("train", "training tokens", numbers.train.reduce(0) { $0 + $1.count }, 253_303),
    ("valid", "validation tokens", numbers.valid.reduce(0) { $0 + $1.count }, 66_452),
    (
      "unknown", "unknown ones among the latter",
      numbers.valid.joined().count { $0 == Vocabulary.unknown }, 6786
    ),
  ] {
    page.check(
      "imdb/\(id)", label, Double(value), equals: Double(expected), within: 0,
      because: "a count",
      source: "a separate count in Python of our tokens: Tests/References/imdb_sample.py")
  }
  let seeds = page.seeds
  let runs = try concurrently("IMDB sample", seeds: seeds, page) { seed in
    Result { try setting.run(numbers, seed: seed) }
  }.map { try $0.get() }
  report(page, runs)
  claims(page, runs, seeds)
}

private func report(_ page: Page, _ runs: [IMDBTrial.Outcome]) {
  var rows: [[String]] = []
  for measure in IMDBReferences.all {
    let ours = runs.map(measure.value)
    let (mean, deviation) = meanAndDeviation(ours)
    let error =
      ((deviation * deviation) / Double(ours.count)
      + measure.deviation * measure.deviation / Double(IMDBReferences.seeds)).squareRoot()
    rows.append([
      measure.name, spread(ours, measure.decimals),
      "\(text(measure.mean, measure.decimals)) ± \(text(measure.deviation, measure.decimals))",
      ours.count > 1 ? text(abs(mean - measure.mean) / error, 1) : "–", measure.course,
    ])
    guard ours.count >= IMDBReferences.seeds else { continue }
    page.check(
      "imdb/\(measure.id)", "\(measure.name): mean of \(ours.count) seeds", mean,
      equals: measure.mean, within: 2 * error,
      because:
        "two standard errors of the difference of two means, from the spread of both samples",
      source: IMDBReferences.source)
  }
  page.table(
    "\(runs.count) seeds of ours, \(IMDBReferences.seeds) of PyTorch's",
    columns: ["measure", "ours", "PyTorch", "apart, standard errors", "the course"], rows: rows)
  page.say(
    """
    The course's figures are of another size: all 100,000 reviews of IMDB and an encoder that had read Wikipedia (WikiText-103) before, 400 and 1,152 numbers wide. It prints one run: a next word right in 29 of 100 \
    after an epoch and 34 after eleven, and 94.4 % of reviews. What can be compared is the shape of the training, not the numbers.
    """)
}

private func claims(_ page: Page, _ runs: [IMDBTrial.Outcome], _ seeds: [UInt64]) {
  func effect(
    _ a: KeyPath<IMDBTrial.Outcome, Double>, _ b: KeyPath<IMDBTrial.Outcome, Double>
  ) -> (UInt64) -> Double {
    let effects = Dictionary(
      uniqueKeysWithValues: zip(seeds, runs.map { $0[keyPath: a] - $0[keyPath: b] }))
    return { effects[$0] ?? .nan }
  }
  let setting = "IMDB sample, 800 reviews for both, five epochs, AWD-LSTM 64/96, 4,000 words"
  page.claim(
    "imdb-encoder-gradual",
    says:
      "A classifier that starts from a language model's encoder does better than one from scratch.",
    measure: "accuracy with the encoder in the course's stages − from scratch, all at once",
    threshold: 0, thresholdText: "the encoder gives the higher accuracy", setting: setting,
    seeds: seeds, effect: effect(\.gradual, \.scratch))
  page.say(
    """
    Is it the encoder or the way of training? The following was added after the first result had been seen, to find out: the encoder is the same, trained as the one from scratch.
    """)
  page.claim(
    "imdb-encoder-at-once",
    says: "The same encoder helps when it is trained like the one from scratch.",
    measure: "accuracy with the encoder, all at once − from scratch, all at once", threshold: 0,
    thresholdText: "the encoder gives the higher accuracy", setting: setting, seeds: seeds,
    effect: effect(\.atOnce, \.scratch))
  page.seen(
    """
    The course's stages have an epoch or two each, and an epoch of 800 reviews is 25 steps; the embedding moves at 2·10⁻⁵ at most. That suits an encoder that needs little change. One that has read 800 reviews and nothing else needs \
    much: all at once it reaches \(spread(runs.map(\.atOnce), 3)), in stages \(spread(runs.map(\.gradual), 3)), from scratch \(spread(runs.map(\.scratch), 3)), and PyTorch gives the same order of the first two. What made the course's figure is the reading done before.
    """)
}
