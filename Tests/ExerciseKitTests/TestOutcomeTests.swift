import Foundation
import Testing

@testable import learn

/// The event lines and outputs are those of Swift 6.3 on Linux, shortened.
@Suite struct TestOutcomeTests {
  let started = #"{"kind":"event","payload":{"kind":"testStarted"},"version":0}"#
  let ended = #"{"kind":"event","payload":{"kind":"testEnded"},"version":0}"#

  @Test func noTestIsNoOutcome() {
    #expect(outcome([#"{"kind":"event","payload":{"kind":"runStarted"},"version":0}"#]) == nil)
  }

  @Test func tellsTheThreeStatesApart() {
    #expect(outcome([started, ended])?.state == .solved)
    #expect(outcome([started, issue(known: true, "not started"), ended])?.state == .notStarted)
    let wrong = outcome([started, issue(known: false, "twice too large"), ended])
    #expect(wrong == TestOutcome(state: .wrong, messages: ["twice too large"]))
  }

  @Test func aWarningIsNoMistake() {
    let warning = issue(known: false, "slow").replacing("\"fail\"", with: "\"warning\"")
    #expect(outcome([started, warning, ended])?.state == .solved)
    #expect(
      outcome([started, warning, issue(known: false, "too large"), ended])
        == TestOutcome(state: .wrong, messages: ["too large"]))
  }

  @Test func namesACrashWithTheReadersLine() {
    let crash = outcome(
      [started],
      output: """
        Swift/ContiguousArrayBuffer.swift:692: Fatal error: Index out of range
        Thread 3 "one":
          0 0x1 other() + 1 in Tests at /code/Tests/Exercises/Ex.swift:99:1
        Thread 5 "two" crashed:
          0 0x1 _assertionFailure(_:) + 623 in libswiftCore.so
          1 0x1 softmax(_:) + 9 in Tests at /code/Tests/Exercises/Ex.swift:21:9
          2 0x1 ex5_3() + 9 in Tests at /code/Tests/Exercises/Ex.swift:30:7
        """)
    #expect(
      crash
        == TestOutcome(
          state: .crashed, messages: ["Index out of range, at Tests/Exercises/Ex.swift:21"]))
  }

  @Test func namesACrashWithoutABacktrace() {
    let crash = outcome([started], output: "exited with unexpected signal code 11")
    #expect(crash?.state == .crashed)
    #expect(crash?.messages.first?.hasSuffix(", at Tests/Exercises/Ex.swift") == true)
  }

  @Test func namesAnEndlessLoop() {
    let loop = outcome([started], output: "Time limit of exercise 5.3 reached")
    #expect(loop == TestOutcome(state: .endless, messages: ["Still running after 20 s"]))
  }

  /// A comparison or an addition may belong to no line.
  @Test func namesTheFunctionsLineWhereAnInstructionHasNone() {
    let output = """
      Time limit of exercise 5.3 reached
      Thread 0 "x":
        0      0x1 softmax(_:) + 70 in Tests at /code/Tests/Exercises/Ex.swift
        1 [ra] 0x1 ex5_3() + 9 in Tests at /code/Tests/Exercises/Ex.swift:30:7
      Thread 1 crashed:
        0      0x1 raise + 9 in libc.so.6
      """
    let loop = TestOutcome.read(
      events: started, output: output, path: "Tests/Exercises/Ex.swift", limit: 20,
      source: "/// softmax\r\n\r\nfunc softmax(_ z: [Double]) {\r\n")
    #expect(loop?.messages == ["Still running after 20 s, at Tests/Exercises/Ex.swift:3"])
  }

  @Test func findsTheFirstErrorOfTheCompiler() throws {
    let error = try #require(
      CompilerError(
        in: "[1/2] Compiling\n/code/Tests/Ex.swift:7:3: error: cannot find 'x' in scope\n",
        root: URL(fileURLWithPath: "/code")))
    #expect(error.path == "Tests/Ex.swift")
    #expect(error.line == 7)
    #expect(error.message == "cannot find 'x' in scope")
  }

  private func issue(known: Bool, _ text: String) -> String {
    #"{"kind":"event","payload":{"kind":"issueRecorded","issue":{"isKnown":\#(known)},"#
      + #""messages":[{"symbol":"fail","text":"Caught error: \#(text)"}]},"version":0}"#
  }

  private func outcome(_ events: [String], output: String = "") -> TestOutcome? {
    TestOutcome.read(
      events: events.joined(separator: "\n"), output: output, path: "Tests/Exercises/Ex.swift",
      limit: 20)
  }
}
