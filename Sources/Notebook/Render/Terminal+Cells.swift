extension Terminal {
  func heading(_ number: Int, of count: Int, _ section: SectionRecord) {
    line()
    let head = "── \(number)/\(count)  \(section.title) "
    let tail = " \(section.id) ──"
    let rule = String(repeating: "─", count: max(2, width - head.count - tail.count))
    line(style.accent(head + rule) + style.faint(tail))
    line()
  }

  func show(_ cell: Cell, insideCode: Bool) {
    let indent = insideCode ? "  " : ""
    switch cell {
    case .question(let text):
      lines(InlineMarkdown.lines("Question: " + text, width: width, style: style).map(style.bold))
      line()
    case .prose(let markdown):
      prose(markdown, indent: indent)
      line()
    case .seen(let markdown):
      prose("**Seen:** " + markdown)
      line()
    case .correction(let id, let says, let standard):
      prose("**Correction \(id).** The notes say: \(says)", indent: "! ")
      prose("Standard: \(standard)", indent: "! ")
      line()
    case .broken(let title, let text):
      prose("**Broken on purpose: \(title).** \(text)", indent: "✗ ")
      line()
    case .formula(_, let plain):
      lines(plain.components("\n"), indent: "      ")
      line()
    case .code(let code):
      lines(
        code.source.components("\n").flatMap { TextWrap.code($0, width: width - 4) }
          .map { $0.isEmpty ? "" : style.code("    " + $0) })
      line(style.faint("    // \(code.file):\(code.line)"))
      if !code.runs { line() }
    case .text(let text):
      lines(text.components("\n"), indent: "  ")
      if !insideCode { line() }
    case .table(let table):
      line()
      if !table.caption.isEmpty {
        prose(style.isOn ? "**\(table.caption)**" : table.caption, indent: "  ")
      }
      lines(TableText.lines(table, width: width - 2), indent: "  ")
      line()
    case .number(let number): show(number)
    case .claim(let claim): show(claim)
    case .figure(let figure): show(figure)
    case .failure(let sentence):
      lines(TextWrap.lines(sentence, width: width - 2).map(style.bad), indent: "✗ ")
      line()
    }
  }

  func endCode(_ code: Code) { line() }

  private func show(_ number: CheckedNumber) {
    let isGood = number.isInside
    let mark = isGood ? style.good("✓") : style.bad("✗")
    let value = NumberText.compared(number.value, within: number.tolerance)
    let reference = NumberText.compared(number.reference, within: number.tolerance)
    let band = NumberText.short(number.tolerance)
    let text =
      "\(number.label): \(value), "
      + (isGood ? "expected \(reference) ± \(band)" : "EXPECTED \(reference) ± \(band)")
    for (index, part) in TextWrap.lines(text, width: width - 4).enumerated() {
      line((index == 0 ? "\(mark) " : "  ") + part)
    }
    let why = "reference: \(number.source); band: \(number.reason)"
    lines(TextWrap.lines(why, width: width - 4).map(style.faint), indent: "    ")
  }

  private func show(_ claim: ClaimResult) {
    line()
    prose("**Claim \(claim.id):** \(claim.says)", indent: "? ")
    prose("Measured: \(claim.measure)", indent: "  ")
    prose("Holds if: \(claim.thresholdText). Setting: \(claim.setting)", indent: "  ")
    let effects = zip(claim.seeds, claim.effects).map {
      "\($0): \(NumberText.short($1, digits: 4))"
    }
    prose("Effect by seed: " + effects.joined(separator: ", "), indent: "  ")
    let words =
      switch claim.verdict {
      case .holds: style.good("▲ \(claim.verdict.words)")
      case .fails: style.bad("▼ \(claim.verdict.words)")
      case .undecided: style.warning("◆ \(claim.verdict.words)")
      }
    line("  Mean \(NumberText.short(claim.mean, digits: 4)), \(claim.intervalText): " + words)
    line()
  }

  private func show(_ figure: Figure) {
    line()
    prose("**\(figure.title)**", indent: "  ")
    if let text = figure.text { lines(text.components("\n"), indent: "  ") }
    if let problem = figure.problem { prose(problem, indent: "  ") }
    line(style.faint("  → \(reportFolder.isEmpty ? "" : reportFolder + "/")\(figure.path)"))
    line()
  }
}

extension ClaimResult {
  /// "95 % interval 0.05 to 0.21"
  var intervalText: String {
    guard let interval else { return "no interval from so few seeds" }
    return "95 % interval \(NumberText.short(interval.lowerBound, digits: 4)) to "
      + NumberText.short(interval.upperBound, digits: 4)
  }
}

extension String {
  /// The parts between the separators; "\n" stands for every end of a line: LF, CR, and the pair CR LF, which is
  /// one character.
  func components(_ separator: Character) -> [String] {
    let isLine = separator == "\n"
    return split(omittingEmptySubsequences: false) {
      $0 == separator || isLine && ($0 == "\r\n" || $0 == "\r")
    }.map(String.init)
  }
}
