import Unrolled

/// The course's run on the real census, where it is at hand: `lesson4 --data DIR --seeds 5`.
func adult(_ page: Page) throws {
  page.say(
    """
    The course does the same with a real census, **Adult**: 32,561 people, six columns of categories and three of \
    numbers, one epoch at a constant rate of 0.01. It validates on rows 800 to 999 and prints an accuracy of 0.82: \
    164 of 200.
    """)
  guard let folder = page.realData("adult_sample") else {
    page.say(
      """
      Adult is not part of this package. `swift run lesson4 --only table --data DIR --seeds 5` runs it, where \
      `DIR/adult_sample` holds `adult.csv`. For comparison, PyTorch with the course's settings over sixty seeds: \
      \(AdultReference.rows.text) on the course's 200 rows, \(AdultReference.fifth.text) on a fifth of all rows drawn \
      for each seed.
      """)
    return
  }
  let (table, labels) = try Adult.load(from: folder)
  page.used(
    data: "adult_sample", kind: .real, records: table.count,
    sha256: try SHA256.digest(ofFiles: [folder.appending(path: "adult.csv").path]),
    licence: Adult.licence)
  let progress = page.progress("Adult", total: 2 * page.seeds.count)
  let (rows, fifth) = try page.run {
    let course = try TabularData(table, targets: labels, valid: 800..<1000)
    let rows = try page.seeds.map { seed in
      progress.advance()
      return try TableTrial(data: course).run(seed)
    }
    let fifth = try page.seeds.map { seed in
      progress.advance()
      var generator = SeededGenerator(seed: seed)
      let valid = Array(0..<table.count).shuffled(using: &generator).prefix(table.count / 5)
      let data = try TabularData(table, targets: labels, valid: valid)
      return try TableTrial(data: data).run(seed)
    }
    return (rows, fifth)
  }
  progress.finish()
  page.table(
    "One row a seed", columns: ["seed", "accuracy, 200 rows", "loss", "accuracy, a fifth", "loss"],
    rows: zip(page.seeds, zip(rows, fifth)).map { seed, results in
      [
        "\(seed)", text(results.0.accuracy, 4), text(results.0.loss, 4),
        text(results.1.accuracy, 4), text(results.1.loss, 4),
      ]
    } + [
      [
        "mean ± sd", spread(rows.map(\.accuracy), 4), spread(rows.map(\.loss), 4),
        spread(fifth.map(\.accuracy), 4), spread(fifth.map(\.loss), 4),
      ]
    ])
  page.table(
    "Accuracy beside the course and beside PyTorch",
    columns: ["run", "200 rows", "a random fifth"],
    rows: [
      ["the course, one run", "0.8200", "–"],
      ["PyTorch 2.15, sixty seeds", AdultReference.rows.text, AdultReference.fifth.text],
      [
        "this program, \(page.seeds.count) seeds", spread(rows.map(\.accuracy), 4),
        spread(fifth.map(\.accuracy), 4),
      ],
    ])
  for (id, label, results, reference) in [
    ("rows", "rows 800 to 999", rows, AdultReference.rows),
    ("fifth", "a random fifth", fifth, AdultReference.fifth),
  ] {
    page.check(
      "adult/\(id)", "mean accuracy over \(results.count) seeds, \(label)",
      meanAndDeviation(results.map(\.accuracy)).mean, equals: reference.mean,
      within: reference.band(ours: results.count),
      because:
        "two standard errors of the difference of two means, from PyTorch's spread \(text(reference.deviation, 4))",
      source: "our PyTorch run of the same settings, sixty seeds: Tests/References/adult.py")
  }
}

/// Mean and deviation of the accuracy over sixty seeds: Tests/References/adult.json.
struct AdultReference {
  let mean: Double
  let deviation: Double

  static let rows = AdultReference(mean: 0.817917, deviation: 0.0143)
  static let fifth = AdultReference(mean: 0.832136, deviation: 0.005359)

  var text: String { "\(Unrolled.text(mean, 4)) ± \(Unrolled.text(deviation, 4))" }

  func band(ours: Int) -> Double { 2 * deviation * (1 / Double(ours) + 1 / 60).squareRoot() }
}
