import Foundation
import Testing

@testable import Notebook

/// A lesson with every kind of cell, small enough to read.
enum SampleLesson {
  static func lesson(_ sections: [LessonSection]? = nil) -> Lesson {
    Lesson(
      9, "A sample", about: "Every kind of cell, once.", takes: "under a second",
      sections: sections ?? [
        LessonSection("words", "Words and numbers", covers: ["one", "two"], run: words),
        LessonSection("figures", "Figures", covers: ["three"], run: figures),
      ], prepare: { _ in "TestBLAS" })
  }

  static func words(_ page: Page) {
    page.question("What does a page look like?")
    page.say("A *paragraph* with **bold** words and `code`.\n\n- one item\n- another")
    page.formula(#"y = x^2"#, plain: "y = x²")
    page.run {
      let numbers: [Float] = [1, 2, 3, 4]
      page.show("numbers", shape: [2, 2], values: numbers)
      page.print("a } brace in \"text\" {")
    }
    page.table("Squares", columns: ["n", "square"], rows: [["1", "1"], ["2", "4"]])
    page.check(
      "sample/pi", "π from a series", 3.14159, equals: Double.pi, within: 1e-5,
      because: "six digits were kept", source: "the C library")
    page.claim(
      "bigger", says: "Two is more than one.", measure: "difference", threshold: 0.5,
      setting: "whole numbers"
    ) { seed in 1 + Double(seed) / 1000 }
    page.correction("F0", says: "one is two.", standard: "one is one.")
    page.broken("an empty sum", "The sum forgets its start.")
    page.used(
      data: "squares", kind: .generated, records: 2, sha256: "00ff", licence: "public domain")
    page.seen("It looks like this.")
  }

  static func figures(_ page: Page) {
    for figure in SampleFigures.plots { page.plot(figure) }
    page.plot(SampleFigures.grid)
    page.plot(SampleFigures.sheet)
    page.plot(SampleFigures.digits)
    for drawing in SampleFigures.drawings { page.draw(drawing) }
  }
}

extension SampleLesson {
  /// The record of a run, with nothing written.
  static func record(
    _ sections: [LessonSection]? = nil, _ change: (inout RunOptions) -> Void = { _ in }
  ) -> Record {
    var options = RunOptions()
    options.command = "swift run lesson9"
    change(&options)
    return try! LessonRun(lesson(sections), options, Terminal { _ in }).record(path: nil)
  }

  /// One section that does what the test wants.
  static func record(_ run: @escaping (Page) throws -> Void) -> Record {
    record([LessonSection("only", "Only", covers: [], run: run)])
  }

  /// Runs a command line as the program would, and returns its exit code and what it printed.
  static func run(
    _ arguments: [String], _ sections: [LessonSection]? = nil
  ) throws -> (code: Int32, text: String) {
    let lesson = lesson(sections)
    var text = ""
    let command = try LessonCommand.parse(LessonCommand.hyphenated(arguments))
    let code = try LessonRun(lesson, command.arguments(for: lesson), Terminal { text += $0 }).run()
    return (code, text)
  }
}

/// A folder that exists while a test runs.
func withFolder(_ body: (String) throws -> Void) throws {
  let folder = NSTemporaryDirectory() + "notebook-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try body(folder)
}
