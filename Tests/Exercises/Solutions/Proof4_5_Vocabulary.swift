import ExerciseKit
import Testing

// MARK: Hints
// 1. Count first: a dictionary from word to count. What else has to be known of a word for the order?
// 2. Go through the text once and note each new word in a list; sort that list by count. Swift's sort keeps the order
//    of equals, so first appearances need no number of their own.
// 3. for token in tokens { if counts[token] == nil { order.append(token) }; counts[token, default: 0] += 1 }
//    Then filter by minimum, leave out "xxunk", sort by falling count, and put "xxunk" in front.

// MARK: Solution
private enum Solution {
  static func vocabulary(_ tokens: [String], minimum: Int) -> [String] {
    var counts: [String: Int] = [:]
    var order: [String] = []
    for token in tokens {
      if counts[token] == nil { order.append(token) }
      counts[token, default: 0] += 1
    }
    let kept = order.filter { counts[$0, default: 0] >= minimum && $0 != "xxunk" }
    return ["xxunk"] + kept.sorted { counts[$0, default: 0] > counts[$1, default: 0] }
  }
}

// MARK: Why this works
// A word seen once cannot be learned from, and the model has to meet `xxunk` in training to know what to do with it later: leaving
// rare words out serves both. Frequent words have small numbers, so cutting the list after so many keeps those that count. The
// order of equals is fixed so that the same text gives the same numbers every time: a saved model is worth nothing with another list.

// MARK: Proofs
@Test("4.5 solution") func solution4_5() throws { try checkVocabulary(Solution.vocabulary) }

@Test("4.5 wrong: no place for unknown words") func wrong4_5_unknown() {
  expectRefusal("kept free for unknown words") {
    try checkVocabulary { Array(Solution.vocabulary($0, minimum: $1).dropFirst()) }
  }
}

@Test("4.5 wrong: rare words are kept") func wrong4_5_rare() {
  expectRefusal("comes once is not to be kept") {
    try checkVocabulary { tokens, _ in Solution.vocabulary(tokens, minimum: 1) }
  }
}

@Test("4.5 wrong: equals by letters") func wrong4_5_letters() {
  expectRefusal("in the order in which they first appear") {
    try checkVocabulary { tokens, minimum in
      let count = { word in tokens.count { $0 == word } }
      return ["xxunk"]
        + Solution.vocabulary(tokens, minimum: minimum).dropFirst()
        .sorted { (count($1), $0) < (count($0), $1) }
    }
  }
}

@Test("4.5 wrong: more than the minimum") func wrong4_5_more() {
  expectRefusal("not more than that") {
    try checkVocabulary { Solution.vocabulary($0, minimum: $1 + 1) }
  }
}

/// Each of these mistakes gets its own advice.
@Test("4.5 wrong: others") func wrong4_5_others() {
  typealias Rule = (_ kept: [String], _ count: (String) -> Int) -> [String]
  let mistakes: [(words: String, rule: Rule)] = [
    ("the words stand as they first appear", { kept, _ in kept }),
    ("the rarest stands first", { kept, count in kept.sorted { count($0) < count($1) } }),
    ("the words stand by their letters", { kept, _ in kept.sorted() }),
    (
      "each word stands there once",
      { kept, count in
        kept.sorted { count($0) > count($1) }
          .flatMap { [String](repeating: $0, count: count($0)) }
      }
    ),
  ]
  #expect(mistakes.count == 4)
  for (words, rule) in mistakes {
    expectRefusal(words) {
      try checkVocabulary { tokens, minimum in
        let count = { (word: String) in tokens.count { $0 == word } }
        var kept: [String] = []
        for token in tokens where count(token) >= minimum && !kept.contains(token) {
          if token != "xxunk" { kept.append(token) }
        }
        return ["xxunk"] + rule(kept, count)
      }
    }
  }
  expectRefusal("has number 0") {
    try checkVocabulary { Solution.vocabulary($0, minimum: $1).dropFirst() + ["xxunk"] }
  }
  expectRefusal("should stand in the list once") {
    try checkVocabulary { tokens, minimum in
      let rest = Solution.vocabulary(tokens, minimum: minimum)
      return tokens.contains("xxunk") ? ["xxunk"] + rest : rest
    }
  }
}
