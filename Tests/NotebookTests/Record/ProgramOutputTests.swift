import Foundation
import Testing

@testable import Notebook

@Suite struct ProgramOutputTests {
  @Test func whatAProgramPrints() {
    #expect(output(of: ["echo", "one", "two"]) == "one two")
    #expect(output(of: ["sh", "-c", "cat; echo end"]) == "end")
    #expect(output(of: ["sh", "-c", "echo no >&2"]) == "")
    let many = output(of: ["sh", "-c", "i=0; while [ $i -lt 20000 ]; do echo $i; i=$((i+1)); done"])
    #expect(many?.components("\n").count == 20000)
  }

  @Test func aProgramThatFailsOrIsNotThereSaysNothing() {
    #expect(output(of: ["sh", "-c", "echo half; exit 3"]) == nil)
    #expect(output(of: ["no-such-program-anywhere"]) == nil)
  }

  /// Without a limit these would take an hour.
  @Test(.timeLimit(.minutes(1))) func aProgramThatHangsIsEnded() {
    #expect(output(of: ["sh", "-c", "echo one; sleep 3600"], limit: 0.2) == nil)
    #expect(output(of: ["sh", "-c", "sleep 3600 & wait"], limit: 0.2) == nil)
    #expect(output(of: ["sh", "-c", "exec >&-; sleep 3600"], limit: 0.2) == nil)
  }
}
