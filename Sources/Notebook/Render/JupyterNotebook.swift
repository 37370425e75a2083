/// The report as a Jupyter notebook (nbformat 4.5) with its outputs.
struct JupyterNotebook {
  let record: Record

  init(_ record: Record) { self.record = record }

  var text: String {
    var cells: [JSON] = []
    func add(_ make: (String) -> JSON) { cells.append(make("cell-\(cells.count + 1)")) }
    add { markdown($0, "# Lesson \(record.lesson): \(record.title)\n\n\(record.about)") }
    var executions = 0
    for (index, section) in record.sections.enumerated() {
      add { markdown($0, "## \(index + 1). \(section.title)") }
      var words: [Cell] = []
      func flush() {
        if !words.isEmpty {
          let text = CellMarkdown.blocks(words).joined(separator: "\n\n")
          add { markdown($0, text) }
        }
        words = []
      }
      for cell in section.cells {
        switch cell {
        case .code(let code) where code.runs:
          flush()
          executions += 1
          add { self.code($0, code, executions) }
        case .figure(let figure) where figure.svg != nil:
          // Markdown cells cannot carry a picture that travels with the notebook.
          flush()
          executions += 1
          let source = "// \(figure.title)"
          add { codeCell($0, source, [output(.figure(figure))], executions) }
        default: words.append(cell)
        }
      }
      flush()
    }
    add { markdown($0, MarkdownReport(record).receipt) }
    return JSON.object([
      ("cells", .array(cells)),
      (
        "metadata",
        .object([
          (
            "kernelspec",
            .object([
              ("display_name", .string("Swift")), ("language", .string("swift")),
              ("name", .string("swift")),
            ])
          ),
          (
            "language_info",
            .object([("file_extension", .string(".swift")), ("name", .string("swift"))])
          ),
        ])
      ), ("nbformat", .int(4)), ("nbformat_minor", .int(5)),
    ]).text() + "\n"
  }

  private func markdown(_ id: String, _ text: String) -> JSON {
    .object([
      ("cell_type", .string("markdown")), ("id", .string(id)), ("metadata", .object([])),
      ("source", lines(text)),
    ])
  }

  private func code(_ id: String, _ code: Code, _ count: Int) -> JSON {
    var outputs: [JSON] = []
    var rest = code.outputs[...]
    while let cell = rest.first {
      if case .text = cell {
        let texts = rest.prefix { if case .text = $0 { true } else { false } }
        rest = rest.dropFirst(texts.count)
        let all = texts.map { if case .text(let text) = $0 { text + "\n" } else { "" } }.joined()
        outputs.append(
          .object([
            ("name", .string("stdout")), ("output_type", .string("stream")), ("text", lines(all)),
          ]))
      } else {
        outputs.append(output(cell))
        rest = rest.dropFirst()
      }
    }
    return codeCell(id, code.source, outputs, count)
  }

  private func codeCell(_ id: String, _ source: String, _ outputs: [JSON], _ count: Int) -> JSON {
    .object([
      ("cell_type", .string("code")), ("execution_count", .int(count)), ("id", .string(id)),
      ("metadata", .object([])), ("outputs", .array(outputs)), ("source", lines(source)),
    ])
  }

  private func output(_ cell: Cell) -> JSON {
    var data: [(String, JSON)] = []
    switch cell {
    case .figure(let figure) where figure.svg != nil:
      data = [
        ("image/svg+xml", lines(figure.svg ?? "")),
        ("text/plain", lines("\(figure.title): \(figure.alt)")),
      ]
    case .table(let table):
      let plain = TableText.lines(table, width: 80).joined(separator: "\n")
      data = [("text/markdown", lines(CellMarkdown.table(table))), ("text/plain", lines(plain))]
    default:
      let text = CellMarkdown.blocks([cell]).joined(separator: "\n\n")
      data = [("text/markdown", lines(text)), ("text/plain", lines(text))]
    }
    return .object([
      ("data", .object(data)), ("metadata", .object([])), ("output_type", .string("display_data")),
    ])
  }

  /// A text as nbformat likes it: a list of lines that keep their ends.
  private func lines(_ text: String) -> JSON {
    let parts = text.components("\n")
    return .array(
      parts.enumerated().compactMap { index, part in
        let isLast = index == parts.count - 1
        return isLast && part.isEmpty ? nil : .string(isLast ? part : part + "\n")
      })
  }
}
