import Testing

/// Shows that a check refuses a wrong answer, and for the reason meant: the message must hold
/// `words`. The refusal is a known issue; no refusal, or another message, fails the test.
public func expectRefusal(
  _ words: String, sourceLocation: SourceLocation = #_sourceLocation, by check: () throws -> Void
) {
  do {
    try withKnownIssue("a mistake, refused as it should be", sourceLocation: sourceLocation) {
      try check()
    } matching: { issue in
      (issue.error as? ExerciseFailure)?.message.contains(words) ?? false
    }
  } catch {
    Issue.record("refused, but not with \"\(words)\": \(error)", sourceLocation: sourceLocation)
  }
}
