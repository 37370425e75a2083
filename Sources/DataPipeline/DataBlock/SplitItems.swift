import Foundation
import Tensors

/// The second stage of a data block: what to train on, and what to validate with.
public struct SplitItems<Item: DataItem>: Sendable, CustomStringConvertible {
  /// Never empty, as `valid`.
  public let train: [Item]
  public let valid: [Item]
  /// Items of the list that are in neither.
  public let leftOut: Int
  public let source: String

  public var description: String {
    let rest = leftOut > 0 ? ", \(leftOut) left out" : ""
    return "\(train.count) \(Item.noun) to train on, \(valid.count) to validate with\(rest)\n"
  }
}

extension ItemList {
  /// - Parameter way: How, for the message: "the split by folder".
  private func split(_ way: String, train: [Item], valid: [Item]) throws -> SplitItems<Item> {
    for (part, use) in [(train, "train on"), (valid, "validate with")] where part.isEmpty {
      throw DataError(
        "\(way) leaves nothing to \(use), of \(count) \(Item.noun) from \(source)")
    }
    return SplitItems(
      train: train, valid: valid, leftOut: count - train.count - valid.count, source: source)
  }

  /// A random share to validate with, the rest to train on: fastai's `split_by_rand_pct`.
  ///
  /// Good where items are independent. Where they follow each other in time, or several come from one person or place,
  /// a random share shows the model what it will be asked: split by date, function or folder there.
  public func splitAtRandom(
    valid share: Double = 0.2, using generator: inout some RandomNumberGenerator
  ) throws -> SplitItems<Item> {
    expect(0...1 ~= share, "splitAtRandom expects a share between 0 and 1, got \(share)")
    let order = Array(0..<count).shuffled(using: &generator)
    let cut = Int(Double(count) * share)
    return try split(
      "a random share of \(share)", train: order[cut...].sorted().map { items[$0] },
      valid: order[..<cut].sorted().map { items[$0] })
  }

  /// The items with these numbers to validate with, the others to train on: `split_by_idx`.
  public func split(validAt numbers: some Sequence<Int>) throws -> SplitItems<Item> {
    let numbers = Set(numbers)
    if let bad = numbers.filter({ !items.indices.contains($0) }).min() {
      throw DataError("the split names item \(bad); \(source) has \(count), from 0 to \(count - 1)")
    }
    let places = items.indices
    return try split(
      "the split by number", train: places.filter { !numbers.contains($0) }.map { items[$0] },
      valid: places.filter(numbers.contains).map { items[$0] })
  }

  /// The items that a function says yes to, to validate with: `split_by_valid_func`.
  public func split(validWhere isValid: (Item) throws -> Bool) throws -> SplitItems<Item> {
    try split("the split by a function", validWhere: isValid)
  }

  private func split(
    _ way: String, validWhere isValid: (Item) throws -> Bool
  ) throws -> SplitItems<Item> {
    let answers = try items.map(isValid)
    let parts = zip(items, answers)
    return try split(
      way, train: parts.filter { !$1 }.map(\.0), valid: parts.filter { $1 }.map(\.0))
  }
}

extension ItemList where Item: FileItem {
  /// By the first folder below the root: `split_by_folder`. Items in others are left out.
  public func splitByFolder(
    train: String = "train", valid: String = "valid"
  ) throws -> SplitItems<Item> {
    let folders = Set(items.compactMap(\.folders.first))
    for name in [train, valid] where !folders.contains(name) {
      throw DataError(
        "\(source) has no \(Item.noun) in a folder \"\(name)\"; its folders are \(listed(folders))")
    }
    return try split(
      "the split by folder", train: items.filter { $0.folders.first == train },
      valid: items.filter { $0.folders.first == valid })
  }

  /// The files that a text file names, one a line, to validate with: `split_by_fname_file`.
  ///
  /// A name is a path below the root, or the name of one file in any folder.
  public func splitByFileList(_ list: String) throws -> SplitItems<Item> {
    let places = FilePlaces(items)
    let named = try readLines(list).map { number, line in
      guard let place = try places.place(of: line, in: "\(list), line \(number)") else {
        throw DataError(
          "\(list), line \(number): \"\(line.prefix(80))\" is not among the \(Item.noun) of \(source)"
        )
      }
      return place
    }
    let valid = Set(named)
    let numbers = items.indices
    return try split(
      "the file list \(list)", train: numbers.filter { !valid.contains($0) }.map { items[$0] },
      valid: numbers.filter(valid.contains).map { items[$0] })
  }
}

extension ItemList where Item: RowItem {
  /// The rows whose field in a column is true (True, true or 1; False, false or 0 for the others), to validate with:
  /// `split_from_df`.
  public func splitByColumn(_ column: String) throws -> SplitItems<Item> {
    try split("the split by column \"\(column)\"") { item in
      let field = try item.field(column)
      switch field.lowercased() {
      case "true", "1": return true
      case "false", "0": return false
      default:
        throw DataError(
          "\(item.place): \(column) \"\(field.prefix(40))\" is neither true nor false")
      }
    }
  }

  /// The rows from a date on, to validate with, as the future will be.
  ///
  /// - Parameters:
  ///   - first: In the form 2015-07-31, or in that of the column.
  ///   - form: Of the column.
  public func splitByDate(
    _ column: String, from first: String, form: DateForm = .yearMonthDay
  ) throws -> SplitItems<Item> {
    guard let first = DateForm.yearMonthDay.date(first) ?? form.date(first) else {
      let forms = form == .yearMonthDay ? "" : " or \(form.rawValue)"
      throw DataError("\"\(first)\" is no date of the form 2015-07-31\(forms)")
    }
    return try split("the split by date") { item in
      let field = try item.field(column)
      guard let date = form.date(field) else {
        throw DataError(
          "\(item.place): \(column) \"\(field.prefix(40))\" is no date of the form \(form.rawValue)\(form.hint(for: field))"
        )
      }
      return date >= first
    }
  }
}
