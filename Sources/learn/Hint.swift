import ArgumentParser

struct Hint: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the next of three hints.")

  @Argument(help: "The exercise, such as 5.2.")
  var id: String

  @Option(help: "Show this step: 1, 2 or 3.")
  var step: Int?

  func run() throws {
    var workshop = try Workshop()
    let exercise = try workshop.catalogue.exercise(id)
    let hints = workshop.catalogue.help[id]?.hints ?? []
    guard !hints.isEmpty else {
      throw Refusal(
        "Exercise \(id) has no hints yet (docs/exercises.md says where they go).\n"
          + "Next: edit \(exercise.path)")
    }
    let taken = workshop.progress.entries[id]?.hints ?? 0
    let number = step ?? min(taken + 1, hints.count)
    guard hints.indices.contains(number - 1) else {
      throw Refusal("Exercise \(id) has the hints 1 to \(hints.count), not \(number).")
    }
    try workshop.progress.record(hints: number, for: id)
    print("\(id)  \(exercise.title), hint \(number) of \(hints.count)\n")
    print(Terminal.wrapped(hints[number - 1], indent: "  "))
    print("\nNext: edit \(exercise.path), then\n      swift run learn check \(id)")
    if number < hints.count {
      print("Another hint: swift run learn hint \(id)")
    } else {
      print("That was the last hint. To see how it is done:")
      print("      swift run learn solution \(id) --give-up")
    }
  }
}
