import ExerciseKit
import Testing

/// What the exercises promise: an answer that is not there yet fails nothing, and a wrong one cannot hide behind that.
@Suite struct ExerciseTraitTests {
  private struct OtherError: Error {}

  private func attempt(_ answer: @escaping @Sendable () throws -> Void) async throws {
    let test = try #require(Test.current)
    try await ExerciseTrait.exercise("0.0").provideScope(
      for: test, testCase: nil, performing: answer)
  }

  @Test func onlyWhatIsNotStartedIsKnown() async throws {
    try await attempt { let _: Int = try todo() }
  }

  @Test func aWrongAnswerFails() async {
    await #expect(throws: ExerciseFailure.self) {
      try await attempt { throw ExerciseFailure("twice too large") }
    }
    await #expect(throws: OtherError.self) { try await attempt { throw OtherError() } }
  }

  /// The expectation is known to this test, and would not be seen here if the trait had taken it.
  @Test func anExpectationOfTheReadersOwnFails() async throws {
    await withKnownIssue {
      try await attempt { #expect(Bool(false)) }
    }
  }

  @Test func aRightAnswerPasses() async throws { try await attempt {} }
}
