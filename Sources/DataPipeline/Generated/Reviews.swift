import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A generated film review of which everything is known.
///
/// Two things are decided first and never said: the genre, which decides people, deeds, things and places, and whether
/// the writer liked the film. Each judgement in the text then agrees with the writer in 90 of 100 cases, and praises or
/// blames by a negated word in 30 of 100: "not dull" is praise. So single words say little about the writer, pairs say much.
/// Two venues are planted: a matinee is named by 3 in 10 who liked the film and by 1 in 20 of the others who name a
/// venue, a bootleg the other way round. Every other word is drawn from its list, the i-th with a probability in proportion to
/// 1/(i + 1).
public struct Review: Sendable {
  public let text: String
  public let isPositive: Bool
  public let genre: Int
  /// ln P(text | genre, positive or not), at [2·genre + (positive ? 1 : 0)].
  public let logProbabilities: [Double]

  /// ln P(text): what a model that knew the grammar would pay for the whole of it.
  public var logProbability: Double {
    Self.logSum(logProbabilities) - log(Double(logProbabilities.count))
  }

  /// P(positive | text) by Bayes' rule: nobody can judge better.
  public var positiveProbability: Double {
    let positive = logProbabilities.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    return exp(Self.logSum(positive) - Self.logSum(logProbabilities))
  }

  private static func logSum(_ values: [Double]) -> Double {
    let top = values.max() ?? 0
    return top + log(values.reduce(0) { $0 + exp($1 - top) })
  }
}

/// Writes reviews; the same seed gives the same ones.
public struct Reviews {
  /// How many reviews, each genre and each opinion equally likely.
  public static func make(
    _ count: Int, using generator: inout some RandomNumberGenerator
  ) -> [Review] {
    (0..<count).map { _ in
      let genre = Int.random(in: 0..<ReviewWords.genres.count, using: &generator)
      var writer = ReviewWriter(
        genre: genre, isPositive: Bool.random(using: &generator),
        seed: generator.next())
      return writer.review()
    }
  }

  public static let genres = ReviewWords.genres.map { $0.kinds[0].replacing("-", with: " ") }
}

/// Draws one review word by word, and keeps what each choice costs under every genre and opinion.
private struct ReviewWriter {
  let genre: Int
  let isPositive: Bool
  var generator: SeededGenerator
  var text: [String] = []
  var costs = [Double](repeating: 0, count: 2 * ReviewWords.genres.count)

  init(genre: Int, isPositive: Bool, seed: UInt64) {
    self.genre = genre
    self.isPositive = isPositive
    generator = SeededGenerator(seed: seed)
  }

  mutating func review() -> Review {
    opening()
    let count = 3 + pick([1, 1, 1])
    for _ in 0..<count {
      switch pick([3, 2, 4, 2, 1]) {
      case 0: deed()
      case 1: scene()
      case 2: part()
      case 3: reaction()
      default: visit()
      }
    }
    closing()
    return Review(
      text: text.joined(separator: " ").replacing(" .", with: ".").replacing(" n't", with: "n't")
        .replacing(" ,", with: ","),
      isPositive: isPositive, genre: genre, logProbabilities: costs)
  }

  // MARK: Sentences

  private mutating func opening() {
    say("This")
    word { $0.kinds }
    say("is")
    judgement(canShorten: true)
    say(".")
  }

  private mutating func deed() {
    word(ReviewWords.firstNames)
    say("plays the")
    word { $0.people }
    say("who")
    word { $0.deeds }
    say("the")
    word { $0.things }
    say("in")
    word { $0.places }
    say(".")
  }

  private mutating func part() {
    say("The")
    word(ReviewWords.parts)
    say("is")
    judgement(canShorten: true)
    say(".")
  }

  private mutating func scene() {
    say("In the")
    word(ReviewWords.ordinals)
    word(ReviewWords.stretches)
    say("the")
    word { $0.people }
    word { $0.deeds }
    say("the")
    word { $0.things }
    say(".")
  }

  private mutating func reaction() {
    let praises = opinion()
    let isNegated = pick([7, 3]) == 1
    say(!isNegated ? "You will" : pick([1, 1]) == 1 ? "You won't" : "You will not")
    word(praises != isNegated ? ReviewWords.applauding : ReviewWords.leaving)
    say(".")
  }

  private mutating func visit() {
    say("My")
    word(ReviewWords.relatives)
    say("and I saw it")
    word(ReviewWords.times)
    venue()
    say(".")
  }

  private mutating func closing() {
    say("It is")
    judgement(canShorten: false)
    say(", and the")
    word(ReviewWords.parts)
    say("is")
    judgement(canShorten: true)
    say(".")
  }

  // MARK: Parts of sentences

  /// good, really good, not dull, n't quite dull, …
  private mutating func judgement(canShorten: Bool) {
    let praises = opinion()
    let isNegated = pick([7, 3]) == 1
    if isNegated { say(canShorten && pick([1, 1]) == 1 ? "n't" : "not") }
    if pick([6, 4]) == 1 { word(ReviewWords.adverbs) }
    word(praises != isNegated ? ReviewWords.good : ReviewWords.bad)
  }

  /// Whether a judgement praises: it agrees with the writer 90 times in 100.
  private mutating func opinion() -> Bool {
    let praises = Double.random(in: 0..<1, using: &generator) < (isPositive ? 0.9 : 0.1)
    pay { isPositive, _ in isPositive == praises ? 0.9 : 0.1 }
    return praises
  }

  private mutating func venue() {
    let venues = ReviewWords.venues
    let common = venues.count - 2
    let odds = isPositive ? [0.65, 0.3, 0.05] : [0.65, 0.05, 0.3]
    let kind = draw(odds)
    pay { isPositive, _ in kind == 0 ? 0.65 : (kind == 1) == isPositive ? 0.3 : 0.05 }
    if kind == 0 { word(Array(venues.prefix(common))) } else { say(venues[common + kind - 1]) }
  }

  // MARK: Choices

  private mutating func say(_ words: String) { text.append(words.replacing("-", with: " ")) }

  /// One of a list that every review draws from.
  private mutating func word(_ list: [String]) {
    say(list[pick(list.indices.map { 1 / Double($0 + 1) })])
  }

  /// One of a list of the genre's.
  private mutating func word(_ list: (ReviewWords.Genre) -> [String]) {
    let own = list(ReviewWords.genres[genre])
    let odds = own.indices.map { 1 / Double($0 + 1) }
    let chosen = draw(odds)
    let word = own[chosen]
    say(word)
    let share = odds[chosen] / odds.reduce(0, +)
    pay { _, other in list(ReviewWords.genres[other]).contains(word) ? share : 0 }
  }

  /// A choice with the same odds whatever the genre and the opinion.
  private mutating func pick(_ odds: [Double]) -> Int {
    let chosen = draw(odds)
    let share = odds[chosen] / odds.reduce(0, +)
    pay { _, _ in share }
    return chosen
  }

  private mutating func draw(_ odds: [Double]) -> Int {
    var rest = Double.random(in: 0..<odds.reduce(0, +), using: &generator)
    for (i, share) in odds.enumerated() {
      rest -= share
      if rest < 0 { return i }
    }
    return odds.count - 1
  }

  /// Notes how likely what was just chosen is under each genre and opinion.
  private mutating func pay(_ probability: (_ isPositive: Bool, _ genre: Int) -> Double) {
    for i in costs.indices { costs[i] += log(probability(i % 2 == 1, i / 2)) }
  }
}
