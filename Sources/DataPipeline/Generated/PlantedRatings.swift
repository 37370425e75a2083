import Foundation
import Tensors

/// Generated ratings of films whose truth is known, so that what a model learns can be held against it.
///
///     z = c + b_u + b_f + Σ_g t_ug · w_fg
///     rating = low + (high − low)·σ(z) + noise, to the nearest half star that exists
///
/// A film has a share w of each genre and a bias: some are liked by all. A user has a taste t for each genre and a
/// bias: some like everything. Part of a user's taste and bias follows from age and region. A few films are seen by
/// many, most by few, and users see more of what they like.
///
/// Weights have mean 0 over the films and tastes over the users, genre by genre, so a bias is what is left when tastes
/// are set aside. Users and films are numbered as in `ratings`, from 1; number 0 is the unknown one, with zeros.
public struct PlantedRatings: Sendable {
  public static let genres = ["action", "romance", "comedy"]
  public static let regions = ["north", "east", "south", "west"]

  public struct Settings: Sendable {
    public var users = 300
    public var films = 200
    /// The mean over users; their counts are spread log-normally.
    public var ratingsPerUser = 40.0
    public var fewestRatings = 5
    /// Standard deviations of what adds up to z.
    public var userBias: Float = 0.35
    public var filmBias: Float = 0.4
    public var affinity: Float = 0.5
    /// c: where the mean user puts the mean film.
    public var centre: Float = 0.5
    /// Standard deviation, in stars.
    public var noise: Float = 0.7
    /// What the sigmoid spans.
    public var range: ClosedRange<Float> = 0...5.5
    /// What can be given, in steps.
    public var stars: ClosedRange<Float> = 0.5...5
    public var step: Float = 0.5
    /// How much of the variance of tastes and biases of users follows from age and region.
    public var metadataShare: Float = 0.6
    /// The film with rank k is seen in proportion to 1/k to this power.
    public var popularityExponent = 0.8
    /// How much more likely users see what they like: a film is seen in proportion to e to this, times Σ t·w.
    public var choosiness = 0.7

    public init() {}
  }

  public struct User: Sendable {
    public let name: String
    public let age: Int
    /// A place in `regions`.
    public let region: Int
    public let bias: Float
    /// t: one a genre.
    public let tastes: [Float]
  }

  public struct Film: Sendable {
    public let title: String
    /// The genre with the largest share, a place in `genres`.
    public let genre: Int
    /// How much it has of each genre, from 0 to 1.
    public let shares: [Float]
    /// w: the shares less their means over all films.
    public let weights: [Float]
    public let bias: Float
    /// How likely it is seen; all films together 1.
    public let popularity: Double
  }

  public let settings: Settings
  public let users: [User]
  public let films: [Film]
  public let ratings: Ratings

  public init(
    _ settings: Settings = Settings(), using generator: inout some RandomNumberGenerator
  ) {
    expect(
      settings.users > 1 && settings.films > 1 && 1...settings.films ~= settings.fewestRatings,
      "PlantedRatings expects two users and films or more, and no more ratings a user than films, got \(settings.users), \(settings.films) and \(settings.fewestRatings)"
    )
    expect(
      settings.noise > 0 && settings.step > 0 && 0...1 ~= settings.metadataShare,
      "PlantedRatings expects positive noise and steps and a share between 0 and 1, got \(settings.noise), \(settings.step) and \(settings.metadataShare)"
    )
    self.settings = settings
    films = Self.films(settings, using: &generator)
    users = Self.users(settings, films, using: &generator)
    ratings = Self.ratings(settings, users, films, using: &generator)
  }

  /// z of a user and a film.
  public func score(user: Int, film: Int) -> Float {
    settings.score(users[user], films[film])
  }

  /// A new rating of a film by a user, with new noise.
  public func rate(
    user: Int, film: Int, using generator: inout some RandomNumberGenerator
  ) -> Float {
    settings.rating(score(user: user, film: film), using: &generator)
  }
}

extension PlantedRatings {
  private static func films(
    _ settings: Settings, using generator: inout some RandomNumberGenerator
  ) -> [Film] {
    let genre = (0..<settings.films).map { _ in Int.random(in: genres.indices, using: &generator) }
    let shares = genre.map { main -> [Float] in
      // One other genre is mixed in, in two films of five.
      let second = Int.random(in: 1..<genres.count, using: &generator)
      let isMixed = generator.uniform() < 0.4
      return genres.indices.map { place in
        let u = generator.uniform()
        if place == main { return 0.6 + 0.4 * u }
        return isMixed && place == (main + second) % genres.count ? 0.3 + 0.3 * u : 0.15 * u
      }
    }
    let means = genres.indices.map { g in mean(shares.map { $0[g] }) }
    let biases = standardized(normal(settings.films, &generator)).map { $0 * settings.filmBias }
    var seen = (1...settings.films).map { pow(Double($0), -settings.popularityExponent) }
    seen.shuffle(using: &generator)
    let all = seen.reduce(0, +)
    let titles = FilmTitles.draw(genre, using: &generator)
    let films = titles.indices.map { i in
      Film(
        title: titles[i], genre: genre[i], shares: shares[i],
        weights: zip(shares[i], means).map { $0 - $1 }, bias: biases[i], popularity: seen[i] / all)
    }
    let zeros = genres.map { _ in Float(0) }
    let unknown = Film(
      title: "#na#", genre: 0, shares: means, weights: zeros, bias: 0, popularity: 0)
    return [unknown] + films.sorted { $0.title < $1.title }
  }

