import Foundation

/// Labels that are classes: by folder, function, pattern, column or CSV file. The classes are those that training has; a
/// class that only validation has cannot be learned, and is an error.
extension SplitItems {
  /// From a function of the item: `label_from_func`.
  public func labelled(
    by name: (Item) throws -> String
  ) throws -> LabelledItems<Item, Classes> {
    let sets = try labelledWithSeveral(by: { [try name($0)] })
    return LabelledItems(
      kind: Classes(names: sets.kind.names),
      train: .init(items: train, labels: sets.train.labels.map { $0[0] }),
      valid: .init(items: valid, labels: sets.valid.labels.map { $0[0] }))
  }

  /// Several classes an item, from a function of it.
  public func labelledWithSeveral(
    by names: (Item) throws -> [String]
  ) throws -> LabelledItems<Item, ClassSets> {
    func named(_ items: [Item]) throws -> [[String]] {
      try items.map { item in
        let names = try names(item)
        guard !names.isEmpty, !names.contains("") else {
          throw DataError("\(item.place): its label is empty")
        }
        return names
      }
    }
    let (trainNames, validNames) = (try named(train), try named(valid))
    let classes = sortedNames(trainNames.joined())
    let numbers = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices))
    func encoded(_ items: [Item], _ names: [[String]]) throws -> [[Int]] {
      try zip(items, names).map { item, names in
        try Set(names).map { name in
          guard let number = numbers[name] else {
            throw DataError(
              "\(item.place): no item of the training set has its class \"\(name.prefix(40))\"; they have \(listed(classes))"
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
  public func labelledByFolder() throws -> LabelledItems<Item, Classes> {
    try labelled { item in
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
  public func labelledByPattern(_ pattern: String) throws -> LabelledItems<Item, Classes> {
    guard let regex = try? NSRegularExpression(pattern: pattern) else {
      throw DataError("\"\(pattern)\" is no regular expression")
    }
    guard regex.numberOfCaptureGroups > 0 else {
      throw DataError(
        "the regular expression \"\(pattern)\" has no group (…) that would hold the class")
    }
    return try labelled { item in
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
  ///   - names: The column that holds paths below the root, or names without a folder.
  ///   - suffix: What those names leave out, such as ".jpg".
  public func labelledByCSV(
    _ csv: String, names: String = "name", label: String = "label", suffix: String = ""
  ) throws -> LabelledItems<Item, Classes> {
    let table = try FileTable(csv, names: names, suffix: suffix)
    return try labelled { item in try table.field(label, of: item) }
  }

  /// By a CSV file whose labels hold several classes, divided by `separator`.
  public func labelledByCSV(
    _ csv: String, names: String = "name", labels: String = "labels", separator: Character,
    suffix: String = ""
  ) throws -> LabelledItems<Item, ClassSets> {
    let table = try FileTable(csv, names: names, suffix: suffix)
    return try labelledWithSeveral(by: { item in
      try table.field(labels, of: item).split(separator: separator).map(String.init)
    })
  }
}

extension SplitItems where Item: TextItem {
  /// Each word is the label of the words before it: `label_for_lm`.
  public func labelledByNextWord() -> LabelledItems<Item, NextWords> {
    labelled(as: NextWords()) { _ in }
  }
}
