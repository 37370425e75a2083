import ArgumentParser
import Foundation

@main
struct Learn: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn",
    abstract: "The exercises: what there is, what is solved, and help.",
    subcommands: [List.self, Check.self, Hint.self, ShowSolution.self])

  func run() throws { try List().run() }
}

/// A sentence for the reader that ends the program with 1.
struct Refusal: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// What every command starts from.
struct Workshop {
  let root: URL
  let catalogue: Catalogue
  var progress: Progress

  init() throws {
    root = try packageRoot()
    catalogue = try Catalogue(root: root)
    progress = Progress(file: root.appendingPathComponent(".learn-progress"))
    if let problem = progress.problem { throw problem }
  }

  func state(of exercise: Exercise) -> ExerciseState {
    progress.entries[exercise.id]?.state ?? (exercise.isGift ? .solved : .notStarted)
  }

  /// What to type next: the gift, until something was checked; then the first exercise that is not solved.
  var next: String {
    if let gift = catalogue.exercises.first(where: \.isGift), progress.entries.isEmpty {
      return "\(gift.id) is solved already, to show what solved looks like.\n"
        + "Next: swift run learn check \(gift.id)"
    }
    guard let exercise = catalogue.exercises.first(where: { state(of: $0) != .solved }) else {
      return "Every exercise is solved. Next: swift run lesson5"
    }
    let command = "swift run learn check \(exercise.id)"
    if state(of: exercise) == .notStarted && !exercise.isUntouched {
      return "Next: \(command)"
    }
    return "Next: edit \(exercise.path), then\n      \(command)"
  }
}

/// The package that the current directory is in, or else the one this program was built from.
func packageRoot(
  from directory: String = FileManager.default.currentDirectoryPath, source: String = #filePath
) throws -> URL {
  let starts = [URL(fileURLWithPath: directory), URL(fileURLWithPath: source)]
  for start in starts {
    var folder = start
    while folder.path != "/" {
      if FileManager.default.fileExists(atPath: folder.path + "/Package.swift"),
        FileManager.default.fileExists(atPath: folder.path + "/Tests/Exercises")
      {
        return folder
      }
      folder.deleteLastPathComponent()
    }
  }
  throw Refusal(
    "No exercises here: go to the folder that holds Package.swift and Tests/Exercises, then "
      + "swift run learn")
}
