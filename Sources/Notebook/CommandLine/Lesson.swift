import Foundation

/// One section of a lesson: what it is called, what it covers, and what it does.
public struct LessonSection {
  let id: String
  let title: String
  let covers: [String]
  let run: (Page) throws -> Void

  /// - Parameters:
  ///   - id: What `--only` takes, such as "momentum".
  ///   - covers: The ids of the notes' items that a reader finds here.
  public init(
    _ id: String, _ title: String, covers: [String], run: @escaping (Page) throws -> Void
  ) {
    self.id = id
    self.title = title
    self.covers = covers
    self.run = run
  }
}

/// A lesson: sections that run one after the other and leave a report.
///
/// Make it and call `main()`; the command line is the same for every lesson.
public struct Lesson {
  let number: Int
  let title: String
  let about: String
  let takes: String
  let sections: [LessonSection]
  let next: [String]
  let prepare: (RunOptions) throws -> String

  var name: String { "lesson\(number)" }

  /// - Parameters:
  ///   - about: What the lesson is about, in two or three lines.
  ///   - takes: How long a quick run takes: "about 20 s on two cores".
  ///   - next: Lines that say what to try next.
  ///   - prepare: Called once before the first section: fixes the threads, looks whether the data
  ///     can be read (an error it throws ends the program at once), and returns the name
  ///     of the matrix library, such as "OpenBLAS 0.3.21 Cooperlake".
  public init(
    _ number: Int, _ title: String, about: String, takes: String, sections: [LessonSection],
    next: [String] = [], prepare: @escaping (RunOptions) throws -> String = { _ in "none" }
  ) {
    self.number = number
    self.title = title
    self.about = about
    self.takes = takes
    self.sections = sections
    self.next = next
    self.prepare = prepare
    let ids = sections.map(\.id)
    precondition(Set(ids).count == ids.count, "lesson \(number) has two sections with one id")
  }

  /// Reads the command line, runs, writes the report and ends the program.
  ///
  /// Exit codes: 0 all is well, 1 a check failed or a repeated run differs, 64 the command line
  /// makes no sense, 130 interrupted.
  public func main() -> Never {
    let command = LessonCommand.parsed(for: self)
    let terminal = Terminal.standard(noColor: command.noColor)
    do {
      exit(try LessonRun(self, command.arguments(for: self), terminal).run())
    } catch {
      terminal.clearTransient()
      let sentence = "\(name): \((error as? BadInput)?.sentence ?? LessonRun.sentence(error))\n"
      try? FileHandle.standardError.write(contentsOf: Data(sentence.utf8))
      exit(error is BadInput ? BadInput.exitCode : 1)
    }
  }
}
