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
        "PyTorch 2.15, twenty seeds", "the course's",
        spreadText(reference.train, reference.trainDeviation),
        spreadText(reference.mean, reference.deviation),
      ],
      [
        "this program, \(seeds.count) seeds", "the course's", spread(runs.map(\.train), 4),
        spread(runs.map(\.valid), 4),
      ],
      [
        "PyTorch 2.15, twenty seeds", "one a seed", "0.5658 ± 0.0112",
        spread(MovieLensRuns.pyTorchOwnSplit, 4),
      ],
      [
        "this program, \(seeds.count) seeds", "one a seed", spread(others.map(\.train), 4),
        spread(others.map(\.valid), 4),
      ],
    ])
  let (n, deviation) = (Double(seeds.count), reference.deviation)
  page.check(
    "ml-100k/course-split", "mean validation loss of \(seeds.count) seeds, the course's split",
    meanAndDeviation(runs.map(\.valid)).mean, equals: reference.mean,
    within: 2 * deviation * (1 / n + 1 / 20.0).squareRoot(),
    because:
      "two standard errors of the difference of two means, from PyTorch's spread \(deviation) of twenty seeds",
    source: MovieLensRuns.source)
  let pairs = others.indices.map { others[$0].valid - MovieLensRuns.pyTorchOwnSplit[$0 % 20] }
  page.check(
    "ml-100k/own-split",
    "ours − PyTorch's validation loss on the same split, mean of \(seeds.count)",
    meanAndDeviation(pairs).mean, equals: 0,
    within: 2 * deviation * (1 / n + 1 / min(n, 20)).squareRoot(),
    because:
      "two standard errors: on one split both differ by start and order alone, whose spread is \(deviation)",
    source: MovieLensRuns.source)
  let own = meanAndDeviation(MovieLensRuns.pyTorchOwnSplit)
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
        .line("PyTorch, mean of twenty", values: MovieLensRuns.pyTorchEpochs, style: .dashed),
        .scatter(
          "the course, one run",
          MovieLensRuns.courseEpochs.enumerated().map { (x: Double($0.offset), y: $0.element) }),
      ]))
  page.say(
    """
    On the course's split all three make the same numbers, epoch by epoch. With a new split for each seed PyTorch's mean lies \
    \(text(reference.mean - own.mean, 3)) lower, and its spread is \(text(own.deviation / reference.deviation, 0)) times as large: the course \
    drew a hard tenth. Which ratings are held back moves the figure more than the random start does, so a single 0.81 should not be compared with \
    a single 0.80 from another split, nor with LibRec's table.
    """)
}