  private static func users(
    _ settings: Settings, _ films: [Film], using generator: inout some RandomNumberGenerator
  ) -> [User] {
    let ages = (0..<settings.users).map { _ in Int.random(in: 16...75, using: &generator) }
    let places = ages.map { _ in Int.random(in: regions.indices, using: &generator) }
    /// A trait of all users with mean 0 and deviation 1: a part from age (a bent line) and region, and their own.
    func trait() -> [Float] {
      let (line, own) = (normal(2 + regions.count, &generator), normal(settings.users, &generator))
      let years = ages.map { (Float($0) - 45.5) / 17.3 }
      let common = standardized(
        zip(years, places).map { line[0] * $0 + line[1] * $0 * $0 + line[2 + $1] })
      let share = settings.metadataShare
      return standardized(
        zip(common, standardized(own)).map {
          share.squareRoot() * $0 + (1 - share).squareRoot() * $1
        })
    }
    let biases = trait().map { $0 * settings.userBias }
    let tastes = genres.map { _ in trait() }
    // Tastes are scaled so that Σ t·w over all pairs has the deviation asked for; its mean is 0.
    var squares: Float = 0
    for u in ages.indices {
      for film in films.dropFirst() {
        let dot = zip(tastes, film.weights).reduce(0) { $0 + $1.0[u] * $1.1 }
        squares += dot * dot / Float(settings.films)
      }
    }
    let spread = (squares / Float(settings.users)).squareRoot()
    let scale = spread > 0 ? settings.affinity / spread : 0
    let unknown = User(name: "#na#", age: 0, region: 0, bias: 0, tastes: genres.map { _ in 0 })
    return [unknown]
      + ages.indices.map { u in
        User(
          name: String(u + 1), age: ages[u], region: places[u], bias: biases[u],
          tastes: tastes.map { $0[u] * scale })
      }
  }

  private static func ratings(
    _ settings: Settings, _ users: [User], _ films: [Film],
    using generator: inout some RandomNumberGenerator
  ) -> Ratings {
    let spread: Float = 0.6
    let sizes = normal(users.count, &generator).map {
      settings.ratingsPerUser * Double(exp(spread * $0 - spread * spread / 2))
    }
    var rows: [(user: Int, film: Int, value: Float)] = []
    for user in 1..<users.count {
      let count = min(max(settings.fewestRatings, Int(sizes[user].rounded())), films.count - 1)
      // The smallest of exponential waiting times: a draw without return, in proportion to the chances
      // (Efraimidis and Spirakis 2006).
      let waits = (1..<films.count).map { film -> (wait: Double, film: Int) in
        let affinity = Double(settings.affinity(users[user], films[film]))
        let chance = films[film].popularity * exp(settings.choosiness * affinity)
        return (-log(1 - Double(generator.uniform())) / chance, film)
      }
      for (_, film) in waits.sorted(by: { $0 < $1 }).prefix(count) {
        let z = settings.score(users[user], films[film])
        rows.append((user, film, settings.rating(z, using: &generator)))
      }
    }
    rows.shuffle(using: &generator)
    return Ratings(
      users: rows.map(\.user), items: rows.map(\.film), values: rows.map(\.value),
      userNames: users.map(\.name), itemNames: films.map(\.title))
  }

  private static func normal(
    _ count: Int, _ generator: inout some RandomNumberGenerator
  ) -> [Float] { Tensor.normal([count], using: &generator).values }

  private static func mean(_ x: [Float]) -> Float { x.reduce(0, +) / Float(x.count) }

  private static func standardized(_ x: [Float]) -> [Float] {
    let centre = mean(x)
    let deviation = mean(x.map { ($0 - centre) * ($0 - centre) }).squareRoot()
    return x.map { deviation > 0 ? ($0 - centre) / deviation : 0 }
  }
}

extension PlantedRatings.Settings {
  /// Σ t·w
  func affinity(_ user: PlantedRatings.User, _ film: PlantedRatings.Film) -> Float {
    zip(user.tastes, film.weights).reduce(0) { $0 + $1.0 * $1.1 }
  }

  func score(_ user: PlantedRatings.User, _ film: PlantedRatings.Film) -> Float {
    centre + user.bias + film.bias + affinity(user, film)
  }

  /// low + (high − low)·σ(z), in stars.
  func level(_ z: Float) -> Float {
    range.lowerBound + (range.upperBound - range.lowerBound) / (1 + exp(-z))
  }

  func rating(_ z: Float, using generator: inout some RandomNumberGenerator) -> Float {
    let x = Tensor.normal([1], mean: level(z), deviation: noise, using: &generator).item
    let steps = ((x - stars.lowerBound) / step).rounded()
    return min(stars.lowerBound + max(0, steps) * step, stars.upperBound)
  }
}
