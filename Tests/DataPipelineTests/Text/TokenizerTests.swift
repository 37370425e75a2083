import DataPipeline
import Foundation
import Testing

/// What fastai 1.0.61 and spaCy 3.8 make of the same texts: Tests/References/texts.py.
struct TextReferences: Decodable {
  struct Prepared: Decodable { let text, prepared: String }
  struct Marked: Decodable { let tokens, marked: [String] }
  struct Tokens: Decodable {
    let text: String
    let tokens: [String]
  }
  struct Fields: Decodable {
    let fields: [String]
    let marking: Bool
    let tokens: [String]
  }
  struct Words: Decodable {
    let maximum, minimum: Int
    let words: [String]
  }
  struct Rows: Decodable {
    struct Batch: Decodable { let x, y: [Int] }
    let lengths: [Int]
    let rows, length: Int
    let batches: [Batch]
  }
  struct Starts: Decodable {
    let tokens, rows: Int
    let starts: [Int]
  }
  struct Order: Decodable {
    let lengths, order, batchOrder, texts, sorted: [Int]
    let size: Int
  }
  let prepared: [Prepared]
  let marked: [Marked]
  let tokens: [Tokens]
  let fields: [Fields]
  let vocabulary: [Words]
  let rows: [Rows]
  let starts: [Starts]
  let sortish: [Order]

  static let read = Result {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../References/texts.json")
    return try JSONDecoder().decode(TextReferences.self, from: Data(contentsOf: file))
  }
}

@Suite struct TokenizerTests {
  @Test func textsArePreparedAsByFastai() throws {
    let items = try TextReferences.read.get().prepared
    #expect(items.count == 65)
    for item in items {
      let prepared = TextRules.prepared("xxbos " + item.text)
      // Scalar by scalar: Swift's == takes é and e with an accent for the same.
      #expect(Array(prepared.unicodeScalars) == Array(item.prepared.unicodeScalars), "\(item.text)")
    }
  }

  /// fastai drops empty words here; none come from the splitter.
  @Test func capitalsAreMarkedAsByFastai() throws {
    let items = try TextReferences.read.get().marked
    #expect(items.count == 2)
    for item in items {
      #expect(TextRules.markingCapitals(item.tokens.filter { !$0.isEmpty }) == item.marked)
    }
  }

  @Test func textsBecomeTheTokensOfFastaiAndSpaCy() throws {
    let texts = try TextReferences.read.get().tokens
    #expect(texts.count == 65)
    for item in texts { #expect(Tokenizer()(item.text) == item.tokens, "\(item.text)") }
    #expect(Tokenizer()(texts.map(\.text)) == texts.map(\.tokens))
  }

  @Test func fieldsAreMarkedAsByFastai() throws {
    let items = try TextReferences.read.get().fields
    #expect(items.count == 3)
    for item in items {
      #expect(Tokenizer()(fields: item.fields, markingFields: item.marking) == item.tokens)
    }
  }
}

@Suite struct WrittenTokensTests {
  @Test func tokensAreWrittenAsTextAgain() {
    let text = "It isn't BAD!!!!! Anna's film, no no no no"
    #expect(TextRules.written(Tokenizer()(text + " end")) == text + " end")
    #expect(TextRules.written(["xxbos", "xxrep", "x", "xxup"]) == "xxrep x ")
  }
}

@Suite struct VocabularyTests {
  @Test func wordsAreNumberedAsByFastai() throws {
    let references = try TextReferences.read.get()
    let stream = references.tokens.flatMap(\.tokens)
    #expect(references.vocabulary.count == 4 && !stream.isEmpty)
    for item in references.vocabulary {
      let words = Vocabulary(stream, minimum: item.minimum, maximum: item.maximum).words
      #expect(words == item.words, "at most \(item.maximum), at least \(item.minimum) times")
    }
  }

  @Test func theMostFrequentComeFirstAndTiesAsTheyAppear() {
    let words = "xxbos b a c c a b d".split(separator: " ").map(String.init)
    #expect(Vocabulary(words).words == Vocabulary.special + ["b", "a", "c"])
    #expect(Vocabulary(words, minimum: 1).words.suffix(4) == ["b", "a", "c", "d"])
    #expect(Vocabulary(words, maximum: 10).words.suffix(2) == ["b", "a"])
  }

  @Test func numbersComeBackAsWords() {
    let vocabulary = Vocabulary(["x", "x", "y", "y"])
    let numbers = vocabulary.numbers(of: ["xxbos", "y", "z", "x"])
    #expect(numbers == [2, 9, 0, 8])
    #expect(vocabulary.words(of: numbers) == ["xxbos", "y", "xxunk", "x"])
  }
}

/// A word of a million signs is cut like a short one; any work that grows with its square would take hours.
@Suite struct LongWordTests {
  private static let count = 1 << 19

  /// A sign or two, and how many words the tokenizer makes of half a million times it.
  @Test(arguments: [
    ("a", 3), ("(", 3), ("\u{301}", 3), ("([", 2 * count), ("!?", 2 * count),
    ("…\u{201d}", 2 * count), ("&#", 2 * count), ("ab", 1), ("1a", 1), ("é\u{301}", 3),
    ("a.", 3), ("-a", 5), ("$", 3), (".,", 2 * count),
  ])
  func ofOneUnit(unit: String, words: Int) {
    let tokens = Tokenizer()(String(repeating: unit, count: Self.count))
    #expect(tokens.first == "xxbos" && tokens.count == words + 1, "\(tokens.prefix(8))")
  }

  /// Words of eight letters, all different, with a sign between.
  @Test(arguments: [
    ("-", false), (",", false), (":", false), ("…", false), ("/", false), ("--", false),
    (".", true), ("@", true), ("'", true), ("_", true), ("\u{301}", true), ("^", true),
  ])
  func ofManyWords(sign: String, staysWhole: Bool) {
    let letters = Array("ijklmnopqrstuvwx")
    let words = (0..<(1 << 16)).map { i in
      String([0, 4, 8, 12].flatMap { ["a", letters[(i >> $0) % 16]] })
    }
    let tokens = Tokenizer()(words.joined(separator: sign))
    #expect(tokens.count == (staysWhole ? 2 : 2 * words.count), "\(tokens.prefix(8))")
  }

  @Test func aLongWordEndsAsAShortOneDoes() {
    let long = String(repeating: "ab", count: Self.count)
    let tokens = Tokenizer()
    #expect(tokens("(\(long)5km)!") == ["xxbos", "(", "\(long)5", "km", ")", "!"])
    #expect(tokens("\(long)n't \(long)'s") == ["xxbos", "\(long)n't", long, "'s"])
    #expect(
      tokens(String(repeating: "ab ", count: Self.count)).prefix(4) == [
        "xxbos", "xxwrep", "\(Self.count)", "ab",
      ])
    let signs = String(repeating: "&amp;#38;#38;", count: Self.count / 4)
    #expect(tokens(signs).count > 1)
  }
}
