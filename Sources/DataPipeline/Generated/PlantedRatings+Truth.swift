import Foundation

extension PlantedRatings {
  /// Mean and variance of the ratings that a user would give a film, again and again.
  ///
  /// No model can come closer on average than this mean, and the variance is its squared error. With m = low + (high −
  /// low)·σ(z) and noise s, star k comes up when m + noise lies within half a step of it, the last star at each end when
  /// it lies beyond as well: P(k) = Φ((k + step/2 − m)/s) − Φ((k − step/2 − m)/s).
  public func expected(user: Int, film: Int) -> (mean: Double, variance: Double) {
    let level = Double(settings.level(score(user: user, film: film)))
    let (noise, step) = (Double(settings.noise), Double(settings.step))
    let (low, high) = (Double(settings.stars.lowerBound), Double(settings.stars.upperBound))
    let count = Int(((high - low) / step).rounded())
    /// How likely a rating is below the border between star i − 1 and star i.
    func below(_ i: Int) -> Double {
      if i <= 0 { return 0 }
      if i > count { return 1 }
      return 0.5 * erfc(-(low + (Double(i) - 0.5) * step - level) / (noise * 2.0.squareRoot()))
    }
    var (mean, square) = (0.0, 0.0)
    for i in 0...count {
      let star = low + Double(i) * step
      let chance = below(i + 1) - below(i)
      mean += chance * star
      square += chance * star * star
    }
    return (mean, square - mean * mean)
  }

  /// The best prediction for each row.
  public func bestPredictions(of rows: Ratings) -> [Float] {
    zip(rows.users, rows.items).map { Float(expected(user: $0, film: $1).mean) }
  }

  /// The mean squared error that even the truth has on rows like these: what noise leaves.
  public func floor(of rows: Ratings) -> Double {
    let variances = zip(rows.users, rows.items).map { expected(user: $0, film: $1).variance }
    return variances.reduce(0, +) / Double(max(variances.count, 1))
  }

  /// The ratings as `ratings.csv` of MovieLens has them: userId, movieId, rating; films by their number here.
  public var csv: String {
    var lines = ["userId,movieId,rating"]
    for ((user, film), value) in zip(zip(ratings.users, ratings.items), ratings.values) {
      lines.append("\(user),\(film),\(value)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Writes `ratings.csv`, and `movies.csv` and `users.csv` with what is known of films and users.
  public func write(to folder: URL) throws {
    var filmLines = ["movieId,title,genre"]
    for (number, film) in films.enumerated().dropFirst() {
      filmLines.append("\(number),\(film.title),\(Self.genres[film.genre])")
    }
    var userLines = ["userId,age,region"]
    for user in users.dropFirst() {
      userLines.append("\(user.name),\(user.age),\(Self.regions[user.region])")
    }
    let files = [
      "ratings.csv": csv, "movies.csv": filmLines.joined(separator: "\n") + "\n",
      "users.csv": userLines.joined(separator: "\n") + "\n",
    ]
    for (name, text) in files {
      do {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: folder.appending(path: name))
      } catch {
        throw DataError("cannot write \(folder.appending(path: name).path)")
      }
    }
  }
}
