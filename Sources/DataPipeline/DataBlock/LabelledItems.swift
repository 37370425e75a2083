/// The third stage of a data block: items with what is to be told of each, and a test set if there is one.
public struct LabelledItems<Item: DataItem, Kind: LabelKind>: Sendable, CustomStringConvertible {
  public struct Part: Sendable {
    public let items: [Item]
    /// One an item.
    public let labels: [Kind.Value]
  }

  public let kind: Kind
  public let train: Part
  public let valid: Part
  public private(set) var test: [Item] = []
  /// Of the test items; the kind's `unknown` for each where none came with them.
  public private(set) var testLabels: [Kind.Value] = []
  /// What was noticed where the labels come from, a line each.
  public internal(set) var notes: [String] = []

  /// Items to predict once all is done; their labels are not known, or not looked at: fastai's `add_test`.
  public func withTest(_ list: ItemList<Item>) -> LabelledItems {
    withTest(.init(items: list.items, labels: list.items.map { _ in kind.unknown }))
  }

  func withTest(_ part: Part) -> LabelledItems {
    var new = self
    (new.test, new.testLabels) = (part.items, part.labels)
    return new
  }

  public var description: String {
    let absent = kind.absent(from: train.labels)
    let test = self.test.isEmpty ? "" : ", \(self.test.count) to test"
    return
      "\(train.items.count) \(Item.noun) to train on, \(valid.items.count) to validate with\(test)\n"
      + kind.summary(train: train.labels, valid: valid.labels)
      + absent.prefix(12).map { "  \($0) has no training \(Item.noun)\n" }.joined()
      + (absent.count > 12 ? "  nor have \(absent.count - 12) classes more\n" : "")
      + notes.map { "  \($0)\n" }.joined()
  }

  func noting(_ notes: [String]) -> LabelledItems {
    var new = self
    new.notes += notes
    return new
  }
}

extension SplitItems {
  /// Labels of any kind from a function of the item.
  func labelled<Kind: LabelKind>(
    as kind: Kind, _ label: (Item) throws -> Kind.Value
  ) rethrows -> LabelledItems<Item, Kind> {
    LabelledItems(
      kind: kind, train: .init(items: train, labels: try train.map(label)),
      valid: .init(items: valid, labels: try valid.map(label)))
  }
}
