import Unrolled

/// The chain on generated ratings, and what happens when validation rows are numbered by themselves.
func numbering(_ page: Page) throws {
  page.say(
    """
    First the same chain on generated ratings. What data: a user, a film and a rating a row. How split: a random \
    tenth. How labelled: users and films get numbers *from the training rows*; whoever is not there is number 0.
    """)
  let data = RatedFilms(page)
  let (right, wrong) = try page.run {
    let ratings = data.planted.ratings
    var generator = SeededGenerator(seed: page.seed)
    let order = Array(0..<ratings.count).shuffled(using: &generator)
    let (train, valid) = ratings.split(validRows: order.prefix(ratings.count / 10))
    let outcome = try MovieLensRuns.course.run(train: train, valid: valid, seed: page.seed)
    page.show("validation loss", outcome.valid)

    let few = valid.sample(0..<200)
    let numberedAnew = Ratings(
      users: few.users.map { few.userNames[$0] }, items: few.items.map { few.itemNames[$0] },
      values: few.values)
    let right = outcome.model.meanSquaredError(on: few)
    let wrong = outcome.model.meanSquaredError(on: numberedAnew)
    return (right, wrong)
  }
  page.broken(
    "validation rows numbered by themselves",
    """
    `numberedAnew` above counts the users and films of 200 validation rows from 1, as a second data set would be. \
    Nothing complains: every number exists in the tables. But user 17 is another person now, and film 17 another film. \
    The loss on these rows is \(text(wrong, 3)) instead of \(text(right, 3)).
    """)
}

/// Losses of all runs beside the course and PyTorch, with the checks.
func losses(
  _ page: Page, _ seeds: [UInt64], _ runs: [MovieLensRuns.Run], _ others: [MovieLensRuns.Run]
) {
  let reference = MovieLensRuns.pyTorchCourseSplit
  let ownReference = MovieLensRuns.pyTorchOwnSplit
  page.table(
    "One row a seed",
    columns: ["seed", "train loss", "validation loss", "another split: validation loss"],
    rows: seeds.indices.map {
      ["\(seeds[$0])", text(runs[$0].train, 4), text(runs[$0].valid, 4), text(others[$0].valid, 4)]
    })
  func spreadText(_ mean: Double, _ deviation: Double) -> String {
    "\(text(mean, 4)) ± \(text(deviation, 4))"
  }
  page.table(
    "Beside the course and beside PyTorch: mean ± standard deviation over seeds",
    columns: ["run", "split", "train loss", "validation loss"],
    rows: [
      ["the course's notebook, one run", "its own", "0.5620", "0.8147"],
      ["the talk, one run", "?", "0.5464", "0.8136"],
      ["LibRec's best, as the course quotes it (RMSE 0.91)", "?", "", "0.83"],
      [
        "PyTorch 2.15, ten seeds", "the course's",
        spreadText(reference.train, reference.trainDeviation),
        spreadText(reference.mean, reference.deviation),
      ],
      [
        "this program, \(seeds.count) seeds", "the course's", spread(runs.map(\.train), 4),
        spread(runs.map(\.valid), 4),
      ],
      [
        "PyTorch 2.15, ten seeds", "one a seed",
        spreadText(ownReference.train, ownReference.trainDeviation),
        spreadText(ownReference.mean, ownReference.deviation),
      ],
      [
        "this program, \(seeds.count) seeds", "one a seed", spread(others.map(\.train), 4),
        spread(others.map(\.valid), 4),
      ],
    ])
  // Two standard errors of a difference of means, ours of n seeds and PyTorch's of ten.
  func band(_ deviation: Double) -> Double {
    2 * deviation * (1 / Double(seeds.count) + 0.1).squareRoot()
  }
  for (id, label, found, mean, deviation) in [
    ("course-split", "the course's split", runs, reference.mean, reference.deviation),
    ("own-split", "a split a seed", others, ownReference.mean, ownReference.deviation),
  ] {
    page.check(
      "ml-100k/\(id)", "mean validation loss of \(seeds.count) seeds, \(label)",
      meanAndDeviation(found.map(\.valid)).mean, equals: mean, within: band(deviation),
      because:
        "two standard errors of the difference of two means, from PyTorch's spread \(deviation)",
      source: MovieLensRuns.source)
  }
  let epochs = runs[0].epochs.indices.map { epoch in
    meanAndDeviation(runs.map { $0.epochs[epoch].valid }).mean
  }
  page.plot(
    Plot(
      "ml-100k-epochs", "MovieLens 100k: validation loss after each epoch, the course's split",
      alt:
        "Three lines almost on top of each other fall from about 0.945 after the first epoch to about 0.814 after the fifth.",
      x: Axis("epoch", categories: (1...5).map(String.init)), y: Axis("validation loss"),
      layers: [
        .line("this program, mean of \(seeds.count)", values: epochs),
        .line("PyTorch, mean of ten", values: MovieLensRuns.pyTorchEpochs, style: .dashed),
        .scatter(
          "the course, one run",
          MovieLensRuns.courseEpochs.enumerated().map { (x: Double($0.offset), y: $0.element) }),
      ]))
  page.say(
    """
    With the course's split each of the three makes the same numbers, epoch by epoch. With a new split for each seed the \
    mean lies \(text(reference.mean - ownReference.mean, 3)) lower and the spread is four times as large: the course \
    drew a hard tenth. Which ratings are held back moves the figure more than the random start does, so a single 0.81 \
    should not be compared with a single 0.80 from another split, nor with LibRec's table.
    """)
}

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
    page.check(
      "ml-100k/\(id)", "of PyTorch's five titles with the \(id) bias, those among our ten",
      Double(reference.count { names.contains($0.title) }), equals: 5, within: 0,
      because: "PyTorch's fifth stands clear of its tenth by two spreads of a seed or more",
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
  page.plot(
    Plot(
      "ml-100k-pca", "The 50 most rated titles along two components of their factors",
      alt:
        "A scatter of 50 film titles; popular adventures lie towards one side, older and quieter films towards the other.",
      x: Axis("component 0"), y: Axis("component 1"),
      layers: [
        .labels(
          top.prefix(50).enumerated().map { row, film in
            (
              x: Double(places[row].values[0]), y: Double(places[row].values[1]),
              text: String(train.itemNames[film].dropLast(7))
            )
          })
      ],
      caption:
        "From the run of the first seed. In the course's run component 0 leads from Home Alone 3 (1.24) to Casablanca (−1.07), and component 1 from Ready to Wear (0.88) to Braveheart (−1.21)."
    ))
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
