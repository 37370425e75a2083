import ArgumentParser

struct ShowSolution: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "solution",
    abstract: "Show a solution and why it works, once yours has passed.")

  @Argument(help: "The exercise, such as 5.2.")
  var id: String

  @Flag(help: "Show it although yours has not passed.")
  var giveUp = false

  func run() throws {
    let workshop = try Workshop()
    let exercise = try workshop.catalogue.exercise(id)
    guard let help = workshop.catalogue.help[id], !help.solution.isEmpty else {
      throw Refusal(
        "Exercise \(id) has no solution yet (docs/exercises.md says where it goes).\n"
          + "Next: edit \(exercise.path)")
    }
    guard giveUp || workshop.state(of: exercise) == .solved else {
      throw Refusal(
        """
        Exercise \(id) has not passed yet.
        Next: swift run learn check \(id)
              swift run learn hint \(id)
        To see the solution all the same: swift run learn solution \(id) --give-up
        """)
    }
    print("\(id)  \(exercise.title), a solution\n")
    print(help.solution)
    if !help.why.isEmpty {
      print("\nWhy this works\n")
      print(Terminal.wrapped(help.why))
    }
    print("\nThe source: \(help.path)\n\(workshop.next)")
  }
}
