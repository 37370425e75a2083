import DataPipeline
import ExerciseKit
import Testing

/// 4.5  Write the vocabulary of a text, so that every word that comes often enough has a number.
///
///     number 0: "xxunk", for all words that are not in the vocabulary
///     then:     the words that come at least `minimum` times, the most frequent first;
///               equally frequent ones in the order in which they first appear
///
/// Stuck? swift run learn hint 4.5
///
/// - Parameters:
///   - tokens: the words of the training text, in order
///   - minimum: how often a word has to come to be kept
/// - Returns: the words; the place of a word in this list is its number
func vocabulary(_ tokens: [String], minimum: Int) throws -> [String] {
  try todo()  // replace this line
}

@Test("4.5 vocabulary", .exercise("4.5"))
func ex4_5() throws {
  try checkVocabulary(vocabulary)
  // Your own cases:
}

// How your answer is tried: two texts by hand, then random ones against the engine's vocabulary.

func checkVocabulary(_ vocabulary: ([String], Int) throws -> [String]) throws {
  func list(_ words: [String]) -> String { "[\(words.joined(separator: ", "))]" }
  func split(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
  func compare(
    _ text: String, minimum: Int, _ expected: String, _ mistakes: [(String, String)] = []
  ) throws {
    let found = try vocabulary(split(text), minimum)
    let answers = Set(([expected] + mistakes.map(\.0)))
    try require(answers.count == 1 + mistakes.count, "\"\(text)\" cannot tell mistakes apart")
    let advice = mistakes.first { split($0.0) == found }.map { ": \($0.1)" } ?? ""
    try require(
      found == split(expected),
      "the vocabulary of \"\(text)\" with minimum \(minimum) should be \(list(split(expected))), got \(list(found))\(advice)"
    )
  }
  // The comes 3 times, plot and film twice, good and dull once.
  let once = "each word stands there once, however often it comes"
  try compare(
    "plot the film dull the plot good the film", minimum: 2, "xxunk the plot film",
    [
      ("the plot film", "number 0 is kept free for unknown words: \"xxunk\""),
      ("the plot film xxunk", "\"xxunk\" has number 0: it stands first"),
      ("xxunk the plot film dull good", "a word that comes once is not to be kept"),
      ("xxunk the", "at least `minimum` times, not more than that"),
      (
        "xxunk plot the film", "the words stand as they first appear: the most frequent comes first"
      ),
      ("xxunk plot film the", "the rarest stands first: the most frequent word comes first"),
      ("xxunk film plot the", "the words stand by their letters: the most frequent comes first"),
      (
        "xxunk the film plot",
        "equally frequent words stand in the order in which they first appear"
      ),
      ("xxunk plot the film the plot the film", once),
      ("xxunk the the the plot plot film film", once),
      ("xxunk the the the plot film plot film", once),
    ])
  // Zebra comes before ape in the text, and both come twice: no order by letters.
  try compare(
    "zebra ape zebra ape bee", minimum: 1, "xxunk zebra ape bee",
    [
      (
        "xxunk ape zebra bee",
        "equally frequent words stand in the order in which they first appear, not by letters"
      )
    ])
  // A text whose rare words were replaced already.
  try compare(
    "xxunk a xxunk a xxunk", minimum: 1, "xxunk a",
    [("xxunk xxunk a", "\"xxunk\" is in the text too, and should stand in the list once")])
  try compare("", minimum: 1, "xxunk")
  for seed in 1...5 {
    let numbers = randomNumbers(count: 60, in: 0...12, seed: seed)
    let text = numbers.map { "w\(Int($0 * $0 / 12))" }
    let engine = Vocabulary(text, minimum: 3).words.dropFirst(Vocabulary.special.count)
    try compare(
      text.joined(separator: " "), minimum: 3, (["xxunk"] + engine).joined(separator: " "))
  }
}
