extension ItemList {
  /// All items of this list to train on, all of another to validate with: where a set comes with a file of its own for it.
  ///
  ///     TableRows.from("adult.data").validatedBy(TableRows.from("adult.test"))
  ///
  /// The columns of two tables go by their names. What only the other list has (a word, a category) is unknown, as always.
  public func validatedBy(_ other: ItemList<Item>) -> SplitItems<Item> {
    SplitItems(
      train: items, valid: other.items, leftOut: 0, source: "\(source) and \(other.source)")
  }
}
