import ArgumentParser

struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the exercises and how far each is, as last checked.")

  func run() throws {
    let workshop = try Workshop()
    let exercises = workshop.catalogue.exercises
    let width = exercises.map(\.title.count).max() ?? 0
    for exercise in exercises {
      let state = workshop.state(of: exercise)
      let title = Terminal.padded(exercise.title, to: width)
      print("\(exercise.id)  \(title)  \(Terminal.coloured(state.words, as: state))")
    }
    let solved = exercises.count { workshop.state(of: $0) == .solved }
    print("\n\(solved) of \(exercises.count) solved.\n\(workshop.next)")
  }
}
