import Tensors

/// How often items of one class were taken for another: rows are true classes, columns predicted ones.
public struct ConfusionMatrix: Equatable, Sendable {
  /// A true class that was taken for another.
  public struct Pair: Equatable, Sendable {
    public let label: Int
    public let predicted: Int
    public let count: Int

    public init(label: Int, predicted: Int, count: Int) {
      self.label = label
      self.predicted = predicted
      self.count = count
    }
  }

  /// `counts[label][predicted]`
  public let counts: [[Int]]

  public init(
    _ labels: [Int], _ predicted: [Int], classes: Int, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    expect(
      classes > 0, "ConfusionMatrix expects 1 class or more, got \(classes)", file: file,
      line: line)
    // 8 bytes for each pair.
    expectShape([classes, classes, 2], in: "ConfusionMatrix", file: file, line: line)
    expect(
      labels.count == predicted.count,
      "ConfusionMatrix expects a prediction for each label, got \(labels.count) and \(predicted.count)",
      file: file, line: line)
    var counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    for (label, guess) in zip(labels, predicted) {
      expect(
        (0..<classes).contains(label) && (0..<classes).contains(guess),
        "ConfusionMatrix expects classes in 0..<\(classes), got \(label) and \(guess)", file: file,
        line: line)
      counts[label][guess] += 1
    }
    self.counts = counts
  }

  /// Wrong pairs that occur at least so often, the most frequent first.
  public func mostConfused(atLeast minimum: Int = 1) -> [Pair] {
    let pairs = counts.indices.flatMap { label in
      counts.indices.filter { $0 != label && counts[label][$0] >= max(1, minimum) }.map {
        Pair(label: label, predicted: $0, count: counts[label][$0])
      }
    }
    return pairs.sorted {
      ($1.count, $0.label, $0.predicted) < ($0.count, $1.label, $1.predicted)
    }
  }
}
