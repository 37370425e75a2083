import Tensors

/// The transforms stage of a data block of table rows: gaps filled, categories numbered, numbers normalised, all by what
/// the training rows say.
public struct PreparedRows<Kind: LabelKind>: Sendable, CustomStringConvertible {
  public let kind: Kind
  public let preparation: TablePreparation
  public let train: LabelledTable<Kind.Value>
  public let valid: LabelledTable<Kind.Value>
  public let test: LabelledTable<Kind.Value>?
  /// Where validation and test rows hold categories that no training row has, a sentence each.
  public let unseen: [String]

  public var description: String {
    let table = train.table
    let categories = zip(table.categoricalNames, table.categories).map {
      "  \($0): \($1.count) categories, \($1[0]) among them\n"
    }
    let numbers = table.continuousNames.map { name in
      let known = preparation.normalize?.statistics[name]
      let median = preparation.fillMissing?.medians[name].map { ", gaps filled with \($0)" } ?? ""
      return
        "  \(name): mean \(rounded(known?.mean)), deviation \(rounded(known?.deviation))\(median)\n"
    }
    let test = self.test.map { ", \($0.count) to test" } ?? ""
    return "\(train.count) rows to train on, \(valid.count) to validate with\(test)\n"
      + categories.joined() + numbers.joined() + unseen.map { "  \($0)\n" }.joined()
  }

  private func rounded(_ x: Double?) -> String {
    x.map { "\(($0 * 1e4).rounded() / 1e4)" } ?? "left"
  }

  /// Batches of categories, numbers and labels. In training a short last batch is left out, as fastai does.
  public func batches(of size: Int) throws -> DataBunch<Self, LabelledTable<Kind.Value>.Batch> {
    guard train.count >= size else {
      throw DataError(
        "\(train.count) rows to train on make no batch of \(size): take smaller batches")
    }
    let (columns, numbers) = (train.table.codes.count, train.table.numbers.count)
    return DataBunch(
      stage: self, size: size,
      train: { generator in
        AnySequence(train.batches(of: size, dropsLast: true, using: &generator))
      },
      valid: AnySequence(valid.batches(of: size)),
      test: test.map { AnySequence($0.batches(of: size)) },
      description: """
        \(train.count / size) batches to train on, \((valid.count + size - 1) / size) to validate with
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
  public func prepared(
    categorical: [String], continuous: [String], fillsMissing: Bool = true, normalizes: Bool = true
  ) throws -> PreparedRows<Kind> {
    func table(_ rows: [TableRow]) throws -> Table {
      // All rows of a list come from one file.
      try Table(rows[0].file, categorical: categorical, continuous: continuous)
        .sample(rows.map(\.row))
    }
    let (training, validation) = (try table(train.items), try table(valid.items))
    let testing = test.isEmpty ? nil : try table(test)
    let preparation = try TablePreparation(
      training: training, fillsMissing: fillsMissing, normalizes: normalizes)
    let unseen = try [validation, testing].compactMap(\.self).flatMap {
      try preparation.categorify.unseen(in: preparation.fillMissing?($0) ?? $0)
    }
    return PreparedRows(
      kind: kind, preparation: preparation,
      train: LabelledTable(try preparation(training), targets: train.labels),
      valid: LabelledTable(try preparation(validation), targets: valid.labels),
      test: try testing.map {
        LabelledTable(try preparation($0), targets: test.map { _ in kind.unknown })
      },
      unseen: unseen)
  }
}
