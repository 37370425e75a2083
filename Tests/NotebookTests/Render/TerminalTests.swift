import Testing

@testable import Notebook

@Suite struct TerminalTests {
  private func output(color: Bool = false, _ run: @escaping (Page) throws -> Void) -> String {
    var text = ""
    let terminal = Terminal(hasColor: color) { text += $0 }
    let lesson = SampleLesson.lesson([LessonSection("only", "Only", covers: [], run: run)])
    _ = try! LessonRun(lesson, RunOptions(), terminal).record(path: "reports/lesson9/lesson9.md")
    return text
  }

  @Test func plainOutputHasNoControlCharactersAndFitsEightyColumns() {
    var text = ""
    _ = try! LessonRun(SampleLesson.lesson(), RunOptions(), Terminal { text += $0 }).record(
      path: "x")
    #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
    for line in text.components("\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test func theFirstScreenIsShort() {
    let text = output { _ in }
    let first = text.components("\n").prefix { !$0.hasPrefix("──") }
    #expect(first.count < 20)
    #expect(text.contains("reports/lesson9/lesson9.md"))
    #expect(text.contains("under a second"))
  }

  @Test func aLongLineOfCodeIsCutAtASpace() {
    #expect(
      TextWrap.code("  let sum = first + second + third", width: 20) == [
        "  let sum = first +", "          second +", "          third",
      ])
    #expect(TextWrap.code("unbreakableunbreakable", width: 10) == ["unbreakableunbreakable"])
  }

  @Test func aWideTableIsWrapped() {
    let table = Table(
      caption: "", columns: ["layer", "what it does", "weights"],
      rows: [
        [
          "Linear(784, 50)", String(repeating: "words that go on ", count: 12), "39,250",
        ], ["aVeryLongNameWithoutAnySpaces" + String(repeating: "x", count: 80), "", "7"],
      ])
    let lines = TableText.lines(table, width: 78)
    #expect(lines.allSatisfy { $0.count <= 78 })
    #expect(lines.count > 4)
    #expect(lines.contains { $0.hasSuffix("39,250") })
  }

  @Test func numbersAreAlignedToTheRight() {
    let table = Table(caption: "", columns: ["a", "n"], rows: [["x", "5"], ["y", "1,250"]])
    #expect(TableText.lines(table, width: 80) == ["a      n", "─  ─────", "x      5", "y  1,250"])
  }

  @Test func proseIsWrappedAndItsMarksAreDropped() {
    let style = TerminalStyle(isOn: false)
    let lines = InlineMarkdown.lines(
      "**Bold** and *leaning* and `code` and 2 * 3 * 4, [here](https://a.b).\n\n- one\n- two two",
      width: 30, style: style)
    #expect(
      lines == [
        "Bold and leaning and `code`", "and 2 * 3 * 4, here", "(https://a.b).", "", "- one",
        "- two two",
      ])
    #expect(InlineMarkdown.styled("**b**", TerminalStyle(isOn: true)) == "\u{1B}[1mb\u{1B}[0m")
  }

  @Test func tensorsAreShort() {
    #expect(TensorText.lines("x", shape: [3], values: [1, 2, 3]) == "x  [3]  1  2  3")
    #expect(
      TensorText.lines("w", shape: [2, 2], values: [0.5, -1, 2, 10])
        == "w  [2, 2]\n   0.500  -1.000\n   2.000  10.000")
    #expect(TensorText.lines("loss", shape: [], values: [0.25]) == "loss  0.25")
    #expect(TensorText.lines("e", shape: [0, 3], values: []) == "e  [0, 3]  empty")
    let many = (0..<100).map { Float($0) }
    #expect(
      TensorText.lines("x", shape: [10, 10], values: many)
        == "x  [10, 10]  min 0 max 99 mean 49.5 std 28.9")
    #expect(
      TensorText.lines("x", shape: [100], values: many.map { $0 / 0 }).contains(
        "1 NaN! 99 infinite!"))
  }

  @Test func aCheckOutsideItsBandIsPlainToSee() {
    let text = output {
      $0.check("x", "the loss", 2, equals: 1, within: 0.5, because: "why", source: "where")
    }
    #expect(text.contains("✗ the loss: 2, EXPECTED 1 ± 0.5"))
    #expect(text.contains("reference: where; band: why"))
  }

  /// Twenty-five lines on a screen of ten: three stops, and one more where a section ends.
  @Test func aPauseComesAfterEachScreen() {
    var text = ""
    var stops: [Int] = []
    let terminal = Terminal(isInteractive: true) { text += $0 }
    terminal.startPausing(
      rows: { 10 },
      wait: {
        stops.append(text.utf8.count { $0 == UInt8(ascii: "\n") })
        return true
      })
    for number in 1...25 { terminal.line("line \(number)") }
    #expect(stops == [9, 18])
    terminal.pause("Enter for the next section")
    #expect(stops == [9, 18, 25])
    for number in 26...34 { terminal.line("line \(number)") }
    #expect(stops.count == 3)
    #expect(text.contains("Enter for more"))
  }

  @Test func nobodyWaitsWhereNobodyAnswers() {
    var asked = 0
    let terminal = Terminal(isInteractive: true) { _ in }
    terminal.startPausing(
      rows: { 3 },
      wait: {
        asked += 1
        return false
      })
    for number in 1...9 { terminal.line("line \(number)") }
    #expect(asked == 1)
    let piped = Terminal { _ in }
    piped.startPausing(
      rows: { 3 },
      wait: {
        Issue.record("a file was asked")
        return true
      })
    for number in 1...9 { piped.line("line \(number)") }
  }

  @Test func theBarFitsAndSaysHowLong() {
    let bar = Progress.bar("training", done: 5, of: 10, left: 12.2, note: "loss 0.31")
    #expect(bar == "  training ██████████░░░░░░░░░░ 5/10  13 s left  loss 0.31")
    let long = Progress.bar(String(repeating: "x", count: 90), done: 1, of: 2, left: 1, note: "")
    #expect(long.count < 80)
  }

  @Test func aBarLeavesNothingWhenPiped() {
    let text = output { page in
      let progress = page.progress("slow", total: 3)
      for _ in 0..<3 { progress.advance(note: "loss 1") }
    }
    #expect(!text.contains("slow"))
  }
}
