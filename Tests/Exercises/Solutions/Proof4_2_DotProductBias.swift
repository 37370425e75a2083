import ExerciseKit
import Foundation
import Testing

// MARK: Hints
// 1. One row of the batch at a time: which user, which film, and four things to look up.
// 2. zip(users, films) gives the pairs; the product of two lists is a sum over their places.
// 3. For a pair (u, v): zip(tastes.users[u], tastes.films[v]) multiplied and added up, then
//    tastes.userBias[u] and tastes.filmBias[v] added.

// MARK: Solution
private enum Solution {
  static func dotProductBias(users: [Int], films: [Int], _ tastes: Tastes) -> [Double] {
    zip(users, films).map { user, film in
      var z = tastes.userBias[user] + tastes.filmBias[film]
      for (u, v) in zip(tastes.users[user], tastes.films[film]) { z += u * v }
      return z
    }
  }
}

// MARK: Why this works
// The product is large where the user likes what the film has much of, and negative where the film has
// what the user dislikes. A film that everybody likes would need factors that suit everybody; its bias
// says the same with one number. The gradient of the user's factors is the film's factors: a rating that
// was too low moves the user towards the film.

// MARK: Proofs
@Test("4.2 solution") func solution4_2() throws { try checkDotProductBias(Solution.dotProductBias) }

@Test("4.2 wrong: no biases") func wrong4_2_biases() {
  expectRefusal("both biases are missing") {
    try checkDotProductBias { users, films, tastes in
      var bare = tastes
      bare.userBias = tastes.userBias.map { _ in 0 }
      bare.filmBias = tastes.filmBias.map { _ in 0 }
      return Solution.dotProductBias(users: users, films: films, bare)
    }
  }
}

@Test("4.2 wrong: the film's bias is left out") func wrong4_2_film() {
  expectRefusal("the film's bias is missing") {
    try checkDotProductBias { users, films, tastes in
      var bare = tastes
      bare.filmBias = tastes.filmBias.map { _ in 0 }
      return Solution.dotProductBias(users: users, films: films, bare)
    }
  }
}

@Test("4.2 wrong: every user with every film") func wrong4_2_all() {
  expectRefusal("row i is user i with film i") {
    try checkDotProductBias { users, films, tastes in
      users.flatMap { user in
        films.flatMap { Solution.dotProductBias(users: [user], films: [$0], tastes) }
      }
    }
  }
}

/// Each of these mistakes gets its own advice.
@Test("4.2 wrong: others") func wrong4_2_others() {
  typealias Rule = (_ u: [Double], _ v: [Double], _ userBias: Double, _ filmBias: Double) -> Double
  func product(_ u: [Double], _ v: [Double]) -> Double { zip(u, v).map { $0 * $1 }.reduce(0, +) }
  let mistakes: [(words: String, rule: Rule)] = [
    ("both biases are missing", { u, v, _, _ in product(u, v) }),
    ("the user's bias is missing", { u, v, _, b in product(u, v) + b }),
    ("not subtracted", { u, v, a, b in product(u, v) - a - b }),
    ("not multiplied with each other", { u, v, a, b in product(u, v) + a * b }),
    ("the biases alone", { _, _, a, b in a + b }),
    ("sum over all k", { u, v, a, b in u[0] * v[0] + a + b }),
    ("not averaged", { u, v, a, b in product(u, v) / Double(u.count) + a + b }),
    ("factor by factor, not added", { u, v, a, b in (u + v).reduce(0, +) + a + b }),
    ("the sigmoid comes in 4.3", { u, v, a, b in 1 / (1 + exp(-(product(u, v) + a + b))) }),
  ]
  #expect(mistakes.count == 9)
  for (words, rule) in mistakes {
    expectRefusal(words) {
      try checkDotProductBias { users, films, tastes in
        zip(users, films).map {
          rule(tastes.users[$0], tastes.films[$1], tastes.userBias[$0], tastes.filmBias[$1])
        }
      }
    }
  }
  expectRefusal("the biases are exchanged") {
    try checkDotProductBias { users, films, tastes in
      zip(users, films).map {
        product(tastes.users[$0], tastes.films[$1]) + tastes.userBias[$1] + tastes.filmBias[$0]
      }
    }
  }
  expectRefusal("row 0 of the batch is user 1") {
    try checkDotProductBias { users, films, tastes in
      Solution.dotProductBias(users: films, films: users.map { $0 % 2 }, tastes)
    }
  }
  expectRefusal("not the row's") {
    try checkDotProductBias { users, films, tastes in
      Solution.dotProductBias(
        users: Array(users.indices), films: Array(films.indices), tastes)
    }
  }
}
