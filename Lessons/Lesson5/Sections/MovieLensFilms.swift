import Unrolled

/// Films at both ends of the bias, among the 1,000 most rated.
func filmsByBias(_ page: Page, _ all: Ratings, _ train: Ratings, _ runs: [MovieLensRuns.Run]) {
  let films = RatedTitles(all, train)
  func bias(_ film: Int) -> Double {
    meanAndDeviation(runs.map { Double($0.bias[film]) }).mean
  }
  let ranked = films.mostRated(1000).sorted { bias($0) < bias($1) }
  for (id, title, ends, reference) in [
    ("lowest", "The lowest biases", Array(ranked.prefix(10)), MovieLensRuns.lowest),
    ("highest", "The highest biases", Array(ranked.reversed().prefix(10)), MovieLensRuns.highest),
  ] {
    page.table(
      "\(title) of the 1,000 most rated titles, mean of \(runs.count) seeds",
      columns: ["title", "bias", "PyTorch", "the course", "mean rating", "ratings"],
      rows: ends.map { film in
        let known = reference.first { $0.title == train.itemNames[film] }
        return [
          train.itemNames[film], text(bias(film), 3), known.map { text($0.pyTorch, 3) } ?? "",
          known?.course.map { text($0, 3) } ?? "", text(films.means[film], 2),
          "\(films.counts[film])",
        ]
      })
    let names = Set(ends.map { train.itemNames[$0] })
    // The first five of ten: at the tenth the next titles are too close for an order.
    page.check(
      "ml-100k/\(id)", "of PyTorch's five titles with the \(id) bias, those among our ten",
      Double(reference.prefix(5).count { names.contains($0.title) }), equals: 5, within: 0,
      because:
        "PyTorch's fifth and eleventh means are 0.05 apart, twice the spread of a single seed or more",
      source: MovieLensRuns.source)
  }
  // Rank by bias less rank by mean rating.
  let byMean = ranked.sorted { films.means[$0] < films.means[$1] }
  let place = Dictionary(uniqueKeysWithValues: byMean.enumerated().map { ($1, $0) })
  let shift = ranked.enumerated().map { (film: $1, byBias: $0, byMean: place[$1] ?? 0) }
    .filter { films.counts[$0.film] >= 50 }
    .sorted { abs($0.byBias - $0.byMean) > abs($1.byBias - $1.byMean) }
  page.table(
    "Where bias and mean rating disagree most, of titles with 50 ratings or more (place among 1,000, 1 the lowest)",
    columns: ["title", "mean rating", "place", "bias", "place"],
    rows: shift.prefix(6).map {
      [
        train.itemNames[$0.film], text(films.means[$0.film], 2), "\($0.byMean + 1)",
        text(bias($0.film), 3), "\($0.byBias + 1)",
      ]
    })
}

/// The films seen along the two largest components of their factors.
func filmsInTwoDimensions(_ page: Page, _ all: Ratings, _ train: Ratings, _ run: MovieLensRuns.Run)
{
  let films = RatedTitles(all, train)
  let top = films.mostRated(1000)
  let (pca, places) = page.run {
    let factors = Tensor(top.map { run.factors[$0] })
    let pca = PrincipalComponents(factors, count: 3)
    let places = pca.project(factors)
    page.show("factors", shape: factors.shape)
    page.show("along three components", places)
    return (pca, places)
  }
  page.say(
    """
    Of the variance of the 40 factors the three components hold \
    \(pca.shares.map { text(100 * $0, 1) + " %" }.joined(separator: ", ")). The sign of a component is free, and nobody \
    named them; the ends say what they may mean.
    """)
  for component in 0..<2 {
    let column = places.transposed()[component].values
    let order = column.indices.sorted { column[$0] < column[$1] }
    page.table(
      "The ends of component \(component)", columns: ["lowest", "", "highest", ""],
      rows: (0..<8).map {
        let (low, high) = (order[$0], order[order.count - 1 - $0])
        return [
          train.itemNames[top[low]], text(column[low], 2), train.itemNames[top[high]],
          text(column[high], 2),
        ]
      })
  }
  let points = top.prefix(50).enumerated().map { row, film in
    let place = places[row].values
    return (x: Double(place[0]), y: Double(place[1]), text: short(train.itemNames[film]))
  }
  func ends(_ x: [Double]) -> ClosedRange<Double> {
    ((x.min() ?? 0) - 0.15)...((x.max() ?? 0) + 0.15)
  }
  for (part, name) in [(0, "The 25 most rated titles"), (1, "The next 25")] {
    page.plot(
      Plot(
        "ml-100k-pca-\(part + 1)", "\(name) along two components of their factors",
        alt: "A scatter of 25 film titles, spread over the plane with no gaps between groups.",
        x: Axis("component 0", range: ends(points.map(\.x))),
        y: Axis("component 1", range: ends(points.map(\.y))),
        layers: [.labels(Array(points[(25 * part)..<(25 * part + 25)]))]))
  }
  page.say(
    """
    From the run of the first seed. In the course's run component 0 leads from *Home Alone 3* (1.24) to *Casablanca* (−1.07), and component 1 from *Ready to Wear* \
    (0.88) to *Braveheart* (−1.21); compare the ends above, signs aside.
    """)
}

/// A title without its year, cut after twenty letters.
private func short(_ title: String) -> String {
  let name = title.split(separator: " (")[0]
  return name.count > 20 ? name.prefix(19) + "…" : String(name)
}

/// How often and how well each title of the training rows is rated, over all rows.
struct RatedTitles {
  private(set) var counts: [Int]
  private(set) var means: [Double]

  init(_ all: Ratings, _ train: Ratings) {
    let numbers = train.itemNumbers(of: all.itemNames)
    counts = [Int](repeating: 0, count: train.itemNames.count)
    means = [Double](repeating: 0, count: train.itemNames.count)
    for (item, value) in zip(all.items, all.values) {
      counts[numbers[item]] += 1
      means[numbers[item]] += Double(value)
    }
    for i in means.indices { means[i] /= Double(max(counts[i], 1)) }
  }

  /// Numbers of the titles with the most ratings, the unknown one left out.
  func mostRated(_ count: Int) -> [Int] {
    Array(counts.indices.dropFirst().sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(count))
  }
}
