import Foundation

/// How far an exercise is, as last seen.
enum ExerciseState: String {
  case notStarted = "not-started"
  case wrong, solved, crashed
  case endless

  var words: String {
    switch self {
    case .notStarted: "not started"
    case .endless: "does not end"
    default: rawValue
    }
  }
}

/// One exercise, as found in the source of its test.
struct Exercise {
  let id: String
  /// The display name of its test: the id and the title.
  let name: String
  /// The name of the test function, for the filter.
  let function: String
  /// Relative to the package.
  let path: String
  /// Whether the file as it stands still holds a `todo()`.
  let isUntouched: Bool
  /// Whether it comes solved, to show what solved looks like: its task says that it is a gift.
  let isGift: Bool

  var title: String { name.droppingPrefix("\(id) ") }
}

/// The help that stands beside an exercise: three hints, a solution and why it works.
struct Help {
  var hints: [String] = []
  var solution = ""
  var why = ""
  let path: String
}

/// The exercises and their help, read from the sources under `Tests/Exercises`: a file that is added
/// there is found without being listed anywhere.
struct Catalogue {
  private(set) var exercises: [Exercise] = []
  /// The display names of all other tests, such as "5.2 solution".
  private(set) var proofs: [String] = []
  private(set) var help: [String: Help] = [:]

  init(root: URL) throws {
    let folder = root.appendingPathComponent("Tests/Exercises")
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    for name in (names ?? []).sorted() where name.hasSuffix(".swift") {
      let path = "Tests/Exercises/\(name)"
      guard
        let data = FileManager.default.contents(atPath: folder.appendingPathComponent(name).path),
        let text = String(validating: data, as: UTF8.self)
      else { throw Refusal("\(path) cannot be read, or is not UTF-8 text.") }
      add(text, path: path)
    }
    sort()
  }

  /// For tests: sources by path.
  init(sources: [String: String]) {
    for (path, text) in sources.sorted(by: { $0.key < $1.key }) { add(text, path: path) }
    sort()
  }

  /// The gift is the first to be met, the others follow by their numbers.
  private mutating func sort() {
    exercises.sort {
      $0.isGift != $1.isGift
        ? $0.isGift : $0.id.compare($1.id, options: .numeric) == .orderedAscending
    }
  }

  private mutating func add(_ text: String, path: String) {
    let lines = text.lines
    let code = lines.filter { !$0.trimmingCharacters(in: .whitespaces).hasPrefix("//") }
      .joined(separator: "\n")
    let test = #/@Test\(\s*"([^"]*)"([^{]*?)func\s+(\w+)\s*\(/#
    var proved: String?
    for match in code.matches(of: test) {
      let name = String(match.1)
      if let id = match.2.firstMatch(of: #/\.exercise\(\s*"([^"]*)"\s*\)/#)?.1 {
        exercises.append(
          Exercise(
            id: String(id), name: name, function: String(match.3),
            path: path, isUntouched: code.contains("todo()"),
            isGift: lines.contains { $0.hasPrefix("///") && $0.contains("This one is a gift") }))
      } else {
        proofs.append(name)
        if name.hasSuffix(" solution") { proved = String(name.dropLast(" solution".count)) }
      }
    }
    if let proved { help[proved] = Help(lines, path: path) }
  }

  /// The exercise with this id, or a sentence that names those there are.
  func exercise(_ id: String) throws -> Exercise {
    if let exercise = exercises.first(where: { $0.id == id }) { return exercise }
    let known = exercises.map(\.id).joined(separator: ", ")
    throw Refusal("There is no exercise \(id). There are \(known).\nNext: swift run learn list")
  }
}

extension Help {
  /// Reads the parts between the lines `// MARK: Hints`, `// MARK: Solution` and
  /// `// MARK: Why this works`.
  init(_ lines: [String], path: String) {
    self.path = path
    var parts: [String: [String]] = [:]
    var part = ""
    for line in lines {
      if let name = line.wholeMatch(of: #/\s*//\s*MARK:\s*-?\s*(.*?)\s*/#)?.1 {
        part = name.lowercased()
      } else {
        parts[part, default: []].append(line)
      }
    }
    for line in parts["hints", default: []].map(uncommented) where !line.isEmpty {
      if let start = line.wholeMatch(of: #/\d+[.:)]\s*(.*)/#)?.1 {
        hints.append(String(start))
      } else if !hints.isEmpty {
        hints[hints.count - 1] += " " + line
      }
    }
    solution = unwrapped(parts["solution", default: []].joined(separator: "\n").trimmed)
    why = parts["why this works", default: []].map(uncommented).joined(separator: " ").trimmed
  }
}

/// A solution stands in an `enum Solution`, so that its name does not clash with the reader's; for
/// the reader it is shown without.
private func unwrapped(_ solution: String) -> String {
  var lines = solution.lines
  guard lines.count > 2, lines[0] == "private enum Solution {", lines.last == "}" else {
    return solution
  }
  lines = lines.dropFirst().dropLast().map { $0.droppingPrefix("  ").droppingPrefix("static ") }
  return lines.joined(separator: "\n")
}

/// The text of a comment line.
private func uncommented(_ line: String) -> String {
  String(line.trimmed.drop { $0 == "/" }).trimmed
}

extension String {
  /// The lines, whichever of LF, CRLF and CR ends them. (The pair CR LF is one character.)
  var lines: [String] {
    split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
      .map(String.init)
  }

  var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }

  func droppingPrefix(_ prefix: String) -> String {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
  }
}

extension Catalogue {
  /// What an exercise lacks, a sentence each.
  var problems: [String] {
    var problems: [String] = []
    var seen: Set<String> = []
    for exercise in exercises {
      let id = exercise.id
      if !seen.insert(id).inserted { problems.append("Two exercises have the id \(id).") }
      if !exercise.name.hasPrefix("\(id) ") || exercise.title.isEmpty {
        problems.append("The name of exercise \(id) should be its id and a title.")
      }
      if !proofs.contains("\(id) solution") {
        problems.append("Exercise \(id) has no test \"\(id) solution\".")
      }
      if !proofs.contains(where: { $0.hasPrefix("\(id) wrong: ") }) {
        problems.append("Exercise \(id) has no test \"\(id) wrong: …\".")
      }
      let hints = help[id]?.hints.count ?? 0
      if hints != 3 { problems.append("Exercise \(id) should have 3 hints, has \(hints).") }
      if (help[id]?.solution ?? "").isEmpty {
        problems.append("Exercise \(id) has no part \"MARK: Solution\".")
      }
      if (help[id]?.why ?? "").isEmpty {
        problems.append("Exercise \(id) has no part \"MARK: Why this works\".")
      }
    }
    return problems
  }
}
