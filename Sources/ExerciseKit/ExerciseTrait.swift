import Foundation
import Testing

/// Gives a test the three states of an exercise: not started, wrong, solved.
///
/// Only `Unsolved` is a known issue, so an untouched exercise does not fail the run, a wrong answer
/// does, and a right one passes.
public struct ExerciseTrait: TestTrait, TestScoping {
  let id: String

  public func provideScope(
    for test: Test, testCase: Test.Case?, performing body: @Sendable () async throws -> Void
  ) async throws {
    let clock = TimeLimit.start(for: id)
    defer { clock?.stop() }
    try await withKnownIssue(
      "exercise \(id): edit this file; stuck? swift run learn hint \(id)",
      isIntermittent: true, sourceLocation: test.sourceLocation
    ) {
      try await body()
    } matching: {
      $0.error is Unsolved
    }
  }
}

extension Trait where Self == ExerciseTrait {
  /// Marks a test as the exercise with this id.
  public static func exercise(_ id: String) -> Self { ExerciseTrait(id: id) }
}
