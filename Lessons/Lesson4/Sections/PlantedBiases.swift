import Foundation
import Unrolled

/// The biases that were learned beside those that were planted.
func biases(_ page: Page, _ planted: PlantedRatings, _ train: Ratings, _ model: DotProductBias) {
  page.say(
    """
    **Some films are liked by all.** Sort the films by their learned bias. A product u·v can hold a bias as well, namely what all users have in common, so that part is \
    moved to the biases first (`TasteAndBias`); predictions stay as they are. The means are taken over the ratings, so a film counts as often as it is rated: \
    where rare films would put the mean, nobody knows.
    """)
  page.formula(
    #"b_f \leftarrow b_f + \bar u \cdot v_f \qquad b_u \leftarrow b_u + (u - \bar u) \cdot \bar v"#,
    plain: "b_f ← b_f + ū·v_f        b_u ← b_u + (u − ū)·v̄")
  let parts = page.run { TasteAndBias(model, over: train) }
  let rows = Rows(train)
  let seen = (1..<train.itemNames.count).filter { rows.ofFilm[$0].count > 0 }
  let order = seen.sorted { parts.itemBias[$0] > parts.itemBias[$1] }
  let parameters = model.parameters.reduce(0) { $0 + $1.value.count }
  let films = Recovery(
    planted, learned: seen.map { parts.itemBias[$0] }, rows: seen.map { rows.ofFilm[$0] },
    of: train,
    own: { planted.films[train.items[$0]].numbers },
    other: { planted.users[train.users[$0]].numbers }, parameters: parameters)
  let users = (1..<train.userNames.count).filter { rows.ofUser[$0].count > 0 }
  let people = Recovery(
    planted, learned: users.map { parts.userBias[$0] }, rows: users.map { rows.ofUser[$0] },
    of: train,
    own: { planted.users[train.users[$0]].numbers },
    other: { planted.films[train.items[$0]].numbers }, parameters: parameters)
  page.table(
    "The films with the highest and the lowest bias",
    columns: ["film", "learned", "planted", "mean stars", "ratings"],
    rows: (order.prefix(5) + order.suffix(5)).map { film in
      let stars = rows.ofFilm[film].map { Double(train.values[$0]) }
      return [
        train.itemNames[film], text(parts.itemBias[film], 3),
        text(films.planted[seen.firstIndex(of: film) ?? 0], 3),
        text(meanAndDeviation(stars).mean, 2), "\(stars.count)",
      ]
    })
  page.plot(
    PlotGrid(
      "ratings-biases", "Learned and planted biases",
      alt:
        "Two scatter plots, of films and of users: the points lie along a rising line, those with few ratings further off.",
      plots: [("films", films), ("users", people)].map { name, recovery in
        Plot(
          name, name, alt: "", x: Axis("planted bias"), y: Axis("learned bias"),
          layers: [.scatter(name, x: recovery.planted, y: recovery.learned)])
      },
      caption:
        "Films with one rating or more in training; \(films.planted.count) films, \(people.planted.count) users. Both kinds of learned biases lie higher: they also hold the mean rating, for which the model has no place of its own."
    ))
  page.say(
    """
    How well could it have gone? Take a user, and say that the truth about all films were known. Then bias and tastes of the user are uncertain at first as \
    users differ, and each rating takes some of the uncertainty away (`PosteriorCovariance`), with its noise s over its slope ∂r/∂z. What is left of the variance V of the bias is C, and the best \
    estimate correlates with the truth with r = √(mean of 1 − C/V). The same for films, with users known. But nothing is known here: p numbers are learned from the same N \
    ratings, and that makes the noise of each N/(N − p) times as large.
    """)
  for (id, name, recovery) in [("films", "film", films), ("users", "user", people)] {
    page.check(
      "ratings/bias-\(id)", "correlation of learned with planted \(name) biases",
      recovery.correlation,
      equals: recovery.attainable, within: recovery.band,
      because:
        "from there down to what the larger noise leaves, and two standard errors of a correlation, (1 − r²)/√n",
      source: "the planted truth: r = √(mean of 1 − C/V), the other side known")
  }
  let raw = seen.map { model.itemBias.weight.values[$0] }
  let products = matmul(parts.userFactors, parts.itemFactors.transposed()).values
  let pairs = users.flatMap { user in seen.map { (user, $0) } }
  let taste = correlation(
    pairs.map { products[$0.0 * train.itemNames.count + $0.1] },
    pairs.map { user, film in
      zip(planted.users[user].tastes, planted.films[film].weights).reduce(0) { $0 + $1.0 * $1.1 }
    })
  page.table(
    "Correlation of what was learned with what was planted", columns: ["", "r"],
    rows: [
      ["film biases", text(films.correlation, 3)],
      [
        "film biases as the model has them, ū·v not moved",
        text(correlation(raw, films.planted), 3),
      ],
      ["user biases", text(people.correlation, 3)],
      ["taste u·v, all \(pairs.count) pairs of a user and a film", text(taste, 3)],
    ])
}

