import ArgumentParser
import Foundation

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Try your answers, each in a process of its own.")

  @Argument(help: "The exercises, such as 5.2; all if left out.")
  var ids: [String] = []

  @Option(help: "Seconds an exercise may take.")
  var limit = 20.0

  @Option(help: "The build folder. If left out, the one that this program was built in.")
  var scratchPath: String?

  func validate() throws {
    guard limit > 0, limit <= 86_400 else {
      throw ValidationError("--limit must be more than 0 seconds, and no more than a day.")
    }
  }

  func run() throws {
    var workshop = try Workshop()
    let exercises =
      try ids.isEmpty ? workshop.catalogue.exercises : ids.map(workshop.catalogue.exercise)
    let scratch = scratchPath ?? ownScratchPath() ?? ".build"
    print("Building the exercises …")
    fflush(nil)
    try build(workshop.root, scratch)

    var failed: [Exercise] = []
    for exercise in exercises {
      let outcome = try attempt(exercise, workshop.root, scratch)
      try workshop.progress.record(outcome.state, for: exercise.id)
      let state = Terminal.coloured(outcome.state.words, as: outcome.state)
      print("\(exercise.id)  \(exercise.title): \(state)")
      for message in outcome.messages { print(Terminal.wrapped(message, indent: "     ")) }
      fflush(nil)
      if ![.solved, .notStarted].contains(outcome.state) { failed.append(exercise) }
    }
    print("")
    if let exercise = failed.first {
      print("Next: edit \(exercise.path), then\n      swift run learn check \(exercise.id)")
      print("Stuck? swift run learn hint \(exercise.id)")
      throw ExitCode(1)
    }
    if exercises.count == 1 {
      let exercise = exercises[0]
      guard workshop.state(of: exercise) == .solved else {
        print("Next: edit \(exercise.path), then\n      swift run learn check \(exercise.id)")
        return
      }
      print("Compare: swift run learn solution \(exercise.id)")
    }
    print(workshop.next)
  }

  /// Builds all tests once, so that each try afterwards only starts a process.
  private func build(_ root: URL, _ scratch: String) throws {
    let minutes = 10.0
    var isTold = false
    let build = try Subprocess.swift(
      ["build", "--build-tests", "--scratch-path", scratch], in: root, likeHere: true,
      silence: 60 * minutes,
      heard: {
        guard !isTold, $0.contains("Another instance of SwiftPM") else { return }
        isTold = true
        print("Another build is running in this folder; waiting for it to end …")
        fflush(nil)
      })
    if build.ranOutOfTime {
      throw Refusal(
        "The build printed nothing for \(short(minutes)) minutes and was ended.\n"
          + "Next: swift build --build-tests")
    }
    guard build.status != 0 else { return }
    guard let error = CompilerError(in: build.output, root: root) else {
      let end = build.output.split(whereSeparator: \.isNewline).suffix(5).joined(separator: "\n")
      throw Refusal("The build failed:\n\(end)\nNext: swift build --build-tests")
    }
    let lines = text(of: error.path, root).lines
    let code =
      lines.indices.contains(error.line - 1) ? "\n    \(lines[error.line - 1].trimmed)" : ""
    throw Refusal(
      """
      This does not compile yet. The first error:
      \(error.path):\(error.line)\(code)
      \(Terminal.wrapped(error.message))
      Next: mend that line, then swift run learn check \(ids.joined(separator: " "))
      """.trimmed)
  }

  private func attempt(_ exercise: Exercise, _ root: URL, _ scratch: String) throws -> TestOutcome {
    let events = FileManager.default.temporaryDirectory
      .appendingPathComponent("learn-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: events) }
    let filter = #"^Exercises\.(.*/)?\#(exercise.function)\("#
    let test = try Subprocess.swift(
      [
        "test", "--skip-build", "--disable-xctest", "--scratch-path", scratch,
        "--event-stream-version", "0", "--event-stream-output-path", events.path,
        "--filter", filter,
      ],
      in: root,
      environment: [
        "EXERCISE_TIME_LIMIT": String(limit),
        "SWIFT_BACKTRACE": "enable=yes,preset=full,color=no,interactive=no",
      ],
      // The test ends itself at its limit and says where it was; this is for one that cannot.
      limit: limit + 60)
    let stream = String(
      decoding: FileManager.default.contents(atPath: events.path) ?? Data(), as: UTF8.self)
    if test.ranOutOfTime {
      let message = "Still running after \(short(limit + 60)) s, in \(exercise.path)"
      return TestOutcome(state: .endless, messages: [message])
    }
    if let outcome = TestOutcome.read(
      events: stream, output: test.output, path: exercise.path, limit: limit,
      source: text(of: exercise.path, root))
    {
      guard outcome.state == .endless, !"\(outcome.messages)".contains(exercise.path) else {
        return outcome
      }
      return TestOutcome(
        state: .endless, messages: outcome.messages.map { "\($0), in \(exercise.path)" })
    }
    let end = test.output.split(whereSeparator: \.isNewline).suffix(3).joined(separator: "\n")
    throw Refusal(
      "No test ran for \(exercise.id), \(exercise.function)() in \(exercise.path):\n\(end)\n"
        + "Next: swift test --filter \(exercise.function)")
  }
}

private func text(of path: String, _ root: URL) -> String {
  let data = FileManager.default.contents(atPath: root.appendingPathComponent(path).path)
  return String(decoding: data ?? Data(), as: UTF8.self)
}

/// `swift run` puts programs in FOLDER/TRIPLE/CONFIGURATION: that FOLDER, so that nothing is built
/// twice.
private func ownScratchPath() -> String? {
  guard let program = Bundle.main.executableURL?.resolvingSymlinksInPath() else { return nil }
  let folder = program.deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let marker = folder.appendingPathComponent("workspace-state.json").path
  return FileManager.default.fileExists(atPath: marker) ? folder.path : nil
}
