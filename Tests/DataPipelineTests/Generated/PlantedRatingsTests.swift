import DataPipeline
import Foundation
import Tensors
import Testing

private func planted(
  seed: UInt64 = 42, _ change: (inout PlantedRatings.Settings) -> Void = { _ in }
) -> PlantedRatings {
  var settings = PlantedRatings.Settings()
  change(&settings)
  var generator = SeededGenerator(seed: seed)
  return PlantedRatings(settings, using: &generator)
}

private func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }

private func deviation(_ x: [Double]) -> Double {
  let m = mean(x)
  return mean(x.map { ($0 - m) * ($0 - m) }).squareRoot()
}

@Suite struct PlantedRatingsTests {
  @Test func theSeedAloneDecides() {
    #expect(planted().csv == planted().csv)
    #expect(planted().csv != planted(seed: 1).csv)
  }

  @Test func everyRatingIsAHalfStarAndNobodyRatesAFilmTwice() {
    let ratings = planted().ratings
    #expect(ratings.values.allSatisfy { 0.5...5 ~= $0 && ($0 * 2).rounded() == $0 * 2 })
    let pairs = Set(zip(ratings.users, ratings.items).map { [$0, $1] })
    #expect(pairs.count == ratings.count)
    // The mean of 300 log-normal counts around 40, of deviation 40·√(e^0.36 − 1) = 26: four standard errors.
    #expect(abs(Double(ratings.count) / 300 - 40) < 4 * 26 / 300.0.squareRoot())
  }

  @Test func usersAndFilmsStandInTheOrderOfTheRatingsNumbers() {
    let planted = planted()
    let (ratings, users, films) = (planted.ratings, planted.users, planted.films)
    #expect(ratings.userNames == users.map(\.name))
    #expect(ratings.itemNames == films.map(\.title))
    #expect(films.dropFirst().map(\.title) == films.dropFirst().map(\.title).sorted())
    #expect(ratings.users.allSatisfy { 1...300 ~= $0 } && ratings.items.allSatisfy { $0 > 0 })
    #expect(planted.score(user: 0, film: 0) == planted.settings.centre)
  }

  @Test func titlesAreUniqueHoweverMany() {
    let films = planted { $0.films = 1000 }.films
    #expect(Set(films.map(\.title)).count == 1001)
  }

  @Test func plantedPartsHaveTheirSizes() {
    let planted = planted()
    let (users, films) = (planted.users.dropFirst(), planted.films.dropFirst())
    // Rounding of some hundred numbers below 1 in 32 bits.
    let rounding = 1e-5
    for genre in PlantedRatings.genres.indices {
      #expect(abs(mean(users.map { Double($0.tastes[genre]) })) < rounding)
      #expect(abs(mean(films.map { Double($0.weights[genre]) })) < rounding)
    }
    #expect(abs(deviation(users.map { Double($0.bias) }) - 0.35) < rounding)
    #expect(abs(deviation(films.map { Double($0.bias) }) - 0.4) < rounding)
    let dots = users.flatMap { user in
      films.map { film in zip(user.tastes, film.weights).reduce(0.0) { $0 + Double($1.0 * $1.1) } }
    }
    #expect(abs(deviation(dots) - 0.5) < rounding)
    #expect(films.allSatisfy { film in film.shares[film.genre] == film.shares.max() })
  }

  /// Fresh ratings, 20,000 a pair, against the closed form: mean and variance within four of their standard errors.
  @Test(arguments: [(1, 1), (2, 50), (7, 120)]) func theTruthIsWhatFreshRatingsGive(
    user: Int, film: Int
  ) {
    // Whole stars and much noise: rounding and the ends of the scale matter most.
    let planted = planted {
      $0.step = 1
      $0.stars = 1...5
      $0.noise = 1.5
    }
    var generator = SeededGenerator(seed: 1)
    let fresh = (0..<20_000).map { _ in
      Double(planted.rate(user: user, film: film, using: &generator))
    }
    let (expected, variance) = planted.expected(user: user, film: film)
    #expect(abs(mean(fresh) - expected) < 4 * (variance / 20_000).squareRoot())
    let squares = fresh.map { ($0 - expected) * ($0 - expected) }
    #expect(abs(mean(squares) - variance) < 4 * deviation(squares) / 20_000.0.squareRoot())
  }

