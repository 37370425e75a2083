import Testing

@testable import learn

@Suite struct CatalogueTests {
  static let exercise = """
    /// @Test("0.0 only in a comment", .exercise("0.0")) func ex0_0() {}
    func f() throws -> Int { try todo() }
    @Test("9.10 write f", .exercise("9.10"))
    func ex9_10() throws {}
    @Test(
      "9.2 write g", .exercise("9.2"), .tags(.important)
    )
    func ex9_2() throws {}
    """
  static let proof = """
    // MARK: Hints
    // 1. One,
    //    over two lines.
    // 2. Two.
    // 3. Three.

    // MARK: Solution
    func solution() -> Int { 1 }

    // MARK: Why this works
    // Because
    // it does.

    // MARK: Proofs
    @Test("9.10 solution") func solution9_10() throws {}
    @Test("9.10 wrong: two") func wrong9_10() {}
    """

  let catalogue = Catalogue(sources: ["a.swift": exercise, "b.swift": proof])

  @Test func findsExercisesInTheOrderOfTheirNumbers() {
    #expect(catalogue.exercises.map(\.id) == ["9.2", "9.10"])
    #expect(catalogue.exercises.map(\.title) == ["write g", "write f"])
    #expect(catalogue.exercises.map(\.function) == ["ex9_2", "ex9_10"])
  }

  @Test func readsTheHelp() throws {
    let help = try #require(catalogue.help["9.10"])
    #expect(help.hints == ["One, over two lines.", "Two.", "Three."])
    #expect(help.solution == "func solution() -> Int { 1 }")
    #expect(help.why == "Because it does.")
  }

  @Test(arguments: ["\r\n", "\r"]) func readsAnyEndOfLine(end: String) throws {
    let other = Catalogue(sources: [
      "a.swift": Self.exercise.replacing("\n", with: end),
      "b.swift": Self.proof.replacing("\n", with: end),
    ])
    #expect(other.exercises.map(\.name) == catalogue.exercises.map(\.name))
    #expect(other.exercises.map(\.isUntouched) == catalogue.exercises.map(\.isUntouched))
    let (help, expected) = (try #require(other.help["9.10"]), catalogue.help["9.10"])
    #expect(help.hints == expected?.hints)
    #expect(help.solution == expected?.solution)
    #expect(help.why == expected?.why)
    #expect(other.problems == catalogue.problems)
  }

  @Test func theGiftIsTheFirstToBeMet() {
    let gift =
      "/// This one is a gift.\n@Test(\"9.5 mse\", .exercise(\"9.5\"))\nfunc ex9_5() throws {}"
    let exercises = Catalogue(sources: ["a.swift": Self.exercise, "c.swift": gift]).exercises
    #expect(exercises.map(\.id) == ["9.5", "9.2", "9.10"])
    #expect(exercises.map(\.isGift) == [true, false, false])
  }

  @Test func namesWhatIsMissing() {
    #expect(catalogue.problems.allSatisfy { $0.contains("9.2") })
    #expect(catalogue.problems.contains("Exercise 9.2 has no test \"9.2 solution\"."))
    #expect(catalogue.problems.contains("Exercise 9.2 has no test \"9.2 wrong: …\"."))
    #expect(catalogue.problems.contains("Exercise 9.2 should have 3 hints, has 0."))
    let twice = Catalogue(sources: ["a.swift": Self.exercise, "c.swift": Self.exercise])
    #expect(twice.problems.contains("Two exercises have the id 9.2."))
  }

  @Test func anUnknownIdIsAnsweredWithTheKnownOnes() {
    #expect {
      try catalogue.exercise("9.3")
    } throws: {
      "\($0)".contains("no exercise 9.3. There are 9.2, 9.10.")
    }
  }
}
