import Tensors

/// The transforms stage of a data block of ratings: users and items as categories.
public struct SplitRatings: Sendable, CustomStringConvertible {
  public let train: Ratings
  public let valid: Ratings

  public var description: String {
    """
    \(train.count) ratings to train on, \(valid.count) to validate with
      \(train.userNames.count - 1) users and \(train.itemNames.count - 1) items, one more each for unknown ones
      ratings from \(train.range.lowerBound) to \(train.range.upperBound)

    """
  }

  /// Batches of a user, an item and a rating a row.
  public func batches(of size: Int) -> DataBunch<Self, Ratings.Batch> {
    DataBunch(
      stage: self, size: size,
      train: { generator in AnySequence(train.batches(of: size, using: &generator)) },
      valid: AnySequence(valid.batches(of: size)),
      description: """
        \((train.count + size - 1) / size) batches to train on, \((valid.count + size - 1) / size) to validate with
          users [\(size)], items [\(size)], ratings [\(size)]

        """)
  }
}

extension LabelledItems where Item == TableRow, Kind == Numbers {
  /// The labels as ratings, by the user and of the item that two columns name: `CollabDataBunch`.
  ///
  /// As in the course, users and items of both parts have a number; one without a row in training keeps the weights
  /// it began with.
  public func asRatings(user: String, item: String) throws -> SplitRatings {
    func names(_ column: String) throws -> [String] {
      try (train.items + valid.items).map { row in
        let name = try row.field(column)
        guard !name.isEmpty else { throw DataError("\(row.place): its \(column) is empty") }
        return name
      }
    }
    let all = Ratings(
      users: try names(user), items: try names(item), values: train.labels + valid.labels)
    let cut = train.items.count
    return SplitRatings(train: all.sample(0..<cut), valid: all.sample(cut..<all.count))
  }
}
