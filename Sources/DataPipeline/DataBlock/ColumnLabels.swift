import Foundation

/// Labels from a column of the table that the rows stand in.
///
/// What means "no value" in a column of inputs means it in one of labels too: such a label is an error that names its
/// row, or its row is left out and counted, if asked for.
extension SplitItems where Item: RowItem {
  /// By a column that holds a class: `label_from_df`.
  ///
  /// - Parameters:
  ///   - missing: The fields that mean "no label"; with `[""]` NA and None are classes.
  ///   - leavingOutMissing: Leaves out the rows without a label, and says how many.
  ///   - classes: All classes in their order; those of the whole list if left out.
  public func labelledByColumn(
    _ column: String, missing: Set<String> = Table.missing, leavingOutMissing: Bool = false,
    classes: [String]? = nil
  ) throws -> LabelledItems<Item, Classes> {
    try labelled(column, missing, leavingOutMissing) { rows in
      try rows.labelled(classes: classes) { row in
        let field = try row.field(column)
        return missing.contains(field) ? try row.missingLabel(column) : field
      }
    }
  }

  /// By a column that holds several classes, or none, divided by any of the delimiters.
  public func labelledByColumn(
    _ column: String, delimiter: String, _ others: String..., classes: [String]? = nil
  ) throws -> LabelledItems<Item, ClassSets> {
    try labelledWithSeveral(classes: classes) { tags(try $0.field(column), [delimiter] + others) }
  }

  /// By a column that holds a number, between two ends if they are given.
  public func labelledByNumber(
    _ column: String, in range: ClosedRange<Float>? = nil, missing: Set<String> = Table.missing,
    leavingOutMissing: Bool = false
  ) throws -> LabelledItems<Item, Numbers> {
    try labelled(column, missing, leavingOutMissing) { rows in
      try rows.labelled(as: Numbers(name: column)) { row in
        try row.number(column, in: range, missing: missing)
      }
    }
  }

  /// By the natural logarithm of a column of amounts: `log=True`.
  public func labelledByLogarithm(
    of column: String, missing: Set<String> = Table.missing, leavingOutMissing: Bool = false
  ) throws -> LabelledItems<Item, Numbers> {
    try labelled(column, missing, leavingOutMissing) { rows in
      _ = try rows.labelledByNumber(column, missing: missing)
      return try rows.labelled(as: Numbers(name: "ln \(column)")) { row in
        try row.logarithm(column, missing: missing)
      }
    }
  }

  private func labelled<Kind: LabelKind>(
    _ column: String, _ missing: Set<String>, _ leavesOut: Bool,
    _ label: (SplitItems) throws -> LabelledItems<Item, Kind>
  ) throws -> LabelledItems<Item, Kind> {
    guard leavesOut else { return try label(self) }
    let isKept = { (row: Item) in !missing.contains(try row.field(column)) }
    let rows = SplitItems(
      train: try train.filter(isKept), valid: try valid.filter(isKept), leftOut: leftOut,
      source: source)
    let counts = (train.count - rows.train.count, valid.count - rows.valid.count)
    guard !rows.train.isEmpty, !rows.valid.isEmpty else {
      throw DataError(
        "\(source): without the rows whose \(column) is missing nothing is left to \(rows.train.isEmpty ? "train on" : "validate with")"
      )
    }
    var labelled = try label(rows)
    if counts != (0, 0) {
      labelled.notes.append(
        "left out as their \(column) is missing: \(counts.0) rows to train on, \(counts.1) to validate with"
      )
    }
    return labelled
  }
}

/// A test set that has labels, so that what is predicted for it can be measured.
extension LabelledItems where Item: RowItem, Kind == Classes {
  /// - Parameter column: Holds the classes, all of which training has.
  public func withTest(
    _ list: ItemList<Item>, labelledByColumn column: String, missing: Set<String> = Table.missing
  ) throws -> LabelledItems {
    try withTest(list.items) { row in
      let field = try row.field(column)
      return missing.contains(field) ? try row.missingLabel(column) : field
    }
  }
}

extension LabelledItems where Item == TextFile, Kind == Classes {
  /// - Parameter name: Of the class of a text: `{ $0.folders.last ?? "" }` for that of its folder.
  public func withTest(
    _ list: ItemList<Item>, labelledBy name: (Item) throws -> String
  ) throws -> LabelledItems {
    try withTest(list.items, name)
  }
}

extension LabelledItems where Item: RowItem, Kind == Numbers {
  public func withTest(
    _ list: ItemList<Item>, labelledByNumber column: String, in range: ClosedRange<Float>? = nil,
    missing: Set<String> = Table.missing
  ) throws -> LabelledItems {
    withTest(
      .init(
        items: list.items,
        labels: try list.items.map { try $0.number(column, in: range, missing: missing) }))
  }

  public func withTest(
    _ list: ItemList<Item>, labelledByLogarithmOf column: String,
    missing: Set<String> = Table.missing
  ) throws -> LabelledItems {
    withTest(
      .init(
        items: list.items,
        labels: try list.items.map { try $0.logarithm(column, missing: missing) }))
  }
}

extension LabelledItems where Kind == Classes {
  fileprivate func withTest(
    _ items: [Item], _ name: (Item) throws -> String
  ) throws -> LabelledItems {
    let numbers = Dictionary(uniqueKeysWithValues: zip(kind.names, kind.names.indices))
    return withTest(
      .init(
        items: items,
        labels: try items.map { item in
          let name = try name(item)
          guard let number = numbers[name] else {
            throw DataError(
              "\(item.place): its class \"\(name.prefix(40))\" is none of \(listed(kind.names))")
          }
          return number
        }))
  }
}

extension RowItem {
  fileprivate func missingLabel(_ column: String) throws -> String {
    let field = try field(column)
    throw DataError(
      field.isEmpty
        ? "\(place): its label is empty"
        : "\(place): \(column) \"\(field.prefix(40))\" means a missing label; leavingOutMissing: true leaves such rows out, missing: [\"\"] takes the word as a label"
    )
  }

  fileprivate func number(
    _ column: String, in range: ClosedRange<Float>?, missing: Set<String>
  ) throws -> Float {
    let field = try field(column)
    guard let value = Table.number(field).map(Float.init), value.isFinite,
      range?.contains(value) ?? true, !missing.contains(field)
    else {
      let wanted = range.map { "a number between \($0.lowerBound) and \($0.upperBound)" }
      let hint =
        missing.contains(field)
        ? "; as it means a missing value, leavingOutMissing: true leaves such rows out" : ""
      throw DataError(
        "\(place): \(column) \"\(field.prefix(40))\" is not \(wanted ?? "a number")\(hint)")
    }
    return value
  }

  fileprivate func logarithm(_ column: String, missing: Set<String>) throws -> Float {
    let amount = try number(column, in: nil, missing: missing)
    guard amount > 0 else {
      throw DataError(
        "\(place): \(column) \(amount) has no logarithm, as only amounts above 0 have")
    }
    return Float(log(Double(amount)))
  }
}
