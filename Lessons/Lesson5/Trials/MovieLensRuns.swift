import Foundation
import Unrolled

/// Trainings on MovieLens 100k with the course's settings, and what others reached with them.
struct MovieLensRuns: Sendable {
  /// 40 factors, range 0…5.5, five epochs of one cycle up to 5e-3, weight decay 0.1, batches of 64.
  static let course = RatingsTrial(factors: 40, weightDecay: 0.1)

  struct Run: Sendable {
    var epochs: [(train: Double, valid: Double)]
    /// Of titles, as `Ratings.itemNames` numbers them.
    var bias: [Float]
    /// One row a title.
    var factors: [[Float]]
    var valid: Double { epochs.last?.valid ?? .nan }
    var train: Double { epochs.last?.train ?? .nan }
  }

  /// One training.
  static func run(_ train: Ratings, _ valid: Ratings, seed: UInt64) -> Run {
    guard let outcome = try? course.run(train: train, valid: valid, seed: seed) else {
      return Run(epochs: [], bias: [], factors: [])
    }
    let weights = outcome.model.itemFactors.weight.values
    return Run(
      epochs: outcome.epochs, bias: outcome.model.itemBias.weight.values,
      factors: stride(from: 0, to: weights.count, by: course.factors).map {
        Array(weights[$0..<($0 + course.factors)])
      })
  }

  /// NumPy's seed for the split of a run: the twenty that PyTorch had, in turn.
  static func splitSeed(_ run: Int) -> UInt32 { UInt32(1000 + run % 20) }

  /// The training written out, without a random number: tables start as 0.01·sin(0), 0.01·sin(1), … one after the
  /// other, batches follow the rows. The validation loss after each epoch.
  static func withoutChance(_ train: Ratings, _ valid: Ratings) -> [Double] {
    var generator = SeededGenerator(seed: 0)
    let model = DotProductBias(
      users: train.userNames.count, items: train.itemNames.count, factors: course.factors,
      range: course.range, using: &generator)
    var place = 0
    for table in [model.userFactors, model.itemFactors, model.userBias, model.itemBias] {
      let shape = table.weight.shape
      let count = table.weight.count
      table.weight = Tensor(
        (place..<(place + count)).map { Float(0.01 * sin(Double($0))) }, shape: shape)
      place += count
    }
    let adam = Adam(
      model.parameters, learningRate: 0, beta2: 0.99, weightDecay: .decoupled(course.weightDecay))
    let steps = train.count / course.batchSize
    let cycle = OneCycle(maximum: course.rate, steps: course.epochs * steps)
    return (0..<course.epochs).map { epoch in
      for (step, batch) in train.batches(of: course.batchSize).prefix(steps).enumerated() {
        cycle.apply(to: adam, at: epoch * steps + step)
        adam.zeroGrad()
        mse(model(users: batch.users, items: batch.items), batch.values).backward()
        adam.step()
      }
      return model.meanSquaredError(on: valid)
    }
  }

  /// Our PyTorch runs: Tests/References/movielens_100k.py, twenty seeds of each.
  static let source =
    "our PyTorch run of the same settings, twenty seeds: Tests/References/movielens_100k.py"
  static let pyTorchCourseSplit = (
    mean: 0.81314, deviation: 0.002331, train: 0.562994, trainDeviation: 0.0127
  )
  static let pyTorchEpochs = [0.9449, 0.881, 0.8363, 0.8143, 0.8131]
  /// Of each split.
  static let pyTorchOwnSplit = [
    0.80178, 0.80276, 0.801, 0.81111, 0.79113, 0.79871, 0.77, 0.79765, 0.79854, 0.80199, 0.81559,
    0.79023, 0.80413, 0.79564, 0.81224, 0.80326, 0.80554, 0.78931, 0.80351, 0.80272,
  ]
  static let pyTorchWithoutChance = 0.851603
  /// As the notebook prints them.
  static let courseEpochs = [0.946, 0.891, 0.837, 0.815, 0.815]

  /// Mean biases of PyTorch's twenty runs, and the course's one where its notebook's figure is known to us.
  static let lowest: [(title: String, pyTorch: Double, course: Double?)] = [
    ("Children of the Corn: The Gathering (1996)", -0.3607, -0.367),
    ("Lawnmower Man 2: Beyond Cyberspace (1996)", -0.3142, nil),
    ("Mortal Kombat: Annihilation (1997)", -0.2934, -0.293),
    ("Cable Guy, The (1996)", -0.2779, nil),
    ("Striptease (1996)", -0.2675, nil),
    ("Crow: City of Angels, The (1996)", -0.2429, nil),
    ("Barb Wire (1996)", -0.2335, nil),
    ("Bio-Dome (1996)", -0.2313, nil),
    ("Island of Dr. Moreau, The (1996)", -0.2281, nil),
    ("Free Willy 3: The Rescue (1997)", -0.2235, nil),
  ]
  static let highest: [(title: String, pyTorch: Double, course: Double?)] = [
    ("Schindler's List (1993)", 0.6118, 0.591),
    ("Titanic (1997)", 0.5769, 0.57),
    ("Shawshank Redemption, The (1994)", 0.5667, 0.562),
    ("L.A. Confidential (1997)", 0.541, 0.541),
    ("Silence of the Lambs, The (1991)", 0.5339, nil),
    ("Star Wars (1977)", 0.5313, nil),
    ("Rear Window (1954)", 0.5304, 0.537),
    ("Good Will Hunting (1997)", 0.5051, nil),
    ("As Good As It Gets (1997)", 0.4928, nil),
    ("Casablanca (1942)", 0.4751, nil),
  ]
}
