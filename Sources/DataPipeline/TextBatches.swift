import Tensors

/// Batches of whole texts for a classifier: texts of about one length side by side, the shorter ones padded at the front.
///
/// Padding goes first so that the last step of every row is a word. Texts of one length waste little of it.
public struct TextBatches: Sendable {
  public struct Batch: Sendable {
    /// Word numbers `[rows · length]`, row after row.
    public let words: [Int]
    public let labels: [Int]
    /// Which texts these are.
    public let texts: [Int]
    public var rows: Int { labels.count }
    public var length: Int { words.count / rows }
  }

  public let texts: [[Int]]
  public let labels: [Int]
  public let size: Int

  public init(_ texts: [[Int]], labels: [Int], size: Int) {
    expect(
      texts.count == labels.count && size > 0 && texts.allSatisfy { !$0.isEmpty },
      "TextBatches expects a label for each text, no text without words, and a size of 1 or more; got \(texts.count) texts, \(labels.count) labels and size \(size)"
    )
    self.texts = texts
    self.labels = labels
    self.size = size
  }

  /// The longest text first, for validation.
  public var sorted: [Batch] { pieces(byLength(Array(texts.indices)), size).map(batch) }

  /// Nearly sorted, in a new order each time, as fastai's SortishSampler does it: the texts are shuffled, sorted within
  /// pieces of 50 batches, and the batches shuffled; the one with the longest text goes first, so that memory
  /// that does not suffice shows at once.
  public func shuffled(using generator: inout some RandomNumberGenerator) -> [Batch] {
    let order = Array(texts.indices).shuffled(using: &generator)
    var batches = pieces(pieces(order, 50 * size).flatMap(byLength), size)
    guard !batches.isEmpty else { return [] }
    let top = batches.indices.max { longest(batches[$0]) < longest(batches[$1]) } ?? 0
    let first = batches.remove(at: top)
    return ([first] + batches.shuffled(using: &generator)).map(batch)
  }

  private func longest(_ numbers: [Int]) -> Int { numbers.map { texts[$0].count }.max() ?? 0 }

  private func byLength(_ numbers: [Int]) -> [Int] {
    numbers.sorted { (texts[$1].count, $0) < (texts[$0].count, $1) }
  }

  private func pieces(_ numbers: [Int], _ size: Int) -> [[Int]] {
    stride(from: 0, to: numbers.count, by: size).map {
      Array(numbers[$0..<Swift.min($0 + size, numbers.count)])
    }
  }

  private func batch(_ numbers: [Int]) -> Batch {
    let length = longest(numbers)
    let words = numbers.flatMap { number in
      Array(repeating: Vocabulary.padding, count: length - texts[number].count) + texts[number]
    }
    return Batch(words: words, labels: numbers.map { labels[$0] }, texts: numbers)
  }
}
