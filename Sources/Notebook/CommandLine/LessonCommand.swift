import ArgumentParser
import Foundation
import Synchronization

/// The command line of every lesson.
struct LessonCommand: ParsableCommand {
  /// The name and abstract of the lesson that is running, for the help text.
  private static let current = Mutex<(name: String, abstract: String)>(("lesson", ""))

  static var configuration: CommandConfiguration {
    current.withLock {
      CommandConfiguration(
        commandName: $0.name, abstract: $0.abstract,
        discussion: "Writes a report with figures to OUT/\($0.name). Nothing is read from the net.")
    }
  }

  @Flag(help: "List the sections with what they cover, and stop.")
  var list = false

  @Option(help: ArgumentHelp("Run one section; may be given several times.", valueName: "id"))
  var only: [String] = []

  @Flag(help: "More of everything that is slow: longer training, more seeds, second variants.")
  var full = false

  @Option(help: ArgumentHelp("Use the real data sets found in this folder.", valueName: "dir"))
  var data: String?

  @Option(help: ArgumentHelp("The seed of the run (default: 42).", valueName: "n"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("Measure claims over this many seeds (default: 3).", valueName: "n"))
  var seeds: Int?

  @Option(help: ArgumentHelp("Where reports go.", valueName: "dir"))
  var out = "reports"

  @Option(
    help: ArgumentHelp("Threads to use (default: 2, or 1 on one core).", valueName: "n"))
  var threads: Int?

  @Flag(help: "Wait for Enter after each screen and each section.")
  var pause = false

  @Flag(help: "Plain text, as with NO_COLOR.")
  var noColor = false

  @Option(
    help: ArgumentHelp("Repeat the run recorded in this folder and compare.", valueName: "dir"))
  var verify: String?

  /// The parsed command line; ends the program on `--help` or an unknown option.
  static func parsed(for lesson: Lesson) -> LessonCommand {
    name(lesson)
    do {
      try refuseUnreadable(
        arguments: Array(
          UnsafeBufferPointer(
            start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
        ).compactMap(\.self))
      return try parse(hyphenated(Array(CommandLine.arguments.dropFirst())))
    } catch {
      exit(withError: error)
    }
  }

  /// Swift repairs words that are not UTF-8, and a repaired name of a folder leads nowhere.
  static func refuseUnreadable(arguments: [UnsafeMutablePointer<CChar>]) throws {
    for argument in arguments where String(validatingCString: argument) == nil {
      throw ValidationError(
        "\"\(String(cString: argument))\" is not UTF-8; give the file or folder another name.")
    }
  }

  /// Sets the help text's name.
  static func name(_ lesson: Lesson) {
    current.withLock {
      $0 = (lesson.name, "Lesson \(lesson.number): \(lesson.title) (\(lesson.takes)).")
    }
  }

  /// Joins a number that begins with a minus to its option, so that the answer is about the number.
  static func hyphenated(_ arguments: [String]) -> [String] {
    var result: [String] = []
    for argument in arguments {
      if let option = result.last, ["--seed", "--seeds", "--threads"].contains(option),
        argument.hasPrefix("-"), Double(argument) != nil
      {
        result[result.count - 1] = "\(option)=\(argument)"
      } else {
        result.append(argument)
      }
    }
    return result
  }

  /// The checked options. Throws one sentence if they make no sense.
  func arguments(for lesson: Lesson) throws -> RunOptions {
    var options = RunOptions()
    let known = lesson.sections.map(\.id)
    for id in only where !known.contains(id) {
      let near = Spelling.nearest(to: id, of: known)
      throw BadInput(
        sentence: "there is no section \"\(id)\"; "
          + (near.map { "did you mean \($0)? --list names all \(known.count)." }
            ?? "the sections are \(known.joined(separator: ", "))."))
    }
    if let seeds, seeds < 1 {
      throw BadInput(sentence: "--seeds is \(seeds), but a claim needs at least 1 seed.")
    }
    if let threads, !(1...1024).contains(threads) {
      throw BadInput(sentence: "--threads is \(threads), but must be between 1 and 1024.")
    }
    if let data {
      let folder = (data as NSString).expandingTildeInPath
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
      guard exists, isFolder.boolValue else {
        throw BadInput(
          sentence: exists
            ? "--data \(data) is a file, but must be a folder with data sets."
            : "the --data folder \(data) does not exist.")
      }
      options.data = URL(fileURLWithPath: folder, isDirectory: true)
    }
    if verify != nil, seed != nil || seeds != nil || full || threads != nil || !only.isEmpty {
      throw BadInput(
        sentence: "--verify takes seed, size, threads and sections from the record; "
          + "leave out --seed, --seeds, --full, --threads and --only.")
    }
    options.seed = seed ?? 42
    options.seeds = seeds
    options.isFull = full
    options.threads = threads ?? RunOptions.defaultThreads
    options.only = only
    options.out = (out as NSString).expandingTildeInPath
    options.pause = pause
    options.list = list
    options.verify = verify.map { ($0 as NSString).expandingTildeInPath }
    options.command = command(for: lesson)
    return options
  }

  /// The command line that repeats the run; where it was written to and how it looked do not matter.
  private func command(for lesson: Lesson) -> String {
    var words = ["swift run \(lesson.name)"]
    words += only.map { "--only \($0)" }
    if full { words.append("--full") }
    if data != nil { words.append("--data DIR") }
    if let seed { words.append("--seed \(seed)") }
    if let seeds { words.append("--seeds \(seeds)") }
    if let threads { words.append("--threads \(threads)") }
    return words.joined(separator: " ")
  }
}
