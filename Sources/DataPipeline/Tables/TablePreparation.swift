/// What the course does to a table, in its order: fill gaps, number the categories, normalise the numbers.
///
/// All three learn from the training rows alone and then treat every table alike:
///
///     let preparation = try TablePreparation(training: train)
///     let rows = try preparation(valid)
public struct TablePreparation: Sendable {
  /// nil where gaps are an error.
  public let fillMissing: FillMissing?
  public let categorify: Categorify
  /// nil where numbers stay as they are.
  public let normalize: Normalize?

  public init(
    training table: Table, fillsMissing: Bool = true, normalizes: Bool = true
  ) throws {
    fillMissing = fillsMissing ? try FillMissing(training: table) : nil
    let filled = try fillMissing?(table) ?? table
    categorify = Categorify(training: filled)
    normalize = normalizes ? try Normalize(training: filled) : nil
  }

  public func callAsFunction(_ table: Table) throws -> PreparedTable {
    let filled = try fillMissing?(table) ?? table
    let coded = try categorify(filled)
    return try PreparedTable(normalize?(coded) ?? coded)
  }
}
