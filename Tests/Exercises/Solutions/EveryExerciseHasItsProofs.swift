import Foundation
import Testing

@testable import learn

/// What keeps the exercises honest: none is without a proof that its check accepts the solution and
/// refuses a typical mistake, and none is without help.
@Test func everyExerciseHasItsProofs() throws {
  let catalogue = try Catalogue(root: packageRoot(from: "/"))
  #expect(!catalogue.exercises.isEmpty)
  for problem in catalogue.problems { Issue.record("\(problem)") }
}
