import Tensors

/// The transforms stage of a data block of table rows: gaps filled, categories numbered, numbers normalised, all by what
/// the training rows say. `table.rowNumbers` of each part says which rows of the file it holds.
public struct PreparedRows<Kind: LabelKind>: Sendable, CustomStringConvertible {
  public let kind: Kind
  public let preparation: TablePreparation
  public let train: LabelledTable<Kind.Value>
  public let valid: LabelledTable<Kind.Value>
  public let test: LabelledTable<Kind.Value>?
  /// Where validation and test rows hold categories that no training row has, a sentence each.
  public let unseen: [String]
  /// In how many rows each column holds such a category.
  public let unseenRows: [(part: String, column: String, rows: Int)]
  /// The words of all parts that were taken as missing.
  public let missing: MissingWords

  public var description: String {
    let table = train.table
    let categories = zip(table.categoricalNames, table.categories).map {
      "  \($0): \($1.count) categories, \($1[0]) among them\n"
    }
    let numbers = table.continuousNames.map { name in
      let known = preparation.normalize?.statistics[name]
      let median = preparation.fillMissing?.medians[name].map { ", gaps filled with \($0)" } ?? ""
      let constant =
        preparation.normalize?.constants.contains(name) == true
        ? ", constant in training: it becomes 0 in all rows" : ""
      return
        "  \(name): mean \(rounded(known?.mean)), deviation \(rounded(known?.deviation))\(median)\(constant)\n"
    }
    let test = self.test.map { ", \($0.count) to test" } ?? ""
    let counts = unseenRows.map {
      "  \($0.column): \($0.rows) rows to \($0.part) hold a category that no training row has\n"
    }
    let shown = unseen.prefix(12).map { "  \($0)\n" }.joined() + (unseen.count > 12 ? "  …\n" : "")
    return "\(train.count) rows to train on, \(valid.count) to validate with\(test)\n"
      + categories.joined() + numbers.joined() + missing.description + counts.joined() + shown
  }

  private func rounded(_ x: Double?) -> String {
    x.map { abs($0) < 1e9 ? "\(($0 * 1e4).rounded() / 1e4)" : "\($0)" } ?? "left"
  }

  /// Batches of categories, numbers and labels, in training in a new order each epoch.
  public func batches(of size: Int) -> DataBunch<Self, LabelledTable<Kind.Value>.Batch> {
    let (columns, numbers) = (train.table.codes.count, train.table.numbers.count)
    return DataBunch(
      stage: self, size: size, stepsPerEpoch: train.stepsPerEpoch(batchesOf: size),
      train: { generator in AnySequence(train.batches(of: size, using: &generator)) },
      valid: AnySequence(valid.batches(of: size)),
      test: test.map { AnySequence($0.batches(of: size)) },
      items: { $0.rows },
      description: LastBatch.summary(train: train.count, valid: valid.count, size: size, "rows")
        + """
          categories \(columns) × [\(size)], numbers [\(size), \(numbers)], labels [\(size)]

        """)
  }
}

extension LabelledItems where Item == TableRow {
  /// Fills gaps, numbers categories and normalises numbers: fastai's `procs=[FillMissing, Categorify, Normalize]`.
  ///
  /// - Parameters:
  ///   - categorical: The columns to take as words.
  ///   - continuous: The columns to take as numbers.
  ///   - missing: The fields that mean "no value"; the description says which were met, and how often.
  public func prepared(
    categorical: [String], continuous: [String], missing: Set<String> = Table.missing,
    fillsMissing: Bool = true, normalizes: Bool = true
  ) throws -> PreparedRows<Kind> {
    var words = MissingWords(counts: [])
    func table(_ rows: [TableRow]) throws -> Table {
      // All rows of a part come from one file.
      let (file, numbers) = (rows[0].file, rows.map(\.row))
      words =
        words
        + (try file.missingWords(in: categorical + continuous, of: numbers, missing: missing))
      return try Table(
        file, rows: numbers, categorical: categorical, continuous: continuous, missing: missing)
    }
    let training = try table(train.items)
    let parts =
      [("validate with", try table(valid.items))]
      + (try test.isEmpty ? [] : [("test", table(test))])
    let preparation = try TablePreparation(
      training: training, fillsMissing: fillsMissing, normalizes: normalizes)
    var unseen: [String] = []
    var unseenRows: [(part: String, column: String, rows: Int)] = []
    for (part, table) in parts {
      let filled = try preparation.fillMissing?(table) ?? table
      unseen += try preparation.categorify.unseen(in: filled)
      unseenRows += try preparation.categorify.unseenRows(in: filled).map { (part, $0, $1) }
    }
    let prepared = try parts.map { try preparation($1) }
    return PreparedRows(
      kind: kind, preparation: preparation,
      train: LabelledTable(try preparation(training), targets: train.labels),
      valid: LabelledTable(prepared[0], targets: valid.labels),
      test: prepared.count > 1 ? LabelledTable(prepared[1], targets: testLabels) : nil,
      unseen: unseen, unseenRows: unseenRows, missing: words)
  }
}
