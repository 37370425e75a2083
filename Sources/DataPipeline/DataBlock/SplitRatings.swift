import Foundation
import Tensors

/// The transforms stage of a data block of ratings: users and items as categories.
public struct SplitRatings: Sendable, CustomStringConvertible {
  public let train: Ratings
  public let valid: Ratings
  /// Values NaN where the test rows came without labels.
  public let test: Ratings?

  /// Users and items of validation that no training row has: they keep the weights they begin with.
  public var untrained: (users: [String], items: [String]) {
    func untrained(_ path: KeyPath<Ratings, [Int]>, _ names: [String]) -> [String] {
      Set(valid[keyPath: path]).subtracting(train[keyPath: path]).sorted().map { names[$0] }
    }
    return (untrained(\.users, train.userNames), untrained(\.items, train.itemNames))
  }

  /// How many rows of both parts repeat a pair of user and item; a pair in both was seen in training.
  public var repeatedPairs: Int {
    train.withRows(
      users: train.users + valid.users, items: train.items + valid.items,
      values: train.values + valid.values
    ).repeatedPairs
  }

  public var description: String {
    let (users, items) = untrained
    let test = self.test.map { ", \($0.count) to test" } ?? ""
    let pairs = repeatedPairs
    let lines = [
      untrained(users, "users"), untrained(items, "items"),
      pairs > 0 ? "  rows that repeat the user and item of another: \(pairs)\n" : "",
      self.test.map { test in
        let (users, items) = (test.users.count { $0 == 0 }, test.items.count { $0 == 0 })
        return users + items > 0
          ? "  test rows with an unknown user: \(users), with an unknown item: \(items)\n" : ""
      } ?? "",
    ]
    return """
      \(train.count) ratings to train on, \(valid.count) to validate with\(test)
        \(train.userNames.count - 1) users and \(train.itemNames.count - 1) items, one more each for unknown ones
        ratings from \(train.range.lowerBound) to \(train.range.upperBound)

      """ + lines.joined()
  }

  private func untrained(_ names: [String], _ noun: String) -> String {
    let shown = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
    return names.isEmpty
      ? "" : "  \(noun) without a rating in training: \(names.count) (\(shown))\n"
  }

  /// Batches of a user, an item and a rating a row.
  public func batches(of size: Int) -> DataBunch<Self, Ratings.Batch> {
    DataBunch(
      stage: self, size: size, stepsPerEpoch: train.stepsPerEpoch(batchesOf: size),
      train: { generator in AnySequence(train.batches(of: size, using: &generator)) },
      valid: AnySequence(valid.batches(of: size)),
      test: test.map { AnySequence($0.batches(of: size)) },
      items: { $0.rows },
      description: LastBatch.summary(train: train.count, valid: valid.count, size: size, "ratings")
        + """
          users [\(size)], items [\(size)], ratings [\(size)]

        """)
  }
}

extension LabelledItems where Item == TableRow, Kind == Numbers {
  /// The labels as ratings, by the user and of the item that two columns name: `CollabDataBunch`.
  ///
  /// As in the course, users and items of both parts have a number; one without a row in training keeps the weights
  /// it began with. One that only test has is number 0, the unknown one. Spaces around a name are none of it.
  ///
  /// - Parameter missing: The fields that mean "no value", an error here.
  public func asRatings(
    user: String, item: String, missing: Set<String> = Table.missing
  ) throws -> SplitRatings {
    func names(_ column: String, _ rows: [TableRow]) throws -> [String] {
      try rows.map { row in
        let field = try row.field(column)
        let name = field.trimmingCharacters(in: .whitespaces)
        guard !name.isEmpty else { throw DataError("\(row.place): its \(column) is empty") }
        guard !missing.contains(name) else {
          throw DataError(
            "\(row.place): its \(column) \"\(name.prefix(40))\" means a missing value; missing: [\"\"] takes it as a name"
          )
        }
        return name
      }
    }
    let rows = train.items + valid.items
    let all = Ratings(
      users: try names(user, rows), items: try names(item, rows),
      values: train.labels + valid.labels)
    let cut = train.items.count
    let testing =
      test.isEmpty
      ? nil
      : Ratings(
        users: all.userNumbers(of: try names(user, test)),
        items: all.itemNumbers(of: try names(item, test)), values: testLabels,
        userNames: all.userNames, itemNames: all.itemNames)
    return SplitRatings(
      train: all.sample(0..<cut), valid: all.sample(cut..<all.count), test: testing)
  }
}
