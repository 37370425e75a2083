import ExerciseKit
import Testing

/// What was learned of users and films: for each a row of factors and a bias.
struct Tastes {
  var users: [[Double]]
  var films: [[Double]]
  var userBias: [Double]
  var filmBias: [Double]
}

/// 4.2  Write the model of the ratings, so that each pair of a user and a film gets a number.
///
///     zᵢ = Σₖ uₖ·vₖ + b_u + b_v        u, v: the factors of user i and film i of the batch
///
/// What the user likes meets what the film has, and two biases are added: some films are liked by
/// nearly everybody, some users like nearly everything. The sigmoid comes in 4.3.
///
/// Stuck? swift run learn hint 4.2
///
/// - Parameters:
///   - users: a user for each row of the batch
///   - films: the film of the same row
/// - Returns: one number a row
func dotProductBias(users: [Int], films: [Int], _ tastes: Tastes) throws -> [Double] {
  var ratings: [Double] = []
  for (user, film) in zip(users, films) {
    let (u, v): ([Double], [Double]) = (tastes.users[user], tastes.films[film])
    let z: Double = try todo()  // replace this line and the next
    _ = (u, v)
    ratings.append(z)
  }
  return ratings
}

@Test("4.2 dot product with bias", .exercise("4.2"))
func ex4_2() throws {
  try checkDotProductBias(dotProductBias)
  // Your own cases:
}

// How your answer is tried: a case by hand, then random tastes against two rules.

typealias DotProductBiasAnswer = (
  _ users: [Int], _ films: [Int], _ tastes: Tastes
) throws -> [Double]

func checkDotProductBias(_ model: DotProductBiasAnswer) throws {
  // 3·0.5 − 1·4 = −2.5, with 0.5 and −8 it is −10; 1·5 − 2·2 = 1, with 0.25 and 16 it is 17.25.
  let tastes = Tastes(
    users: [[1, 2], [3, -1]], films: [[0.5, 4], [5, -2]], userBias: [0.25, 0.5],
    filmBias: [-8, 16])
  let call =
    "dotProductBias(users: [1, 0], films: [0, 1], u [[1, 2], [3, -1]], v [[0.5, 4], [5, -2]], b_u [0.25, 0.5], b_v [-8, 16])"
  let z = try model([1, 0], [0, 1], tastes)
  try require(
    z.count == 2,
    "\(call) should be 2 numbers, got \(z.count): row i is user i with film i, not with all films")
  try require(
    "\(call)[0]", gives: z[0], expected: -10,
    mistakes: [
      Mistake(-2.5, "both biases are missing: this is the product alone"),
      Mistake(-2, "the film's bias is missing"),
      Mistake(-10.5, "the user's bias is missing"),
      Mistake(13.75, "the biases are exchanged: b_u by the user, b_v by the film"),
      Mistake(5, "the biases are added, not subtracted"),
      Mistake(-6.5, "the biases are added, not multiplied with each other"),
      Mistake(-7.5, "these are the biases alone: the product is missing"),
      Mistake(-6, "this is the product of the first factors alone: sum over all k"),
      Mistake(-8.75, "the products are added up, not averaged"),
      Mistake(-1, "u and v are multiplied, factor by factor, not added"),
      Mistake(17.25, "this is user 0 with film 1: row 0 of the batch is user 1 with film 0"),
      Mistake(0.75, "this is user 0: take the numbers in `users` and `films`, not the row's"),
      Mistake(4.5397868702434395e-05, "this is σ(z): the sigmoid comes in 4.3"),
    ])
  try require("\(call)[1]", gives: z[1], expected: 17.25)
  for seed in 0..<5 {
    let r = randomNumbers(count: 25, in: -1...1, seed: seed)
    let tastes = Tastes(
      users: [Array(r[0..<4]), Array(r[4..<8]), Array(r[8..<12])],
      films: [Array(r[12..<16]), Array(r[16..<20])], userBias: Array(r[20..<23]),
      filmBias: Array(r[23..<25]))
    let call =
      "with u \(tastes.users.map { show($0) }), v \(tastes.films.map { show($0) }), b_u \(show(tastes.userBias)), b_v \(show(tastes.filmBias))"
    var biases = tastes
    biases.users = tastes.users.map { $0.map { _ in 0 } }
    // Without tastes only the biases are left.
    try require(
      "dotProductBias(users: [0, 2], films: [1, 0]) without factors, \(call)",
      gives: model([0, 2], [1, 0], biases),
      expected: [
        tastes.userBias[0] + tastes.filmBias[1], tastes.userBias[2] + tastes.filmBias[0],
      ])
    // The gradient of a user's factors is the film's factors.
    let gradient = try numericGradient(at: tastes.users[2]) { u in
      var moved = tastes
      moved.users[2] = u
      let z = try model([2], [1], moved)
      try require(z.count == 1, "dotProductBias of one pair should be one number, got \(z.count)")
      return z[0]
    }
    try require(
      "the gradient of user 2's factors in dotProductBias(users: [2], films: [1]) \(call)",
      gives: gradient, expected: tastes.films[1], within: 1e-6)
  }
}