/// The rows of each user and each film.
private struct Rows {
  var ofUser: [[Int]]
  var ofFilm: [[Int]]

  init(_ ratings: Ratings) {
    ofUser = ratings.userNames.map { _ in [] }
    ofFilm = ratings.itemNames.map { _ in [] }
    for row in 0..<ratings.count {
      ofUser[ratings.users[row]].append(row)
      ofFilm[ratings.items[row]].append(row)
    }
  }
}

/// Learned and planted biases, and how near the first could have come to the second.
private struct Recovery {
  let learned: [Float]
  let planted: [Float]
  /// √(mean of 1 − C/V), with the other side known.
  let attainable: Double
  /// The same with the noise N/(N − p) times as large.
  let inflated: Double

  /// - Parameters:
  ///   - rows: Of each bias the rows that tell of it.
  ///   - own: The planted bias of a row, and the numbers that are multiplied with the factors of the other side.
  ///   - other: The same of the other side.
  init(
    _ truth: PlantedRatings, learned: [Float], rows: [[Int]], of ratings: Ratings,
    own: (Int) -> [Float], other: (Int) -> [Float], parameters: Int
  ) {
    let numbers = rows.map { own($0[0]) }
    let all = (0..<ratings.count).map(other)
    // The bias is what is given to the mean of the other side.
    let mean =
      [1] + (1..<numbers[0].count).map { k in meanAndDeviation(all.map { Double($0[k]) }).mean }
    self.learned = learned
    planted = numbers.map { Float(zip($0, mean).reduce(0) { $0 + Double($1.0) * $1.1 }) }
    let start = PosteriorCovariance(spreadOf: numbers)
    let rest = Double(ratings.count - parameters)
    let roots = [1, Double(ratings.count) / rest].map { inflation in
      let kept = rows.map { rows in
        var belief = start
        for row in rows {
          let x = [1] + all[row].dropFirst().map(Double.init)
          belief.observe(x, noise: inflation * truth.noise(ratings, row))
        }
        return 1 - belief.variance(along: mean) / start.variance(along: mean)
      }
      return meanAndDeviation(kept).mean.squareRoot()
    }
    (attainable, inflated) = (roots[0], roots[1])
  }

  var correlation: Double { Unrolled.correlation(learned, planted) }
  var band: Double {
    attainable - inflated + 2 * (1 - attainable * attainable) / Double(planted.count).squareRoot()
  }
}

extension PlantedRatings {
  /// s²/(∂r/∂z)²: the variance of the noise of a rating, seen in z.
  fileprivate func noise(_ ratings: Ratings, _ row: Int) -> Double {
    let (user, film) = (ratings.users[row], ratings.items[row])
    let sigma = 1 / (1 + exp(-Double(score(user: user, film: film))))
    let width = Double(settings.range.upperBound - settings.range.lowerBound)
    let slope = width * sigma * (1 - sigma)
    return expected(user: user, film: film).variance / (slope * slope)
  }
}

extension PlantedRatings.User {
  /// Bias and tastes.
  fileprivate var numbers: [Float] { [bias] + tastes }
}

extension PlantedRatings.Film {
  /// Bias and weights.
  fileprivate var numbers: [Float] { [bias] + weights }
}
