/// The first stage of a data block: what the data are, and where they come from.
///
/// A data block is a chain of stages, each a type that offers only the next ones, in the order of the notes: what and
/// from where (`ItemList`), how split (`SplitItems`), how labelled and the test set (`LabelledItems`), transforms,
/// batches, normalisation (`DataBunch`). Each stage says in its `description` what it holds.
///
///     let data = try TextList.from("imdb")
///       .splitByFolder(train: "train", valid: "test")
///       .labelledByFolder()
///       .tokenised()
///       .batches(of: 48)
public struct ItemList<Item: DataItem>: Sendable, CustomStringConvertible {
  /// Never empty.
  public let items: [Item]
  /// The folder or file that they come from.
  public let source: String
  /// What was left out of it, a line each.
  public let notes: [String]

  init(_ items: [Item], source: String, notes: [String] = []) throws {
    guard !items.isEmpty else { throw DataError("\(source) holds no \(Item.noun)") }
    self.items = items
    self.source = source
    self.notes = notes
  }

  public var count: Int { items.count }

  /// Those of the items that `isKept` says yes to.
  public func filter(_ isKept: (Item) throws -> Bool) throws -> ItemList {
    let kept = try items.filter(isKept)
    guard !kept.isEmpty else {
      throw DataError("none of the \(count) \(Item.noun) of \(source) passes the filter")
    }
    return try ItemList(kept, source: source, notes: notes)
  }

  public var description: String {
    "\(count) \(Item.noun) from \(source)\n" + examples(of: items)
      + notes.map { "  \($0)\n" }.joined()
  }
}

/// Pictures in a folder.
public typealias ImageList = ItemList<ImageFile>
/// Texts in a folder, one a file.
public typealias TextList = ItemList<TextFile>
/// Texts in a column of a CSV file.
public typealias TextRows = ItemList<TextRow>
/// Rows of a CSV file: a table, or ratings.
public typealias TableRows = ItemList<TableRow>

/// A line each for the first three.
func examples(of items: [some DataItem]) -> String {
  items.prefix(3).map { "  \($0.example)\n" }.joined() + (items.count > 3 ? "  …\n" : "")
}
