import Foundation

extension LessonRun {
  /// Repeats a recorded run and compares. Writes nothing but what it finds.
  func verify(_ folder: String) throws -> Int32 {
    let recorded = try Self.recorded(in: folder, of: lesson)
    var options = options
    options.verify = nil
    options.seed = recorded.seed
    options.seeds = recorded.claimSeeds
    options.isFull = recorded.size == "full"
    options.threads = recorded.environment.threads
    let ids = recorded.sections.map(\.id)
    options.only = ids == lesson.sections.map(\.id) ? [] : ids
    Interrupt.begin(report: "", hasEarlier: false)
    let record = try LessonRun(lesson, options, terminal).record(path: nil)
    Interrupt.end()
    let comparison = Comparison(recorded, folder: folder, now: record)
    terminal.line()
    terminal.line(terminal.style.accent(String(repeating: "─", count: terminal.width)))
    if comparison.differences.isEmpty {
      terminal.prose("\(folder) holds. " + comparison.scope)
      terminal.line()
      terminal.line("Next: swift run \(lesson.name) --list")
      return 0
    }
    let count = comparison.differences.count
    terminal.prose(
      "\(folder) differs in \(count) place\(count == 1 ? "" : "s"). " + comparison.scope)
    for difference in comparison.differences.prefix(40) {
      terminal.prose(difference, indent: "  ✗ ")
    }
    if count > 40 { terminal.line("  and \(count - 40) more") }
    terminal.line()
    terminal.line(
      "Next: swift run \(lesson.name) --out DIR writes this run's report to compare with.")
    return 1
  }

  private static func recorded(in folder: String, of lesson: Lesson) throws -> ResultFile {
    let path = (folder as NSString).appendingPathComponent("result.json")
    guard FileManager.default.fileExists(atPath: path) else {
      throw BadInput(sentence: "there is no recorded run to repeat: \(path) does not exist.")
    }
    guard let file = try? ResultFile.read(from: folder) else {
      throw BadInput(sentence: "\(path) is not a result file of a lesson.")
    }
    guard file.lesson == lesson.number else {
      throw BadInput(
        sentence: "\(path) was written by lesson \(file.lesson); "
          + "repeat it with swift run lesson\(file.lesson) --verify \(folder).")
    }
    let known = lesson.sections.map(\.id)
    if let unknown = file.sections.first(where: { !known.contains($0.id) }) {
      throw BadInput(
        sentence: "\(path) records a section \"\(unknown.id)\" that the lesson no longer has.")
    }
    guard file.claimSeeds ?? 1 > 0, (1...1024).contains(file.environment.threads),
      ["quick", "full"].contains(file.size)
    else { throw BadInput(sentence: "\(path) records a run that no command line can ask for.") }
    return file
  }
}
