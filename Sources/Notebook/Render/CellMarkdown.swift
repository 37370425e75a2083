/// Cells as Markdown blocks. Report and notebook share them.
enum CellMarkdown {
  /// The blocks of a section: neighbouring checks become one table.
  static func blocks(_ cells: [Cell]) -> [String] {
    var blocks: [String] = []
    var numbers: [CheckedNumber] = []
    func flush() {
      if !numbers.isEmpty { blocks.append(checks(numbers)) }
      numbers = []
    }
    for cell in cells {
      if case .number(let number) = cell {
        numbers.append(number)
      } else {
        flush()
        blocks += block(cell)
      }
    }
    flush()
    return blocks
  }

  private static func block(_ cell: Cell) -> [String] {
    switch cell {
    case .question(let text): ["**Question:** \(text)"]
    case .prose(let markdown): [markdown]
    case .seen(let markdown): ["**Seen:** \(markdown)"]
    case .correction(let id, let says, let standard):
      [quoted("**Correction \(id).** The notes say: \(says)\n\n**Standard:** \(standard)")]
    case .broken(let title, let text): [quoted("**Broken on purpose: \(title).** \(text)")]
    case .formula(let tex, _): ["$$\n\(tex)\n$$"]
    case .code(let code): self.code(code)
    case .text(let text): [fenced(text, "text")]
    case .table(let table): [self.table(table)]
    case .number(let number): [checks([number])]
    case .claim(let claim): [self.claim(claim)]
    case .figure(let figure): [self.figure(figure)]
    case .failure(let sentence): [quoted("**✗ \(sentence)**")]
    }
  }

  private static func code(_ code: Code) -> [String] {
    let head = "<sub>\(code.file)</sub>"
    return [fenced(code.source, "swift") + "\n" + head] + outputs(code.outputs)
  }

  /// Neighbouring lines of text become one block.
  static func outputs(_ cells: [Cell]) -> [String] {
    var blocks: [String] = []
    var rest = cells[...]
    while let cell = rest.first {
      if case .text = cell {
        let texts = rest.prefix { if case .text = $0 { true } else { false } }
        rest = rest.dropFirst(texts.count)
        let lines = texts.map { if case .text(let text) = $0 { text } else { "" } }
        blocks.append(fenced(lines.joined(separator: "\n"), "text"))
      } else {
        let others = rest.prefix { if case .text = $0 { false } else { true } }
        rest = rest.dropFirst(others.count)
        blocks += self.blocks(Array(others))
      }
    }
    return blocks
  }

  static func checks(_ numbers: [CheckedNumber]) -> String {
    table(
      columns: ["", "check", "computed", "reference", "band", "why this band", "source"],
      rows: numbers.map {
        [
          $0.isInside ? "✓" : "✗ **outside**", $0.label,
          NumberText.compared($0.value, within: $0.tolerance),
          NumberText.compared($0.reference, within: $0.tolerance),
          "± \(NumberText.short($0.tolerance))", $0.reason, $0.source,
        ]
      }, right: [2, 3, 4])
  }

  static func claim(_ claim: ClaimResult) -> String {
    let mark =
      switch claim.verdict {
      case .holds: "▲"
      case .fails: "▼"
      case .undecided: "◆"
      }
    let effects = table(
      columns: ["seed"] + claim.seeds.prefix(claim.effects.count).map { "\($0)" },
      rows: [["effect"] + claim.effects.map { NumberText.short($0, digits: 4) }],
      right: Set(1...max(claim.effects.count, 1)))
    return quoted(
      """
      **Claim `\(claim.id)`: \(mark) \(claim.verdict.words).** \(claim.says)

      - Measured: \(claim.measure)
      - Holds if: \(claim.thresholdText)
      - Setting: \(claim.setting)
      - Mean \(NumberText.short(claim.mean, digits: 4)), \(claim.intervalText)

      \(effects)
      """)
  }

  static func figure(_ figure: Figure) -> String {
    var text =
      figure.svg == nil
      ? "*\(figure.title)*: \(figure.problem ?? "") [\(figure.path)](\(figure.path))"
      : "![\(altText(figure.alt))](\(figure.path))"
    if figure.svg == nil, let drawn = figure.text { text += "\n\n" + fenced(drawn, "text") }
    if let caption = figure.caption { text += "\n\n*\(caption)*" }
    return text
  }

  static func table(_ table: Table) -> String {
    let right = Set(table.columns.indices.filter { TableText.isNumeric(table, column: $0) })
    let text = self.table(columns: table.columns, rows: table.rows, right: right)
    return table.caption.isEmpty ? text : "**\(table.caption)**\n\n\(text)"
  }

  static func table(columns: [String], rows: [[String]], right: Set<Int> = []) -> String {
    func row(_ cells: [String]) -> String { "| " + cells.map(cell).joined(separator: " | ") + " |" }
    let rule = columns.indices.map { right.contains($0) ? "---:" : ":---" }
    return ([row(columns), "| " + rule.joined(separator: " | ") + " |"] + rows.map(row))
      .joined(separator: "\n")
  }

  private static func cell(_ text: String) -> String {
    text.replacing("|", with: "\\|").components("\n").joined(separator: "<br>")
  }

  private static func altText(_ text: String) -> String {
    text.replacing("[", with: "(").replacing("]", with: ")").components("\n").joined(separator: " ")
  }

  static func quoted(_ text: String) -> String {
    text.components("\n").map { $0.isEmpty ? ">" : "> \($0)" }.joined(separator: "\n")
  }

  static func fenced(_ text: String, _ language: String) -> String {
    let fence = text.contains("```") ? "````" : "```"
    return "\(fence)\(language)\n\(text)\n\(fence)"
  }
}
