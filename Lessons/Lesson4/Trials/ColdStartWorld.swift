import Foundation
import Unrolled

/// A world with 240 users that a model was trained on, and 60 new ones.
///
/// Each new user has 40 films to be judged by, drawn at random, and all other films in a random order to be rated first.
struct ColdStartWorld {
  static let factors = 5

  let planted: PlantedRatings
  let oldUsers: [Int]
  let newUsers: [Int]
  /// The ratings of the old users.
  let old: Ratings
  /// Of each new user the films that can be rated first, and what the ratings would be.
  let open: [[(film: Int, stars: Float)]]
  /// The ratings that predictions are compared with.
  let test: Ratings

  init(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let planted = PlantedRatings(using: &generator)
    let order = Array(1..<planted.users.count).shuffled(using: &generator)
    newUsers = Array(order.prefix(60)).sorted()
    oldUsers = Array(order.dropFirst(60)).sorted()
    let isOld = Set(oldUsers)
    let all = planted.ratings
    old = all.sample((0..<all.count).filter { isOld.contains(all.users[$0]) })
    let rated = newUsers.map { user in
      Array(1..<planted.films.count).shuffled(using: &generator).map {
        (film: $0, stars: planted.rate(user: user, film: $0, using: &generator))
      }
    }
    open = rated.map { Array($0.dropFirst(40)) }
    let judged = zip(newUsers, rated).flatMap { user, films in
      films.prefix(40).map { (user: user, film: $0.film, stars: $0.stars) }
    }
    test = all.withRows(
      users: judged.map(\.user), items: judged.map(\.film), values: judged.map(\.stars))
    self.planted = planted
  }

  /// A model of the old users, and of the new ones with their first `count` ratings each.
  func trained(with count: Int, seed: UInt64) -> DotProductBias? {
    let more = zip(newUsers, open).flatMap { user, films in
      films.prefix(count).map { (user: user, film: $0.film, stars: $0.stars) }
    }
    let rows = old.withRows(
      users: old.users + more.map(\.user), items: old.items + more.map(\.film),
      values: old.values + more.map(\.stars))
    let trial = RatingsTrial(factors: Self.factors, epochs: 10, rate: 1e-2, weightDecay: 0.1)
    return try? trial.run(train: rows, valid: test, seed: seed).model
  }
}

/// What is known of users before any rating: the numbers (u, b) of the old ones, as a mean and principal components.
///
/// θ = θ̄ + Σ a_i·√λ_i·e_i: for an old user drawn at random each a_i has mean 0 and variance 1.
struct UserPrior {
  let old: Tensor  // [old users, factors + 1]
  let components: PrincipalComponents
  let scale: Tensor  // √λ: [factors + 1]

  init(_ model: DotProductBias, _ world: ColdStartWorld) {
    old = concatenate(
      [
        model.userFactors.weight.detached().rows(world.oldUsers),
        model.userBias.weight.detached().rows(world.oldUsers),
      ], axis: 1)
    components = PrincipalComponents(old)
    scale = Tensor(components.variances.map { $0.squareRoot() })
  }

  /// θ from a: `[users, factors + 1]` both.
  func numbers(_ a: Tensor) -> Tensor { components.restore(a * scale) }

  /// a of the old users.
  var coordinates: Tensor { components.project(old) / scale }
}
