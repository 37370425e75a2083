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
      "result.json": Data(ResultFile(record).text.utf8),
    ]
    for figure in record.figures {
      if let svg = figure.svg { files["figures/\(figure.id).svg"] = Data(svg.utf8) }
      if let dot = figure.dot { files["figures/\(figure.id).dot"] = Data(dot.utf8) }
    }
    return files
  }
}
