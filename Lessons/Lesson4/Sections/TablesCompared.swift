import Unrolled

/// Logistic regression, boosted trees and a net on one table in which columns work together.
func tablesCompared(_ page: Page) throws {
  page.question("Does a net do as well on a table as the models that tables are usually given?")
  page.say(
    """
    Three models are usual for tables. **Logistic regression** adds up one number for each word and one times each \
    number, and no more. **Boosted trees** add up many small trees, each grown to correct the sum of those before it; a \
    tree of depth 4 asks four questions in a row, so it can say "a degree, *and* a trade". Trees of depth 1, **stumps**, \
    cannot: their sum is a sum of columns again, though each may be bent.
    """)
  page.formula(
    #"r_i = y_i - p_i \qquad F \leftarrow F + \eta \cdot \mathrm{tree}(r) \qquad \mathrm{leaf} = \frac{\sum r_i}{\sum p_i (1 - p_i)}"#,
    plain: "r = y − p      F ← F + η·tree fitted to r      leaf = Σr / Σp(1 − p)")
  page.say(
    """
    The generated census has both in it: effects of single columns, and pairs that mean something only together (a degree \
    pays in some occupations and costs in others, long hours pay the self-employed and not public servants). Each seed draws \
    18,000 people; 8,000 are for training, 10,000 to judge by. What the best guess there is would reach is known from the \
    planted odds. How strong the pairs are was set with an eye on regression alone, so that it misses some 8 points; nets and \
    trees had not been tried then.
    """)
  page.source(of: "func run", file: "Lessons/Lesson4/Trials/TableContest.swift")
  var found: [TableContest.Accuracies] = []
  var best: [Double] = []
  try page.claim(
    "claim-tabular-nn-effective",
    says:
      "Tables are usually given to logistic regression, forests or boosted trees; a neural net is now reliable and effective there.",
    measure:
      "accuracy of the net less that of the best of the three others, in points of a hundred, on the same 10,000 unseen rows",
    threshold: -1, thresholdText: "mean effect above −1: the net is at most a point behind",
    setting:
      "generated census of 8 columns with interactions and gaps, 8,000 rows to train; net [200, 100], 5 epochs of one cycle up to 0.01, weight decay 0.01; boosting with 200 trees of depth 4 or 1, rate 0.1; no model was tuned"
  ) { seed in
    let census = Census(people: 18_000, seed: seed)
    let contest = TableContest(data: try TabularData(census, valid: 10_000))
    let accuracies = try contest.run(seed)
    found.append(accuracies)
    best.append(
      meanAndDeviation(census.people[8000...].map { max($0.probability, 1 - $0.probability) }).mean)
    return accuracies.lead
  }
  report(page, "census", page.seeds, found, best: best)
  let lost = TableContest.names.indices.map { model in
    100 * meanAndDeviation(zip(found, best).map { $1 - $0.all[model] }).mean
  }
  page.plot(
    Plot(
      "tables-compared", "Points lost against the best guess there is",
      alt: TableContest.names.indices.map { "\(TableContest.names[$0]) \(text(lost[$0], 1))" }
        .joined(separator: ", "),
      x: Axis("", categories: TableContest.names), y: Axis("points of a hundred"),
      layers: [.bars("lost", lost)]))
  try adultContest(page)
  page.seen(
    """
    Where columns work together, models that add up columns lose \(text(lost[0], 1)) points (regression) and \
    \(text(lost[1], 1)) (stumps) of what could be known, trees \(text(lost[2], 1)), the net \(text(lost[3], 1)). \
    That the net is reliable shows in its spread over seeds, ± \(text(100 * meanAndDeviation(found.map(\.net)).deviation, 1)) \
    points, in which the draw of the people has its part. One generated table is no proof for others: where columns only \
    add up, regression is enough.
    """)
}

/// The same on the real census, where it is at hand.
private func adultContest(_ page: Page) throws {
  guard let folder = page.realData("adult_sample") else { return }
  page.say(
    """
    The same four models, with the same settings, on **Adult**: a fifth of its rows, drawn for each seed, to judge by.
    """)
  let (table, labels) = try Adult.load(from: folder)
  page.used(
    data: "adult_sample", kind: .real, records: table.count,
    sha256: try SHA256.digest(ofFiles: [folder.appending(path: "adult.csv").path]),
    licence: Adult.licence)
  var found: [TableContest.Accuracies] = []
  try page.claim(
    "claim-tabular-nn-effective-adult",
    says: "A neural net is reliable and effective on a real table.",
    measure:
      "accuracy of the net less that of the best of the three others, in points of a hundred, on the same fifth of the rows",
    threshold: -1, thresholdText: "mean effect above −1: the net is at most a point behind",
    setting:
      "Adult, the course's 9 columns, 26,049 rows to train; the settings of the generated census"
  ) { seed in
    var generator = SeededGenerator(seed: seed)
    let valid = Array(0..<table.count).shuffled(using: &generator).prefix(table.count / 5)
    let data = try TabularData(table, targets: labels, valid: valid)
    let accuracies = try TableContest(data: data).run(seed)
    found.append(accuracies)
    return accuracies.lead
  }
  report(page, "Adult", page.seeds, found, best: nil)
}

private func report(
  _ page: Page, _ name: String, _ seeds: [UInt64], _ found: [TableContest.Accuracies],
  best: [Double]?
) {
  let columns = best.map { [$0] } ?? []
  let all = TableContest.names.indices.map { model in found.map { $0.all[model] } } + columns
  page.table(
    "Share of right answers on \(name)",
    columns: ["seed"] + TableContest.names + (best == nil ? [] : ["best guess"]),
    rows: seeds.indices.map { row in ["\(seeds[row])"] + all.map { text($0[row], 4) } }
      + [["mean ± sd"] + all.map { spread($0, 4) }])
}
