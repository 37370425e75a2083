import Tensors

/// What becomes of the items that do not fill a last batch: one rule for pictures, tables, texts and ratings.
///
/// In training a last batch of a single item is left out, since batch normalisation has no deviation of one value; any
/// other short batch stays. The order is drawn anew each epoch, and so is the item left out. It stays where it is the
/// only batch, and where batches are of one. In validation and test every item comes.
///
///     17 items in batches of 8: 8, 8     20 items: 8, 8, 4     1 item: 1
public enum LastBatch {
  /// How many of the items an epoch of training has.
  public static func itemsPerEpoch(_ items: Int, batchesOf size: Int) -> Int {
    expect(size > 0, "batches expects a size of 1 or more, got \(size)")
    return size > 1 && items > 1 && items % size == 1 ? items - 1 : items
  }

  /// How many batches an epoch of training has.
  public static func stepsPerEpoch(_ items: Int, batchesOf size: Int) -> Int {
    count(itemsPerEpoch(items, batchesOf: size), of: size)
  }

  /// How many batches hold all items.
  static func count(_ items: Int, of size: Int) -> Int {
    expect(size > 0, "batches expects a size of 1 or more, got \(size)")
    return items / size + (items % size > 0 ? 1 : 0)
  }

  /// "2 batches to train on, 1 to validate with", and what is left out.
  static func summary(train: Int, valid: Int, size: Int, _ noun: String) -> String {
    let steps = stepsPerEpoch(train, batchesOf: size)
    let rest =
      if itemsPerEpoch(train, batchesOf: size) < train {
        "  each epoch leaves out one of the \(train) \(noun), drawn anew: no batch is of one\n"
      } else if size == 1 || train == 1 {
        "  each batch is of one, on which no net with batch normalisation can train\n"
      } else { "" }
    return "\(steps) batches to train on, \(count(valid, of: size)) to validate with\n" + rest
  }
}
