import Foundation
import Unrolled

/// A sigmoid that keeps predictions within the range of the stars: a first look.
func sigmoidRange(_ page: Page, _ train: Ratings, _ valid: Ratings) throws {
  page.say(
    """
    **The range.** A sum can be any number, stars cannot. The sigmoid squeezes it between 0 and 1, and a product and a sum move that to the range wanted. \
    (Why the course takes 0 to 5.5 for stars from 0.5 to 5 is a question of lesson 5.)
    """)
  page.formula(
    #"\hat r = \mathrm{low} + (\mathrm{high} - \mathrm{low})\, \sigma(z)"#,
    plain: "r̂ = low + (high − low)·σ(z)")
  let z: [Float] = [-20, -2, 0, 1, 2, 20]
  let stars = page.run {
    let stars = SigmoidRange(0...5.5)(Tensor(z)).values
    page.show("z", Tensor(z))
    page.show("stars", Tensor(stars))
    return stars
  }
  page.check(
    "ratings/range", "stars at z = 1", stars[3], equals: 5.5 / (1 + exp(-1)), within: 1e-6,
    because: "a few roundings of a number near 4", source: "by hand: 5.5/(1 + 1/e)")
  let curve = stride(from: -6.0, through: 6, by: 0.1).map { (x: $0, y: 5.5 / (1 + exp(-$0))) }
  page.plot(
    Plot(
      "ratings-range", "From any number to 0 … 5.5 stars",
      alt: "An S-shaped curve from 0 stars at z = −6 to 5.5 at z = 6, 2.75 at z = 0.",
      x: Axis("z = u·v + b_u + b_v"), y: Axis("stars"),
      layers: [
        .line("5.5·σ(z)", curve), .horizontal(y: 5, "5 stars"), .horizontal(y: 0.5, "half a star"),
      ]))
  page.say(
    """
    Without the sigmoid a model starts at 0 stars and spends its steps on finding the mean. That is no fair rival, so one more starts with film biases at the mean rating. \
    The claim was stated for a short training, the course's five epochs at 5e-3; the table has a longer one beside it.
    """)
  let mean = train.values.reduce(0, +) / Float(train.count)
  let short = RatingsTrial(factors: 5, epochs: 5, rate: 5e-3, weightDecay: 0.01)
  let long = RatingsTrial(factors: 5, epochs: 10, rate: 1e-2, weightDecay: 0.1)
  let kinds = OutputKind.allCases
  let results = concurrently("kinds of output", seeds: page.seeds, page) { seed in
    kinds.map { kind in [short, long].map { kind.result($0, train, valid, mean, seed) } }
  }
  page.table(
    "Validation MSE, mean ± standard deviation over \(page.seeds.count) seeds",
    columns: ["output", "5 epochs at 5e-3", "10 at 1e-2", "of those above 5 or below 0.5"],
    rows: kinds.enumerated().map { place, kind in
      [
        kind.rawValue, spread(results.map { $0[place][0].error }, 4),
        spread(results.map { $0[place][1].error }, 4),
        text(meanAndDeviation(results.map { Double($0[place][1].outside) }).mean, 0),
      ]
    })
  page.claim(
    "yrange-sigmoid", says: "Squeezing the prediction into the range of the stars helps.",
    measure: "validation MSE without the sigmoid, started at the mean − with it", threshold: 0,
    thresholdText: "the model with the sigmoid has the lower error",
    setting:
      "planted ratings, five factors, five epochs, one cycle to 5e-3, decay 0.01, the same split"
  ) { seed in
    guard let place = page.seeds.firstIndex(of: seed) else { return .nan }
    return results[place][1][0].error - results[place][2][0].error
  }
  page.say(
    """
    In the short training it is the start that counts. The model with the sigmoid begins at 2.75 stars, the mean is \(text(mean, 2)), and its biases are still on their way. \
    Begun at the mean like its rival (last row) it has the lower error, and in the longer training it has it from either start: the sigmoid helps, once the mean has been found.
    """)
}

/// What a prediction is, and where it starts.
private enum OutputKind: String, CaseIterable, Sendable {
  case sum = "z"
  case sumFromMean = "z, started at the mean"
  case sigmoid = "5.5·σ(z)"
  case sigmoidFromMean = "5.5·σ(z), started at the mean"

  struct Result: Sendable {
    var error: Double
    /// How many predictions no rating can have.
    var outside: Int
  }

  func result(
    _ trial: RatingsTrial, _ train: Ratings, _ valid: Ratings, _ mean: Float, _ seed: UInt64
  ) -> Result {
    var generator = SeededGenerator(seed: seed)
    let model = DotProductBias(
      users: train.userNames.count, items: train.itemNames.count, factors: trial.factors,
      range: self == .sigmoid || self == .sigmoidFromMean ? 0...5.5 : nil, using: &generator)
    let start: Float =
      switch self {
      case .sum, .sigmoid: 0
      case .sumFromMean: mean
      case .sigmoidFromMean: log(mean / (5.5 - mean))  // the z whose stars are the mean
      }
    model.itemBias.weight = model.itemBias.weight + start
    guard let outcome = try? trial.fit(model, train: train, valid: valid, seed: seed) else {
      return Result(error: .nan, outside: 0)
    }
    let outside = model.predictions(of: valid).count { !(0.5...5 ~= $0) }
    return Result(error: outcome.valid, outside: outside)
  }
}
