import ExerciseKit
import Testing

@Suite struct HelperTests {
  @Test func numericGradientOfAProduct() {
    let gradient = numericGradient(at: [2, 3]) { $0[0] * $0[0] * $0[1] }
    #expect(abs(gradient[0] - 12) < 1e-7 && abs(gradient[1] - 4) < 1e-7)
  }

  /// The proofs of the exercises rest on it.
  @Test func aRefusalCountsOnlyInTheRightWords() {
    expectRefusal("too small") { throw ExerciseFailure("f(1) should be 2, got 1: too small") }
    withKnownIssue {
      expectRefusal("too small") { throw ExerciseFailure("f(1) should be 2, got 3: too large") }
    }
    withKnownIssue { expectRefusal("too small") {} }
  }

  @Test func theSameSeedGivesTheSameNumbers() {
    let numbers = randomNumbers(count: 20, in: -1...1, seed: 3)
    #expect(numbers == randomNumbers(count: 20, in: -1...1, seed: 3))
    #expect(numbers != randomNumbers(count: 20, in: -1...1, seed: 4))
    #expect(numbers.allSatisfy { (-1...1).contains($0) })
  }

  /// The spreadsheet's SGD at learning rate 1e-4, first pass.
  @Test func lineSheetMatchesTheSpreadsheet() {
    let line = LineSheet.fit { _, value, gradient, _ in value - 1e-4 * gradient }
    #expect(abs(line.intercept - 1.0715160204) < 1e-10)
    #expect(abs(line.slope - 2.6130844920) < 1e-10)
  }
}
