import Foundation
import Testing

@testable import Notebook

@Suite struct VerifyTests {
  /// Writes a report, changes one thing in a file, and verifies.
  private func verify(
    _ file: String = "result.json", _ old: String = "", _ new: String = ""
  ) throws -> (code: Int32, text: String) {
    var result: (code: Int32, text: String) = (-1, "")
    try withFolder { (folder: String) throws in
      let arguments = ["--out", folder, "--seed", "7", "--seeds", "4", "--threads", "1"]
      #expect(try SampleLesson.run(arguments).code == 0)
      let url = URL(fileURLWithPath: folder + "/lesson9/" + file)
      let text = try String(contentsOf: url, encoding: .utf8)
      if !old.isEmpty {
        try #require(text.contains(old), "\(file) does not hold \(old)")
        try text.replacing(old, with: new).write(to: url, atomically: true, encoding: .utf8)
      }
      result = try SampleLesson.run(["--verify", folder + "/lesson9"])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["lesson9"])
    }
    return result
  }

  @Test func anUnchangedReportHolds() throws {
    let (code, text) = try verify()
    #expect(code == 0, "\(text.suffix(600))")
    #expect(text.contains("every digit was compared"))
    #expect(text.contains("seed 7, 1 thread"))
  }

  @Test(arguments: [
    ("3.14159,", "3.14158,", "sample/pi, value: recorded 3.14158, now 3.14159"),
    ("3.141592653589793", "3.141592653589794", "sample/pi, reference"),
    ("1e-05", "2e-05", "sample/pi, tolerance"),
    ("six digits were kept", "five digits were kept", "sample/pi, reason"),
    ("the C library", "a table", "sample/pi, source"),
    ("[1.007, 1.008,", "[1.007, 1.009,", "effect of seed 8"),
    ("\"verdict\": \"holds\"", "\"verdict\": \"fails\"", "claim bigger, verdict"),
    ("\"00ff\"", "\"00fe\"", "data squares"),
    ("\"id\": \"sample/pi\"", "\"id\": \"sample/po\"", "number sample/po"),
    ("figures/loss.svg", "figures/lost.svg", "figures"),
    ("\"one\", \"two\"", "\"one\"", "section words, covers"),
  ])
  func aChangedDigitIsFound(old: String, new: String, says: String) throws {
    let (code, text) = try verify("result.json", old, new)
    #expect(code == 1)
    #expect(text.replacing("\n    ", with: " ").contains(says), "\(text.suffix(500))")
  }

  @Test func aChangedReportOrFigureIsFound() throws {
    #expect(try verify("lesson9.md", "Two is more", "Two was more").code == 1)
    #expect(try verify("lesson9.ipynb", "Two is more", "Two was more").code == 1)
    #expect(try verify("figures/loss.svg", "Loss of", "Lass of").code == 1)
    #expect(try verify("figures/net.dot", "rankdir=LR", "rankdir=TB").code == 1)
  }

  @Test(arguments: ["lesson9.md", "lesson9.ipynb", "figures/net.dot"])
  func theEndsOfLinesMayDiffer(file: String) throws {
    #expect(try verify(file, "\n", "\r\n").code == 0)
  }

  @Test func theReceiptMayDiffer() throws {
    let (code, text) = try verify("lesson9.md", "| size | quick |", "| size | fast |")
    #expect(code == 0, "\(text.suffix(600))")
  }

  @Test func anotherLessonIsRefused() {
    #expect(throws: BadInput.self) { try verify("result.json", "\"lesson\": 9", "\"lesson\": 8") }
  }

  /// Comparisons on another machine, made by changing the recorded one.
  private func elsewhere(_ change: (inout ResultFile) -> Void) -> [String] {
    let record = SampleLesson.record()
    var file = ResultFile(record)
    file.environment.cpu = "another"
    change(&file)
    return Comparison(file, folder: "/nowhere", now: record).differences
  }

  @Test func elsewhereTheBandsDecide() {
    #expect(elsewhere { _ in }.isEmpty)
    #expect(elsewhere { $0.numbers[0].value = 3.141595 }.isEmpty)
    #expect(elsewhere { $0.numbers[0].value = 3.1417 }.count == 1)
    #expect(!elsewhere { $0.numbers[0].reference = 3.2 }.isEmpty)
    #expect(elsewhere { $0.claims[0].effects[0] = 1.5 }.isEmpty)
    #expect(elsewhere { $0.claims[0].verdict = "undecided" }.isEmpty)
    #expect(elsewhere { $0.claims[0].verdict = "fails" }.count == 1)
    #expect(elsewhere { $0.claims[0].interval = [-3, -2] }.count == 1)
    #expect(elsewhere { $0.claims[0].interval = nil }.isEmpty)
    #expect(
      elsewhere {
        ($0.claims[0].interval, $0.claims[0].verdict) = (nil, "undecided")
      }.count == 1)
    #expect(elsewhere { $0.numbers.removeAll() }.count == 1)
  }
}