  @Test func theFloorIsTheErrorOfTheBestPredictions() {
    let planted = planted()
    let rows = planted.ratings
    let squares = zip(planted.bestPredictions(of: rows), rows.values).map {
      Double($0 - $1) * Double($0 - $1)
    }
    let standardError = deviation(squares) / Double(squares.count).squareRoot()
    #expect(abs(mean(squares) - planted.floor(of: rows)) < 4 * standardError)
    // Rounding to half stars adds 0.5²/12 to 0.7², the ends of the scale take some away.
    #expect(0.4...0.52 ~= planted.floor(of: rows))
  }

  @Test func fewFilmsAreSeenByMany() {
    /// The share of the ratings that the fifth of the films with the most have.
    func topShare(_ ratings: Ratings) -> Double {
      var counts = [Int](repeating: 0, count: 201)
      for film in ratings.items { counts[film] += 1 }
      return Double(counts.sorted().suffix(40).reduce(0, +)) / Double(ratings.count)
    }
    let even = planted {
      $0.popularityExponent = 0
      $0.choosiness = 0
    }
    // A fifth, and a little more since the luckiest are picked; twice a fifth with the tail.
    #expect(0.2...0.3 ~= topShare(even.ratings))
    #expect(topShare(planted().ratings) > 0.4)
  }

  @Test func choosyUsersSeeWhatTheyLike() {
    func affinity(_ choosiness: Double) -> (mean: Double, standardError: Double) {
      let planted = planted { $0.choosiness = choosiness }
      let dots = zip(planted.ratings.users, planted.ratings.items).map { user, film in
        let (user, film) = (planted.users[user], planted.films[film])
        return zip(user.tastes, film.weights).reduce(0.0) { $0 + Double($1.0 * $1.1) }
      }
      // Rows of one user hang together, so users are counted, not rows.
      return (mean(dots), deviation(dots) / 300.0.squareRoot())
    }
    #expect(abs(affinity(0).mean) < 4 * affinity(0).standardError)
    #expect(affinity(2).mean > 8 * affinity(2).standardError)
  }

  /// A least-squares fit of age, age² and region: its R² is the planted share, within four standard errors of an R² of
  /// 0.6 over 2,000 users, 2·√0.6·0.4/√2000 = 0.014.
  @Test func ageAndRegionExplainTheirShare() {
    let planted = planted { $0.users = 2000 }
    let users = Array(planted.users.dropFirst())
    let columns = users.flatMap { user -> [Float] in
      let years = (Float(user.age) - 45.5) / 17.3
      return [years, years * years] + (0..<4).map { $0 == user.region ? 1 : 0 }
    }
    let svd = SingularValueDecomposition(Tensor(columns, shape: [users.count, 6]))
    for genre in PlantedRatings.genres.indices {
      let y = Tensor(users.map { $0.tastes[genre] })
      // The columns of U span what the six can say.
      let along = matmul(svd.u.transposed(), y.reshaped([-1, 1]))
      let share = along.square().sum().item / y.square().sum().item
      #expect(abs(share - 0.6) < 0.056)
    }
  }

  @Test func theFilesAreReadAsMovieLensReadsThem() throws {
    let planted = planted()
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try planted.write(to: folder)
    let read = try MovieLens.sample(folder.appending(path: "ratings.csv").path)
    #expect(read.values == planted.ratings.values)
    #expect(
      read.users.map { read.userNames[$0] }
        == planted.ratings.users.map { planted.ratings.userNames[$0] })
    let titles = try CSVFile(folder.appending(path: "movies.csv").path).column("title")
    #expect(["#na#"] + titles == planted.ratings.itemNames)
    #expect(try CSVFile(folder.appending(path: "users.csv").path).rows.count == 300)
  }
}
