import Unrolled

/// All that the cold-start section measures, in one world: mean squared errors for 60 new users.
struct ColdStartTrial: Sendable {
  static let retrainedCounts = [0, 1, 2, 5, 20]
  static let askedCounts = [0, 1, 2, 5, 10, 20]

  /// What noise leaves.
  var floor = 0.0
  /// Trained anew with so many ratings of each new user.
  var retrained: [Double] = []
  /// Only the new users' numbers fitted, to so many films.
  var random: [Double] = []
  var informative: [Double] = []
  /// The same as `random`, but starting from what the net says of age and region.
  var metadata: [Double] = []
  /// How likely an old user has rated a film: the mean of the first five asked, and of all films.
  var askedPopularity = 0.0
  var meanPopularity = 0.0
  /// The first films of the informative order.
  var firstFilms: [String] = []

  init(seed: UInt64) {
    let world = ColdStartWorld(seed: seed)
    floor = world.planted.floor(of: world.test)
    let models = Self.retrainedCounts.map { world.trained(with: $0, seed: seed) }
    retrained = models.map { $0?.meanSquaredError(on: world.test) ?? .nan }
    guard let model = models[0] else { return }
    let new = NewUsers(world, model)
    let order = new.mostInformative(60)
    let nothing = Tensor.zeros([world.newUsers.count, ColdStartWorld.factors + 1])
    let told = new.fromMetadata(seed: seed)
    // A film that a user is judged by cannot be asked for.
    let ranked = world.open.map { films -> [(film: Int, stars: Float)] in
      let stars = Dictionary(uniqueKeysWithValues: films.map { ($0.film, $0.stars) })
      return order.compactMap { film in stars[film].map { (film: film, stars: $0) } }
    }
    for count in Self.askedCounts {
      let first = world.open.map { Array($0.prefix(count)) }
      random.append(new.error(new.fitted(first, from: nothing)))
      metadata.append(new.error(new.fitted(first, from: told)))
      informative.append(
        new.error(new.fitted(ranked.map { Array($0.prefix(count)) }, from: nothing)))
    }
    var counts = [Double](repeating: 0, count: world.planted.films.count)
    for film in world.old.items { counts[film] += 1 / Double(world.oldUsers.count) }
    askedPopularity = meanAndDeviation(order.prefix(5).map { counts[$0] }).mean
    meanPopularity = meanAndDeviation(Array(counts.dropFirst())).mean
    firstFilms = order.prefix(5).map {
      "\(world.planted.films[$0].title) (\(PlantedRatings.genres[world.planted.films[$0].genre]))"
    }
  }
}
