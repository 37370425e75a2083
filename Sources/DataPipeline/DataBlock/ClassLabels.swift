import Foundation
import Tensors

/// Labels that are classes: by folder, function, pattern, column or CSV file.
///
/// The classes are those of the whole list, so that one that only validation has got its number too; the description
/// names those without training items. Or they are given as `classes`, in their order: then another label is an error.
extension SplitItems {
  /// From a function of the item: `label_from_func`.
  public func labelled(
    classes: [String]? = nil, by name: (Item) throws -> String
  ) throws -> LabelledItems<Item, Classes> {
    let sets = try encoded(classes) { item in
      let name = try name(item)
      guard !name.isEmpty else { throw DataError("\(item.place): its label is empty") }
      return [name]
    }
    return LabelledItems(
      kind: Classes(names: sets.kind.names),
      train: .init(items: train, labels: sets.train.labels.map { $0[0] }),
      valid: .init(items: valid, labels: sets.valid.labels.map { $0[0] }))
  }

  /// Several classes an item, or none, from a function of it. Empty names do not count.
  public func labelledWithSeveral(
    classes: [String]? = nil, by names: (Item) throws -> [String]
  ) throws -> LabelledItems<Item, ClassSets> {
    try encoded(classes) { try names($0).filter { !$0.isEmpty } }
  }

  private func encoded(
    _ given: [String]?, _ names: (Item) throws -> [String]
  ) throws -> LabelledItems<Item, ClassSets> {
    let (trainNames, validNames) = (try train.map(names), try valid.map(names))
    let classes = given ?? sortedNames([trainNames, validNames].joined().joined())
    guard !classes.isEmpty else {
      throw DataError("none of the \(Item.noun) of \(source) has a class")
    }
    let numbers = Dictionary(zip(classes, classes.indices)) { first, _ in first }
    guard numbers.count == classes.count, numbers[""] == nil else {
      throw DataError("the classes \(listed(classes)) are not all different, or one has no name")
    }
    func encoded(_ items: [Item], _ names: [[String]]) throws -> [[Int]] {
      try zip(items, names).map { item, names in
        try Set(names).sorted().map { name in
          guard let number = numbers[name] else {
            throw DataError(
              "\(item.place): \"\(name.prefix(40))\" is none of the given classes; they are \(listed(classes))"
            )
          }
          return number
        }.sorted()
      }
    }
    return LabelledItems(
      kind: ClassSets(names: classes),
      train: .init(items: train, labels: try encoded(train, trainNames)),
      valid: .init(items: valid, labels: try encoded(valid, validNames)))
  }
}

extension SplitItems where Item: FileItem {
  /// By the folder that holds the file: `label_from_folder`.
  public func labelledByFolder(
    classes: [String]? = nil
  ) throws -> LabelledItems<Item, Classes> {
    try labelled(classes: classes) { item in
      guard let folder = item.folders.last else {
        throw DataError(
          "\(item.place) is in no folder below \(item.root.path) that would name its class")
      }
      return folder
    }
  }

  /// By the first group of a regular expression, looked for in the path below the root: `label_from_re`.
  ///
  ///     .labelledByPattern(#"([^/]+)_\d+\.jpg$"#)  // "images/great_pyrenees_173.jpg" is a great_pyrenees
  public func labelledByPattern(
    _ pattern: String, classes: [String]? = nil
  ) throws -> LabelledItems<Item, Classes> {
    guard let regex = try? NSRegularExpression(pattern: pattern) else {
      throw DataError("\"\(pattern)\" is no regular expression")
    }
    guard regex.numberOfCaptureGroups > 0 else {
      throw DataError(
        "the regular expression \"\(pattern)\" has no group (…) that would hold the class")
    }
    return try labelled(classes: classes) { item in
      let path = item.path
      let whole = NSRange(path.startIndex..., in: path)
      guard let match = regex.firstMatch(in: path, range: whole),
        let group = Range(match.range(at: 1), in: path)
      else {
        throw DataError(
          "\(item.place): the regular expression \"\(pattern)\" does not match its path")
      }
      return String(path[group])
    }
  }

  /// By a CSV file that names each file and its class: `label_from_csv`.
  ///
  /// - Parameters:
  ///   - names: The column that holds paths below the root, or names without a folder; a name that two files have is an
  ///     error.
  ///   - suffix: What those names leave out, such as ".jpg".
  public func labelledByCSV(
    _ csv: String, names: String = "name", label: String = "label", suffix: String = "",
    classes: [String]? = nil
  ) throws -> LabelledItems<Item, Classes> {
    let table = try FileTable(csv, names: names, suffix: suffix, of: train + valid)
    return try labelled(classes: classes) { try table.field(label, of: $0) }.noting(table.notes)
  }

  /// By a CSV file whose labels hold several classes, or none, divided by `separator`.
  public func labelledByCSV(
    _ csv: String, names: String = "name", labels: String = "labels", separator: Character,
    suffix: String = "", classes: [String]? = nil
  ) throws -> LabelledItems<Item, ClassSets> {
    try labelledByCSV(
      csv, names: names, labels: labels, delimiter: String(separator), suffix: suffix,
      classes: classes)
  }

  /// By a CSV file whose labels hold several classes, or none, divided by any of the delimiters: `label_delim`.
  ///
  /// Spaces around a class are dropped, and nothing between two delimiters is no class.
  public func labelledByCSV(
    _ csv: String, names: String = "name", labels: String = "labels", delimiter: String,
    _ others: String..., suffix: String = "", classes: [String]? = nil
  ) throws -> LabelledItems<Item, ClassSets> {
    let table = try FileTable(csv, names: names, suffix: suffix, of: train + valid)
    return try labelledWithSeveral(classes: classes) { item in
      tags(try table.field(labels, of: item, mayBeEmpty: true), [delimiter] + others)
    }.noting(table.notes)
  }
}

/// The words between delimiters, spaces around them dropped. Delimiters are compared byte by byte, so that a mark
/// that combines with one does not hide it.
func tags(_ field: String, _ delimiters: [String]) -> [String] {
  expect(
    !delimiters.contains(""),
    "labels expect delimiters of one letter or more, got \(delimiters)")
  let longestFirst = delimiters.map { Array($0.utf8) }.sorted { $0.count > $1.count }
  let bytes = Array(field.utf8)
  var tags: [String] = []
  var (start, at) = (0, 0)
  func close() {
    let tag = String(decoding: bytes[start..<at], as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    if !tag.isEmpty { tags.append(tag) }
  }
  while at < bytes.count {
    if let delimiter = longestFirst.first(where: { bytes[at...].starts(with: $0) }) {
      close()
      at += delimiter.count
      start = at
    } else {
      at += 1
    }
  }
  close()
  return tags
}

extension SplitItems where Item: TextItem {
  /// Each word is the label of the words before it: `label_for_lm`.
  public func labelledByNextWord() -> LabelledItems<Item, NextWords> {
    labelled(as: NextWords()) { _ in }
  }
}
