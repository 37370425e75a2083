import Foundation

/// One person of the generated census, and the planted odds of earning 50k or more.
///
///     log p / (1 − p) = −1.6 + effect of each column + what columns do together
///
/// Effects are those of `effects` for words, `ageEffect` and `hoursEffect` for numbers; region and weight have none.
/// That a value is missing has an effect of its own, so the odds follow from what the row shows.
public struct CensusPerson: Sendable {
  /// In the order of `Census.categorical`; nil is missing.
  public var words = [String?](repeating: nil, count: Census.categorical.count)
  public var age = 0.0
  public var hours: Double?
  public var weight = 0.0

  public init() {}

  /// The word in a column of categories.
  public subscript(column: String) -> String? {
    get { words[Self.place(column)] }
    set { words[Self.place(column)] = newValue }
  }

  private static func place(_ column: String) -> Int {
    guard let place = Census.categorical.firstIndex(of: column) else {
      fatalError("the census has no column of categories \"\(column)\"")
    }
    return place
  }

  /// What each word adds to the logarithm of the odds, and how many people of a hundred have it.
  public static let effects: [String: [(word: String?, effect: Double, percent: Int)]] = [
    "education": [
      ("none", -2, 8), ("primary", -1.4, 10), ("secondary", -0.6, 27), ("vocational", 0, 15),
      ("college", 0.4, 15), ("bachelor", 1, 15), ("master", 1.5, 7), ("doctorate", 2, 3),
    ],
    "occupation": [
      ("farming", -1.5, 8), ("service", -1.1, 15), ("clerical", -0.3, 15), ("craft", 0.2, 17),
      ("sales", 0.4, 14), ("technical", 0.9, 13), ("managerial", 1.4, 12), (nil, -1, 6),
    ],
    "family": [
      ("single", -1.4, 33), ("married", 1.3, 45), ("divorced", -0.5, 16), ("widowed", -0.2, 6),
    ],
    "workplace": [("private", 0, 68), ("public", 0.3, 17), ("self-employed", -0.3, 15)],
    "region": [
      ("north", 0, 20), ("east", 0, 20), ("south", 0, 25), ("west", 0, 20), ("centre", 0, 15),
    ],
  ]

  /// Rises to the age of 50 and falls after it.
  public static func ageEffect(_ age: Double) -> Double {
    1.5 - (age - 50) * (age - 50) / 200
  }

  /// Ten hours more a week; those who did not say count as some who work little.
  public static func hoursEffect(_ hours: Double?) -> Double {
    hours.map { ($0 - 40) * 0.08 } ?? -1.2
  }

  /// What no column says alone: a degree pays in some occupations and not in others, and long hours pay the
  /// self-employed but not those in public service.
  public var together: Double {
    let hasDegree = ["bachelor", "master", "doctorate"].contains(self["education"])
    let usesIt = ["technical", "managerial"].contains(self["occupation"])
    let worksHands = ["craft", "farming", "service"].contains(self["occupation"])
    let degree: Double =
      switch (hasDegree, usesIt, worksHands) {
      case (true, true, _): 2
      case (true, _, true): -3
      case (false, true, _): -1.2
      case (false, _, true): 1
      default: 0
      }
    let extra = Self.hoursEffect(hours ?? 40)
    let factor: Double = self["workplace"] == "self-employed" ? 1.5 : 0
    return degree + (self["workplace"] == "public" ? -1.5 : factor) * extra
  }

  public var logOdds: Double {
    var sum = -1.6 + Self.ageEffect(age) + Self.hoursEffect(hours) + together
    for (column, word) in zip(Census.categorical, words) {
      sum += Self.effects[column, default: []].first { $0.word == word }?.effect ?? 0
    }
    return sum
  }

  public var probability: Double { 1 / (1 + exp(-logOdds)) }

  /// A word of a column, as often as `effects` says.
  static func draw(_ column: String, using generator: inout some RandomNumberGenerator) -> String? {
    let words = effects[column, default: []]
    var place = Int.random(in: 0..<100, using: &generator)
    for (word, _, percent) in words {
      if place < percent { return word }
      place -= percent
    }
    return words.last?.word
  }
}
