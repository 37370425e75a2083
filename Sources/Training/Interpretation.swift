import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A look at what a classifier gets wrong: the items with the largest losses, and which classes it takes for which.
public struct Interpretation {
  /// One item as the model saw it.
  public struct Item: Equatable, Sendable {
    /// Its place among the items.
    public let index: Int
    public let label: Int
    public let predicted: Int
    /// −ln of the probability of the true class.
    public let loss: Double
    /// Of the true class, not of the predicted one: small where the loss is large.
    public let probability: Double
  }

  public let items: [Item]
  public let confusion: ConfusionMatrix

  /// From logits `[items, classes]` and a label a row.
  public init(
    _ logits: Tensor, _ labels: [Int], file: StaticString = #fileID, line: UInt = #line
  ) {
    expect(
      logits.rank == 2 && logits.shape[0] == labels.count && !labels.isEmpty,
      "Interpretation expects logits [items, classes] and one label a row, got \(logits.shape) and \(labels.count) labels",
      file: file, line: line)
    let classes = logits.shape[1]
    let predicted = logits.argmax()
    confusion = ConfusionMatrix(labels, predicted, classes: classes, file: file, line: line)
    let logs = logits.detached().logSoftmax().values
    items = labels.indices.map { i in
      let log = Double(logs[i * classes + labels[i]])
      return Item(
        index: i, label: labels[i], predicted: predicted[i], loss: -log,
        probability: exp(log))
    }
  }

  /// The items with the largest losses, the largest first; of equal ones the earlier.
  public func topLosses(_ count: Int) -> [Item] {
    Array(items.sorted { ($1.loss, $0.index) < ($0.loss, $1.index) }.prefix(count))
  }
}
