import Foundation

/// A run whose sections could not all finish.
struct RunFailure: Error, CustomStringConvertible {
  var sentence: String
  var description: String { sentence }
}

/// One run of a lesson from its options to its exit code.
struct LessonRun {
  let lesson: Lesson
  let options: RunOptions
  let terminal: Terminal

  init(_ lesson: Lesson, _ options: RunOptions, _ terminal: Terminal) {
    self.lesson = lesson
    self.options = options
    self.terminal = terminal
  }

  func run() throws -> Int32 {
    if options.list {
      list()
      return 0
    }
    if let folder = options.verify { return try verify(folder) }
    let isPartial = !options.only.isEmpty
    let folder = try ReportFolder(
      out: options.out, lesson: lesson.number, name: lesson.name + (isPartial ? "-only" : ""))
    terminal.reportFolder = folder.path
    Interrupt.begin(report: folder.path, hasEarlier: folder.hasEarlierReport)
    let record = try record(path: "\(folder.path)/\(lesson.name).md")
    guard record.failures.isEmpty else {
      Interrupt.end()
      let earlier =
        folder.hasEarlierReport ? " The earlier one in \(folder.path) is untouched." : ""
      throw RunFailure(
        sentence: record.failures.joined(separator: " ") + " No report was written." + earlier)
    }
    let files = Report(record).files
    try Interrupt.writing { try folder.replace(with: files) }
    Interrupt.end()
    finish(record, folder)
    return record.isGood ? 0 : 1
  }

  /// Runs the sections and returns what happened.
  func record(path: String?) throws -> Record {
    let blas = try lesson.prepare(options)
    let sections =
      options.only.isEmpty
      ? lesson.sections : lesson.sections.filter { options.only.contains($0.id) }
    if options.pause, isatty(0) == 1 { terminal.startPausing() }
    begin(path: path, blas: blas, count: sections.count)
    let page = Page(options, terminal: terminal)
    var record = Record(
      lesson: lesson.number, title: lesson.title, about: lesson.about, seed: options.seed,
      isFull: options.isFull, claimSeeds: options.seeds,
      receipt: Receipt(
        command: options.command,
        environment: .current(blas: blas, threads: options.threads)))
    let start = Date()
    for (index, section) in sections.enumerated() {
      page.section = SectionRecord(id: section.id, title: section.title, covers: section.covers)
      terminal.heading(index + 1, of: sections.count, page.section)
      let began = Date()
      do {
        try section.run(page)
      } catch {
        page.add(.failure("The section \(section.id) stopped: \(Self.sentence(error))"))
      }
      let seconds = Date().timeIntervalSince(began)
      record.sections.append(page.section)
      record.receipt.sectionSeconds.append(.init(name: section.id, seconds: seconds))
      Interrupt.done(section.id)
      if index + 1 < sections.count { terminal.pause("Enter for the next section") }
    }
    record.data = page.usedData
    record.receipt.timings = page.timings
    record.receipt.seconds = Date().timeIntervalSince(start)
    return record
  }

  /// An error in one sentence, on one line.
  static func sentence(_ error: any Error) -> String {
    var text = (error as? any LocalizedError)?.errorDescription ?? "\(error)"
    text = text.components("\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(
      separator: " ")
    return text.hasSuffix(".") ? text : text + "."
  }

  /// The first screen: what this is, how long it takes, where the report goes.
  private func begin(path: String?, blas: String, count: Int) {
    terminal.line(terminal.style.bold("Unrolled, lesson \(lesson.number): \(lesson.title)"))
    terminal.line()
    terminal.prose(lesson.about)
    terminal.line()
    let size = options.isFull ? "full size" : "quick size"
    let takes = options.isFull ? "longer than a quick run (\(lesson.takes))" : lesson.takes
    terminal.line("Takes     \(takes), no network")
    terminal.line(
      "Run       \(size), seed \(options.seed), \(options.threads) "
        + "thread\(options.threads == 1 ? "" : "s"), \(blas)")
    terminal.line(
      "Sections  \(count) of \(lesson.sections.count) (--list names them, --only ID runs one)")
    if let path { terminal.line("Report    \(path)") }
    terminal.line()
  }

  /// The last lines: how it went, where things are, what to try next.
  private func finish(_ record: Record, _ folder: ReportFolder) {
    let style = terminal.style
    terminal.line()
    terminal.line(style.accent(String(repeating: "─", count: terminal.width)))
    let result = record.summary.isEmpty ? "Done." : record.summary
    let summary = result + " (\(NumberText.seconds(record.receipt.seconds)))"
    for line in TextWrap.lines(summary, width: terminal.width) {
      terminal.line(record.isGood ? style.good(line) : style.bad(line))
    }
    for number in record.numbers where !number.isInside {
      terminal.prose("\(number.id) is \(NumberText.exact(number.value))", indent: "  ✗ ")
    }
    for failure in record.failures { terminal.prose(failure, indent: "  ✗ ") }
    terminal.line()
    terminal.line("Report    \(folder.path)/\(record.name).md")
    terminal.line("Notebook  \(folder.path)/\(record.name).ipynb")
    if !record.figures.isEmpty {
      terminal.line("Figures   \(folder.path)/figures (\(record.figures.count))")
    }
    terminal.line()
    terminal.line(style.bold("Try next"))
    var next = lesson.next
    if next.isEmpty, let id = lesson.sections.first?.id {
      next = ["`swift run \(lesson.name) --only \(id)` runs one section."]
    }
    for line in next { terminal.prose(line, indent: "  ") }
  }

  private func list() {
    terminal.line("Lesson \(lesson.number): \(lesson.title)")
    terminal.line()
    let width = lesson.sections.map(\.id.count).max() ?? 0
    for section in lesson.sections {
      terminal.line(
        terminal.style.bold(TextWrap.padded(section.id, to: width)) + "  \(section.title)")
      let covers = section.covers.joined(separator: ", ")
      let indent = String(repeating: " ", count: width + 2)
      if !covers.isEmpty {
        for line in TextWrap.lines("covers \(covers)", width: terminal.width - indent.count) {
          terminal.line(terminal.style.faint(indent + line))
        }
      }
    }
    terminal.line()
    terminal.line(
      "One section: swift run \(lesson.name) --only \(lesson.sections.first?.id ?? "ID")")
  }
}
