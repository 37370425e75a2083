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
  public var sorted: [Batch] {
    Self.cut(Self.byLength(Array(texts.indices), texts.map(\.count)), size).map(batch)
  }

  /// The texts in their own order, for a test set: predictions come as the texts were given.
  public var inOrder: [Batch] { Self.cut(Array(texts.indices), size).map(batch) }

  /// How many batches `shuffled` has.
  public var stepsPerEpoch: Int { LastBatch.stepsPerEpoch(texts.count, batchesOf: size) }

  /// Nearly sorted, in a new order each time, to train on; a last batch follows the rule of `LastBatch`.
  public func shuffled(using generator: inout some RandomNumberGenerator) -> [Batch] {
    let kept = LastBatch.itemsPerEpoch(texts.count, batchesOf: size)
    let order = Array(texts.indices.shuffled(using: &generator).prefix(kept))
    let others = Array(0..<max(0, stepsPerEpoch - 1)).shuffled(using: &generator)
    return Self.sortish(order, lengths: texts.map(\.count), size: size, others).map(batch)
  }

  /// The order of fastai's SortishSampler: the texts, shuffled before, are sorted within pieces of 50 batches, longest
  /// first; the batch with the longest text goes to the front, so that memory that does not suffice shows at once; the
  /// others follow in the order given. (fastai joins them and cuts anew, so that behind a batch that is not full two lengths
  /// meet in each, and leaves out the rest; here batches stay whole.)
  public static func sortish(
    _ shuffled: [Int], lengths: [Int], size: Int, _ orderOfOthers: [Int]
  ) -> [[Int]] {
    let sorted = cut(shuffled, 50 * min(size, max(1, shuffled.count))).flatMap {
      byLength($0, lengths)
    }
    var batches = cut(sorted, size)
    guard !batches.isEmpty else { return [] }
    let longest = batches.map { lengths[$0[0]] }
    batches.swapAt(0, longest.firstIndex(of: longest.max() ?? 0) ?? 0)
    return [batches[0]] + orderOfOthers.map { batches[$0 + 1] }
  }

  /// Longest first; equally long ones stay in their order.
  private static func byLength(_ numbers: [Int], _ lengths: [Int]) -> [Int] {
    numbers.enumerated().sorted {
      (lengths[$1.element], $0.offset) < (lengths[$0.element], $1.offset)
    }.map(\.element)
  }

  private static func cut(_ numbers: [Int], _ size: Int) -> [[Int]] {
    stride(from: 0, to: numbers.count, by: size).map {
      Array(numbers[$0..<min($0 + size, numbers.count)])
    }
  }

  private func batch(_ numbers: [Int]) -> Batch {
    let length = numbers.map { texts[$0].count }.max() ?? 0
    let words = numbers.flatMap { number in
      Array(repeating: Vocabulary.padding, count: length - texts[number].count) + texts[number]
    }
    return Batch(words: words, labels: numbers.map { labels[$0] }, texts: numbers)
  }
}
