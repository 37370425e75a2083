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
    expectRows(
      logits, labels, in: "Interpretation", rows: "logits [items, classes]", file: file, line: line)
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

  /// The items with the largest losses, the largest first; of equal ones the earlier. A loss that is no number stands
  /// before all others.
  public func topLosses(_ count: Int, file: StaticString = #fileID, line: UInt = #line) -> [Item] {
    expect(
      count >= 0, "topLosses expects a count of 0 or more, got \(count)", file: file, line: line)
    func height(_ item: Item) -> Double { item.loss.isNaN ? .infinity : item.loss }
    return Array(
      items.sorted {
        ($0.loss.isNaN ? 0 : 1, -height($0), $0.index)
          < ($1.loss.isNaN ? 0 : 1, -height($1), $1.index)
      }.prefix(count))
  }
}
