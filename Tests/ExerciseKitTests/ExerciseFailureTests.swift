import ExerciseKit
import Testing

@Suite struct ExerciseFailureTests {
  @Test func saysWhatIsOff() {
    #expect(message(4, 2) == "f(x) should be 2, got 4: twice too large")
    #expect(message(1, 2) == "f(x) should be 2, got 1: half of what it should be")
    #expect(message(-2, 2) == "f(x) should be 2, got -2: the sign is wrong")
    #expect(message(.nan, 2).contains("not a number"))
    #expect(message(.infinity, 2).contains("divided by zero"))
  }

  @Test func prefersTheAdviceOfTheMistakeThatWasMade() {
    let mistakes = [Mistake(4, "was the mean forgotten?")]
    #expect(message(4, 2, mistakes) == "f(x) should be 2, got 4: was the mean forgotten?")
    #expect(message(3, 2, mistakes) == "f(x) should be 2, got 3: too large")
  }

  /// Then the right answer is refused, too, so that the exercise's own proof fails.
  @Test func anInputThatCannotTellMistakesApartIsRefused() {
    let right = Mistake(2, "was the mean forgotten?")
    #expect(
      message(2, 2, [right])
        == "f(x) cannot tell apart \"right\" and \"was the mean forgotten?\": choose other numbers")
    #expect(
      message(2, 2, [Mistake(4, "one"), Mistake(5, "two"), Mistake(4, "three")])
        == "f(x) cannot tell apart \"one\" and \"three\": choose other numbers")
    #expect(message(2, 2, [Mistake(4, "one"), Mistake(5, "two")]) == "")
  }

  @Test func acceptsWhatIsWithinTheTolerance() throws {
    try require("f(x)", gives: 2.05, expected: 2, within: 0.1)
  }

  @Test func refusesAListOfTheWrongLength() {
    #expect(throws: ExerciseFailure.self) {
      try require("f(x)", gives: [1, 2], expected: [1])
    }
  }

  private func message(_ actual: Double, _ expected: Double, _ mistakes: [Mistake] = []) -> String {
    do {
      try require("f(x)", gives: actual, expected: expected, mistakes: mistakes)
      return ""
    } catch {
      return "\(error)"
    }
  }
}
