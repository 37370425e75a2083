import Foundation

/// The report as GitHub Markdown. It needs nothing but its `figures` folder.
struct MarkdownReport {
  let record: Record

  /// What stands below this line may differ between equal runs.
  static let receiptMark = "<!-- receipt -->"

  init(_ record: Record) { self.record = record }

  var text: String { body + "\n" + Self.receiptMark + "\n\n" + receipt + "\n" }

  /// Everything but the receipt.
  var body: String {
    var parts = ["# Lesson \(record.lesson): \(record.title)", record.about]
    if !record.summary.isEmpty { parts.append("**\(record.summary)**") }
    parts.append(
      record.sections.enumerated().map {
        "\($0 + 1). [\($1.title)](#\(Self.anchor("\($0 + 1). \($1.title)")))"
      }.joined(separator: "\n"))
    for (index, section) in record.sections.enumerated() {
      parts.append("## \(index + 1). \(section.title)")
      parts += CellMarkdown.blocks(section.cells)
      if !section.covers.isEmpty {
        let ids = section.covers.map { "`\($0)`" }.joined(separator: ", ")
        parts.append("<sub>Covers \(ids).</sub>")
      }
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  var receipt: String {
    let receipt = record.receipt
    var rows = [
      ["command", "`\(receipt.command)`"], ["seed", "\(record.seed)"], ["size", record.size],
      ["threads", "\(receipt.environment.threads)"], ["Swift", receipt.environment.swift],
      ["processor", receipt.environment.cpu], ["matrix library", receipt.environment.blas],
      ["commit", receipt.environment.commit],
      ["time", NumberText.seconds(receipt.seconds)],
    ]
    rows += receipt.timings.map { [$0.name, NumberText.seconds($0.seconds)] }
    var parts = ["## Receipt", CellMarkdown.table(columns: ["what", "this run"], rows: rows)]
    parts.append(
      CellMarkdown.table(
        columns: ["section", "time"],
        rows: receipt.sectionSeconds.map { [$0.name, NumberText.seconds($0.seconds)] },
        right: [1]))
    if !record.data.isEmpty {
      parts.append(
        CellMarkdown.table(
          columns: ["data", "kind", "records", "SHA-256", "licence"],
          rows: record.data.map {
            [
              $0.name, $0.kind.rawValue, NumberText.grouped($0.records), "`\($0.sha256)`",
              $0.licence,
            ]
          }, right: [2]))
    }
    return parts.joined(separator: "\n\n")
  }

  /// The anchor that GitHub gives a heading.
  static func anchor(_ heading: String) -> String {
    var result = ""
    for character in heading.lowercased() {
      if character.isLetter || character.isNumber || character == "-" || character == "_" {
        result.append(character)
      } else if character == " " {
        result.append("-")
      }
    }
    return result
  }
}
