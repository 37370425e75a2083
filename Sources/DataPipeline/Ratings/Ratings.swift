import Foundation
import Tensors

/// Who rated what, and how: one user, one item and one rating a row, users and items as categories.
///
/// Number 0 stands for users and items that are not known; the known ones count from 1 in the order of their names
/// (numbers by value, other names by letters).
public struct Ratings: Sendable {
  public let users: [Int]
  public let items: [Int]
  public let values: [Float]
  /// Name 0 is "#na#".
  public let userNames: [String]
  public let itemNames: [String]

  public var count: Int { values.count }

  /// The smallest and the largest rating.
  public var range: ClosedRange<Float> { (values.min() ?? 0)...(values.max() ?? 0) }

  /// How many rows are of a user and an item that stand together in a row before.
  public var repeatedPairs: Int {
    var seen: Set<Int> = []
    return zip(users, items).count { !seen.insert($0 * itemNames.count + $1).inserted }
  }

  public init(users: [String], items: [String], values: [Float]) {
    expect(
      users.count == items.count && users.count == values.count,
      "Ratings expects a user, an item and a value in each row, got \(users.count), \(items.count) and \(values.count)"
    )
    let bad = values.firstIndex { !$0.isFinite }
    expect(bad == nil, "Ratings expects finite values, got \(values[bad ?? 0]) in row \(bad ?? 0)")
    let (userNames, itemNames) = (Self.names(users), Self.names(items))
    self.init(
      users: Self.numbers(of: users, in: userNames), items: Self.numbers(of: items, in: itemNames),
      values: values, userNames: userNames, itemNames: itemNames)
  }

  /// From numbers; a name may have no row.
  init(
    users: [Int], items: [Int], values: [Float], userNames: [String], itemNames: [String]
  ) {
    self.users = users
    self.items = items
    self.values = values
    self.userNames = userNames
    self.itemNames = itemNames
  }

  /// Numbers for names that may be new: 0 for a user who rated nothing here.
  public func userNumbers(of names: [String]) -> [Int] { Self.numbers(of: names, in: userNames) }
  public func itemNumbers(of names: [String]) -> [Int] { Self.numbers(of: names, in: itemNames) }

  /// The rows with the given numbers, in that order; the names stay.
  public func sample(_ rows: some Collection<Int>) -> Ratings {
    Ratings(
      users: rows.map { users[$0] }, items: rows.map { items[$0] }, values: rows.map { values[$0] },
      userNames: userNames, itemNames: itemNames)
  }

  /// Other rows about the same users and items, by their numbers.
  public func withRows(users: [Int], items: [Int], values: [Float]) -> Ratings {
    expect(
      users.count == items.count && users.count == values.count
        && users.allSatisfy(userNames.indices.contains)
        && items.allSatisfy(itemNames.indices.contains) && values.allSatisfy(\.isFinite),
      "Ratings.withRows expects a user below \(userNames.count), an item below \(itemNames.count) and a finite value in each row"
    )
    return Ratings(
      users: users, items: items, values: values, userNames: userNames, itemNames: itemNames)
  }

  /// The split of the course's notebooks, which draw it with NumPy: the same rows for the same seed.
  public func split(
    valid share: Double, numPySeed: UInt32
  ) -> (train: Ratings, valid: Ratings) {
    expect(0...1 ~= share, "Ratings.split expects a share between 0 and 1, got \(share)")
    let order = NumPyPermutation.order(count, seed: numPySeed)
    let cut = Int(Double(count) * share)
    return (sample(order[cut...]), sample(order[..<cut]))
  }

  /// A random share of the rows for validation, the rest for training.
  ///
  /// As in the course, users and items have their numbers from all rows; one with no row in training keeps the number
  /// it has, and the weights it began with.
  public func split(
    valid share: Double, using generator: inout some RandomNumberGenerator
  ) -> (train: Ratings, valid: Ratings) {
    expect(0...1 ~= share, "Ratings.split expects a share between 0 and 1, got \(share)")
    let order = Array(0..<count).shuffled(using: &generator)
    let cut = Int(Double(count) * share)
    return (sample(order[cut...]), sample(order[..<cut]))
  }

  public struct Batch {
    public let users: [Int]
    public let items: [Int]
    /// `[rows]`
    public let values: Tensor
    /// Which rows of the ratings these are, from 0.
    public let rows: [Int]
  }

  /// Batches in a new random order, to train on; a last one follows the rule of `LastBatch`.
  ///
  /// - Parameter droppingLast: Leaves any last batch out that is short, as fastai does in training.
  public func batches(
    of size: Int, droppingLast: Bool = false, using generator: inout some RandomNumberGenerator
  ) -> some Sequence<Batch> {
    let steps = stepsPerEpoch(batchesOf: size, droppingLast: droppingLast)
    let order = Array(0..<count).shuffled(using: &generator)
    let kept = LastBatch.itemsPerEpoch(count, batchesOf: size)
    return batches(Array(order.prefix(droppingLast ? steps * size : kept)), size)
  }

  /// How many batches in a random order an epoch has.
  public func stepsPerEpoch(batchesOf size: Int, droppingLast: Bool = false) -> Int {
    let steps = LastBatch.stepsPerEpoch(count, batchesOf: size)
    return droppingLast ? count / size : steps
  }

  /// Batches in the order of the rows; the last may be short.
  public func batches(of size: Int) -> some Sequence<Batch> { batches(Array(0..<count), size) }

  private func batches(_ order: [Int], _ size: Int) -> some Sequence<Batch> {
    expect(size > 0, "Ratings.batches expects a size of 1 or more, got \(size)")
    return stride(from: 0, to: order.count, by: size).lazy.map { start in
      let rows = order[start..<Swift.min(start + size, order.count)]
      return Batch(
        users: rows.map { users[$0] }, items: rows.map { items[$0] },
        values: Tensor(rows.map { values[$0] }, shape: [rows.count]), rows: Array(rows))
    }
  }

  private static func names(_ all: [String]) -> [String] { ["#na#"] + sortedNames(all) }

  private static func numbers(of names: [String], in known: [String]) -> [Int] {
    let places = Dictionary(
      uniqueKeysWithValues: known.dropFirst().enumerated().map { ($1, $0 + 1) })
    return names.map { places[$0] ?? 0 }
  }
}
