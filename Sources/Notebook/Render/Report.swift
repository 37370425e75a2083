import DataPipeline
import Foundation

/// The files of a report, all rendered from one record.
struct Report {
  let record: Record

  init(_ record: Record) { self.record = record }

  /// Contents by path inside the report's folder.
  var files: [String: Data] {
    var files: [String: Data] = [
      "\(record.name).md": Data(MarkdownReport(record).text.utf8),
      "\(record.name).ipynb": Data(JupyterNotebook(record).text.utf8),
    ]
    for figure in record.figures {
      if let svg = figure.svg { files["figures/\(figure.id).svg"] = Data(svg.utf8) }
      if let dot = figure.dot { files["figures/\(figure.id).dot"] = Data(dot.utf8) }
    }
    var result = ResultFile(record)
    result.files = files.mapValues(Self.checksum)
    result.files?[Self.result] = Self.noChecksum
    let checksum = Self.checksum(Data(result.text.utf8))
    result.files?[Self.result] = checksum
    files[Self.result] = Data(result.text.utf8)
    return files
  }

  static let result = "result.json"
  private static let noChecksum = String(repeating: "0", count: 64)

  private static func checksum(_ data: Data) -> String { SHA256.digest([UInt8](data)) }

  /// True if the file holds what the run wrote that listed this checksum.
  static func isUnchanged(_ file: String, _ data: Data, listed checksum: String) -> Bool {
    guard file == result else { return self.checksum(data) == checksum }
    let text = String(decoding: data, as: UTF8.self)
    return self.checksum(Data(text.replacingOccurrences(of: checksum, with: noChecksum).utf8))
      == checksum
  }
}
