/// Labels that are numbers: from a function or a CSV file (from a column: `ColumnLabels`).
extension SplitItems {
  /// By a number that a function gives, such as an age, between two ends if they are given.
  public func labelledByNumber(
    named name: String = "number", in range: ClosedRange<Float>? = nil,
    by number: (Item) throws -> Float
  ) throws -> LabelledItems<Item, Numbers> {
    try labelled(as: Numbers(name: name)) { item in
      let value = try number(item)
      guard value.isFinite, range?.contains(value) ?? true else {
        throw notANumber("\(item.place): \(name) \(value)", range)
      }
      return value
    }
  }
}

extension SplitItems where Item: FileItem {
  /// By a CSV file that names each file and a number, such as an age, between two ends if they are given.
  public func labelledByNumber(
    _ csv: String, names: String = "name", number: String = "number", suffix: String = "",
    in range: ClosedRange<Float>? = nil
  ) throws -> LabelledItems<Item, Numbers> {
    let table = try FileTable(csv, names: names, suffix: suffix, of: train + valid)
    return try labelled(as: Numbers(name: number)) { item in
      let value = try table.number(number, of: item)
      guard range?.contains(value) ?? true else {
        throw notANumber("\(try table.place(of: item)): \(number) \(value)", range)
      }
      return value
    }.noting(table.notes)
  }
}

private func notANumber(_ what: String, _ range: ClosedRange<Float>?) -> DataError {
  let wanted = range.map { "a number between \($0.lowerBound) and \($0.upperBound)" }
  return DataError("\(what) is not \(wanted ?? "a number")")
}
