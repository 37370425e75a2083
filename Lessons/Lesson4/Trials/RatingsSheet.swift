import Unrolled

/// Fifteen users by fifteen films with 206 ratings, like the course's spreadsheet, made from a planted truth.
struct RatingsSheet {
  let titles: [String]
  /// nil where nobody has rated.
  let stars: [[Float?]]
  /// The best prediction for every cell, blank ones too.
  let truth: [[Float]]
  /// What the blank cells would hold, had they been rated.
  private let hidden: [[Float]]
  /// The mean squared error of the truth over the known cells.
  let floor: Double
  private let known: Tensor  // 1 or 0: [15, 15]
  private let values: Tensor  // 0 where blank: [15, 15]

  init(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var settings = PlantedRatings.Settings()
    (settings.users, settings.films, settings.noise) = (15, 15, 0.5)
    let planted = PlantedRatings(settings, using: &generator)
    let cells = (0..<15).map { user in
      (0..<15).map { film in planted.rate(user: user + 1, film: film + 1, using: &generator) }
    }
    let blanks = Set(Array(0..<225).shuffled(using: &generator).prefix(19))
    titles = planted.films.dropFirst().map(\.title)
    hidden = cells
    stars = (0..<15).map { u in
      (0..<15).map { f in blanks.contains(u * 15 + f) ? nil : cells[u][f] }
    }
    let expected = (1...15).map { u in (1...15).map { f in planted.expected(user: u, film: f) } }
    truth = expected.map { row in row.map { Float($0.mean) } }
    let variances = expected.flatMap { row in row.map(\.variance) }
    floor = variances.indices.filter { !blanks.contains($0) }.reduce(0) { $0 + variances[$1] } / 206
    known = Tensor((0..<225).map { blanks.contains($0) ? 0 : 1 }, shape: [15, 15])
    values = Tensor(stars.flatMap { row in row.map { $0 ?? 0 } }, shape: [15, 15])
  }

  /// The mean squared error over the known cells.
  func error(_ products: Tensor) -> Tensor { ((products - values) * known).square().sum() / 206 }

  /// The first cell on the diagonal's middle that is known.
  var shown: (user: Int, film: Int) {
    let cells = (0..<15).map { (user: 6, film: ($0 + 8) % 15) }
    return cells.first { stars[$0.user][$0.film] != nil } ?? (0, 0)
  }

  func name(of user: Int) -> String { "user \(user + 1)" }

  func rmse(_ table: [[Float]], known: Bool) -> Double {
    let cells = (0..<225).filter { (stars[$0 / 15][$0 % 15] != nil) == known }
    let error = meanSquaredError(
      cells.map { table[$0 / 15][$0 % 15] }, cells.map { hidden[$0 / 15][$0 % 15] })
    return error.squareRoot()
  }
}
