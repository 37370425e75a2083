import Tensors

/// The words that a language model knows, each with its number.
///
/// Special tokens first, then the words of the training text, most frequent first; equally frequent ones
/// in the order in which they first appear. Number 0 (`xxunk`) stands for every other word.
public struct Vocabulary: Codable, Sendable {
  /// Unknown, padding, start of a text, start of a field, a capital next, capitals next, a repeated
  /// character, a repeated word.
  public static let special = [
    "xxunk", "xxpad", "xxbos", "xxfld", "xxmaj", "xxup", "xxrep", "xxwrep",
  ]
  public static let unknown = 0
  public static let padding = 1

  public let words: [String]
  private let places: [String: Int]

  /// - Parameters:
  ///   - minimum: How often a word has to come to be kept.
  ///   - maximum: How many words to keep, the special ones included.
  public init(_ tokens: some Sequence<String>, minimum: Int = 2, maximum: Int = 60_000) {
    expect(
      maximum >= Self.special.count,
      "Vocabulary expects room for its \(Self.special.count) special tokens, got \(maximum)")
    var seen: [String: (count: Int, first: Int)] = [:]
    for (place, token) in tokens.enumerated() { seen[token, default: (0, place)].count += 1 }
    for token in Self.special { seen[token] = nil }
    let frequent = seen.filter { $0.value.count >= minimum }.sorted {
      ($1.value.count, $0.value.first) < ($0.value.count, $1.value.first)
    }
    self.init(words: (Self.special + frequent.map(\.key)).prefix(maximum))
  }

  /// A list made before: word i has number i.
  public init(words: some Sequence<String>) {
    self.words = Array(words)
    places = Dictionary(self.words.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
  }

  public init(from decoder: any Decoder) throws {
    self.init(words: try [String](from: decoder))
  }

  public func encode(to encoder: any Encoder) throws { try words.encode(to: encoder) }

  public var count: Int { words.count }

  /// The number of each token, 0 for one that is not known.
  public func numbers(of tokens: some Sequence<String>) -> [Int] {
    tokens.map { places[$0] ?? Self.unknown }
  }

  public func words(of numbers: some Sequence<Int>) -> [String] {
    numbers.map {
      expect(
        words.indices.contains($0), "Vocabulary of \(count) words has no word of number \($0)")
      return words[$0]
    }
  }
}
