import Tensors

/// A seed in place of a generator, where one call is all that is drawn: `seed: 42` is
/// `using: &generator` with a new `SeededGenerator(seed: 42)`.
extension ItemList {
  public func splitAtRandom(valid share: Double = 0.2, seed: UInt64) throws -> SplitItems<Item> {
    var generator = SeededGenerator(seed: seed)
    return try splitAtRandom(valid: share, using: &generator)
  }
}

extension LabelledTable {
  public func batches(
    of size: Int, dropsLast: Bool = false, seed: UInt64
  ) -> some Sequence<Batch> {
    var generator = SeededGenerator(seed: seed)
    return batches(of: size, dropsLast: dropsLast, using: &generator)
  }
}

extension Ratings {
  public func split(valid share: Double, seed: UInt64) -> (train: Ratings, valid: Ratings) {
    var generator = SeededGenerator(seed: seed)
    return split(valid: share, using: &generator)
  }

  public func batches(
    of size: Int, droppingLast: Bool = false, seed: UInt64
  ) -> some Sequence<Batch> {
    var generator = SeededGenerator(seed: seed)
    return batches(of: size, droppingLast: droppingLast, using: &generator)
  }
}

extension TextBatches {
  public func shuffled(seed: UInt64) -> [Batch] {
    var generator = SeededGenerator(seed: seed)
    return shuffled(using: &generator)
  }
}

extension LanguageModelBatches {
  public init(shuffling texts: [[Int]], rows: Int, length: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    self.init(shuffling: texts, rows: rows, length: length, using: &generator)
  }
}

extension LabelledImages {
  public func batches(of size: Int, seed: UInt64) -> some Sequence<LabelledBatch> {
    var generator = SeededGenerator(seed: seed)
    return batches(of: size, using: &generator)
  }
}
