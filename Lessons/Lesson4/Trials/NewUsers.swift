import Foundation
import Unrolled

/// Predictions for new users from a model that never saw them: only their own numbers are fitted, the films' stay.
struct NewUsers {
  let world: ColdStartWorld
  let prior: UserPrior
  /// (v, 1) of each film: `[films, factors + 1]`.
  private let films: Tensor
  private let filmBias: Tensor  // [films]
  /// The mean squared error that the model has left on the old users' ratings.
  private let noise: Float
  private let range = SigmoidRange(0...5.5)

  init(_ world: ColdStartWorld, _ model: DotProductBias) {
    self.world = world
    prior = UserPrior(model, world)
    let v = model.itemFactors.weight.detached()
    films = concatenate(
      [v, Tensor([Float](repeating: 1, count: v.shape[0]), shape: [v.shape[0], 1])], axis: 1)
    filmBias = model.itemBias.weight.detached().reshaped([-1])
    noise = Float(model.meanSquaredError(on: world.old))
  }

  /// A prediction for each row, from θ of the new users; `places` say which of them a row belongs to.
  private func stars(_ theta: Tensor, _ places: [Int], _ items: [Int]) -> Tensor {
    range((theta.rows(places) * films.rows(items)).sum(axes: [1]) + filmBias.rows(items))
  }

  /// The error on the films that new users are judged by.
  func error(_ theta: Tensor) -> Double {
    let place = Dictionary(uniqueKeysWithValues: world.newUsers.enumerated().map { ($1, $0) })
    let places = world.test.users.map { place[$0] ?? 0 }
    return meanSquaredError(stars(theta, places, world.test.items).values, world.test.values)
  }

  /// θ of each new user from some of the ratings and from what is known before, `start`: the a that minimises
  /// Σ (r̂ − r)²/s² + Σ (a − start)².
  func fitted(_ asked: [[(film: Int, stars: Float)]], from start: Tensor) -> Tensor {
    let a = Parameter(start)
    let places = asked.enumerated().flatMap { place, films in films.map { _ in place } }
    guard !places.isEmpty else { return prior.numbers(start) }
    let items = asked.flatMap { $0.map(\.film) }
    let values = Tensor(asked.flatMap { $0.map(\.stars) })
    let adam = Adam([a], learningRate: 0.1)
    for step in 0..<100 {
      adam.learningRate = step < 70 ? 0.1 : 0.02
      adam.zeroGrad()
      let misfit =
        (stars(prior.numbers(a.wrappedValue), places, items) - values).square().sum() / noise
      (misfit + (a.wrappedValue - start).square().sum()).backward()
      adam.step()
    }
    return prior.numbers(a.value)
  }

  /// Films in the order in which to ask: each makes the predictions for all films less uncertain than any other would.
  func mostInformative(_ count: Int) -> [Int] {
    let width = films.shape[1]
    let rows = (1..<films.shape[0]).map { film in films[film].values.map(Double.init) }
    let old = prior.old.values
    var belief = PosteriorCovariance(
      spreadOf: stride(from: 0, to: old.count, by: width).map { Array(old[$0..<($0 + width)]) })
    let moments = PosteriorCovariance.moments(rows)
    // The slope of 5.5·σ(z) at the mean rating turns noise in stars into noise in z.
    let mean = Double(world.old.values.reduce(0, +)) / Double(world.old.count) / 5.5
    let slope = 5.5 * mean * (1 - mean)
    let noise = Double(noise) / (slope * slope)
    var asked: [Int] = []
    for _ in 0..<count {
      let best = rows.indices.filter { !asked.contains($0 + 1) }.max {
        belief.gain(of: rows[$0], noise: noise, over: moments)
          < belief.gain(of: rows[$1], noise: noise, over: moments)
      }
      guard let best else { break }
      belief.observe(rows[best], noise: noise)
      asked.append(best + 1)
    }
    return asked
  }

  /// a of each new user from age and region, by a net that learned it from the old users.
  func fromMetadata(seed: UInt64) -> Tensor {
    var generator = SeededGenerator(seed: seed)
    let width = prior.scale.count
    let net = Sequential(
      Linear(1 + PlantedRatings.regions.count, 16, using: &generator), ReLU(),
      Linear(16, width, using: &generator))
    let adam = Adam(net.parameters, learningRate: 1e-2, weightDecay: .decoupled(0.1))
    let (inputs, targets) = (metadata(world.oldUsers), prior.coordinates)
    for _ in 0..<300 {
      adam.zeroGrad()
      mse(net(inputs), targets).backward()
      adam.step()
    }
    return net(metadata(world.newUsers)).detached()
  }

  /// Age, about 0 and of deviation 1, and the region as a one-hot row: `[users, 5]`.
  private func metadata(_ users: [Int]) -> Tensor {
    let ages = users.map { (Float(world.planted.users[$0].age) - 45.5) / 17.3 }
    let regions = users.map { world.planted.users[$0].region }
    return concatenate(
      [
        Tensor(ages, shape: [ages.count, 1]),
        .oneHot(regions, classes: PlantedRatings.regions.count),
      ], axis: 1)
  }
}
