import Foundation
import Testing

@testable import Notebook

@Suite struct CommandLineTests {
  private func sentence(_ arguments: [String]) -> String? {
    do {
      _ = try SampleLesson.run(arguments)
      return nil
    } catch {
      return (error as? BadInput)?.sentence ?? "not a sentence: \(error)"
    }
  }

  @Test func badInputIsAnsweredInOneSentence() throws {
    try withFolder { (folder: String) throws in
      let file = folder + "/file"
      try Data().write(to: URL(fileURLWithPath: file))
      #expect(
        sentence(["--only", "nothing"])
          == "there is no section \"nothing\"; the sections are words, figures.")
      #expect(
        sentence(["--only", "wrods"])
          == "there is no section \"wrods\"; did you mean words? --list names all 2.")
      #expect(sentence(["--only", "Fig"])?.contains("did you mean figures?") == true)
      #expect(sentence(["--seeds", "0"])?.contains("at least 1 seed") == true)
      #expect(sentence(["--threads", "-1"])?.contains("--threads is -1") == true)
      #expect(sentence(["--data", folder + "/none"])?.contains("does not exist") == true)
      #expect(sentence(["--data", file])?.contains("is a file") == true)
      #expect(sentence(["--out", file])?.contains("is a file") == true)
      #expect(sentence(["--out", "/proc/none"])?.contains("writ") == true)
      #expect(sentence(["--verify", folder])?.contains("does not exist") == true)
      #expect(sentence(["--verify", folder, "--seed", "1"])?.contains("leave out") == true)
      try Data("{}".utf8).write(to: URL(fileURLWithPath: folder + "/result.json"))
      #expect(sentence(["--verify", folder])?.contains("is not a result file") == true)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
    }
  }

  @Test func aWordThatIsNotUTF8IsNamed() {
    var bytes: [CChar] = [0x63, 0x61, 0x66, CChar(bitPattern: 0xe9), 0]
    #expect {
      try bytes.withUnsafeMutableBufferPointer {
        try LessonCommand.refuseUnreadable(arguments: [$0.baseAddress!])
      }
    } throws: {
      "\($0)".contains("is not UTF-8")
    }
  }

  @Test func anUnknownOptionIsRefused() {
    #expect(throws: (any Error).self) { try LessonCommand.parse(["--nonsense"]) }
    #expect(throws: (any Error).self) { try LessonCommand.parse(["--seed", "many"]) }
  }

  @Test func listNamesEverySection() throws {
    let text = try SampleLesson.run(["--list"]).text
    #expect(text.contains("words    Words and numbers"))
    #expect(text.contains("covers one, two"))
  }

  @Test func seedsFollowTheSeed() throws {
    let lesson = SampleLesson.lesson()
    let options = try LessonCommand.parse(["--seed", "7", "--seeds", "4"]).arguments(for: lesson)
    #expect(options.claimSeeds == [7, 8, 9, 10])
    #expect(RunOptions().claimSeeds == [42, 43, 44])
    #expect(options.command == "swift run lesson9 --seed 7 --seeds 4")
  }

  @Test func aPartialRunDoesNotReplaceAFullReport() throws {
    try withFolder { (folder: String) throws in
      #expect(try SampleLesson.run(["--out", folder]).code == 0)
      let path = folder + "/lesson9/result.json"
      let full = try Data(contentsOf: URL(fileURLWithPath: path))
      #expect(try SampleLesson.run(["--out", folder, "--only", "words"]).code == 0)
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == full)
      #expect(try ResultFile.read(from: folder + "/lesson9-only").sections.map(\.id) == ["words"])
    }
  }

  @Test func aFailedCheckExitsWithOneAndStillReports() throws {
    try withFolder { (folder: String) throws in
      let sections = [
        LessonSection("a", "A", covers: []) {
          $0.check("x", "x", 1, equals: 2, within: 0, because: "", source: "")
        }
      ]
      #expect(try SampleLesson.run(["--out", folder], sections).code == 1)
      #expect(try ResultFile.read(from: folder + "/lesson9").numbers[0].ok == false)
    }
  }
}

@Suite struct FailingSectionTests {
  private struct Unreadable: Error, CustomStringConvertible {
    let description = "the file x is cut short"
  }

  @Test func aSectionThatStopsLeavesTheEarlierReport() throws {
    try withFolder { (folder: String) throws in
      #expect(try SampleLesson.run(["--out", folder]).code == 0)
      let path = URL(fileURLWithPath: folder + "/lesson9/lesson9.md")
      let before = try Data(contentsOf: path)
      let sections = [LessonSection("a", "A", covers: []) { _ in throw Unreadable() }]
      do {
        _ = try SampleLesson.run(["--out", folder], sections)
        Issue.record("the run went through")
      } catch let error as RunFailure {
        #expect(error.sentence.contains("The section a stopped: the file x is cut short."))
        #expect(error.sentence.contains("is untouched"))
      }
      #expect(try Data(contentsOf: path) == before)
    }
  }

  @Test func preparationThatFailsRunsNothing() throws {
    var ran = false
    let lesson = Lesson(
      9, "x", about: "x", takes: "x",
      sections: [LessonSection("a", "A", covers: []) { _ in ran = true }],
      prepare: { _ in throw Unreadable() })
    let run = LessonRun(lesson, RunOptions(), Terminal { _ in })
    #expect(throws: Unreadable.self) { try run.record(path: nil) }
    #expect(!ran)
  }
}

@Suite struct InterruptTests {
  @Test func anInterruptionSaysWhatWasDone() {
    #expect(
      Interrupt.sentence(done: ["a", "b"], report: "reports/lesson9", hasEarlier: true)
        == "Interrupted, done: a, b; the earlier report in reports/lesson9 is untouched.")
    #expect(
      Interrupt.sentence(done: [], report: "r", hasEarlier: false)
        == "Interrupted, no section was done; no report was written.")
    #expect(
      Interrupt.sentence(done: ["a"], report: "r", hasEarlier: true, isWritten: true)
        == "Interrupted, done: a; the report in r is whole.")
  }
}
