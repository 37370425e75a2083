import Foundation

/// What is known of each exercise, one line each: id, state, date, and the hints taken if any.
///
///     5.2 wrong 2026-01-31 hints 2
///
/// The file may be copied, edited or deleted; `learn check` writes it anew. Lines that are not
/// understood, and ids that are not known, are kept as they are.
struct Progress {
  struct Entry: Equatable {
    var state = ExerciseState.notStarted
    var date = ""
    var hints = 0
  }

  private(set) var entries: [String: Entry] = [:]
  private var others: [String] = []
  private let file: URL

  init(file: URL) {
    self.file = file
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ").map(String.init)
      if words.count >= 3, !words[0].hasPrefix("#"), let state = ExerciseState(rawValue: words[1]) {
        let hints = words.count >= 5 && words[3] == "hints" ? Int(words[4]) ?? 0 : 0
        entries[words[0]] = Entry(state: state, date: words[2], hints: hints)
      } else {
        others.append(String(line))
      }
    }
  }

  mutating func record(_ state: ExerciseState, for id: String) throws {
    var entry = entries[id] ?? Entry()
    if entry.state != state || entry.date.isEmpty { entry.date = today() }
    entry.state = state
    entries[id] = entry
    try save()
  }

  mutating func record(hints: Int, for id: String) throws {
    var entry = entries[id] ?? Entry(date: today())
    entry.hints = max(entry.hints, hints)
    entries[id] = entry
    try save()
  }

  private func save() throws {
    let ids = entries.keys.sorted { $0.compare($1, options: .numeric) == .orderedAscending }
    let lines = ids.map { id in
      let entry = entries[id]!
      let hints = entry.hints > 0 ? " hints \(entry.hints)" : ""
      return "\(id) \(entry.state.rawValue) \(entry.date)\(hints)"
    }
    let text = (others + lines).joined(separator: "\n") + "\n"
    do {
      try text.write(to: file, atomically: true, encoding: .utf8)
    } catch {
      throw Refusal("Cannot write \(file.path): is the folder writable?")
    }
  }
}

private func today() -> String {
  let formatter = DateFormatter()
  formatter.locale = Locale(identifier: "en_US_POSIX")
  formatter.dateFormat = "yyyy-MM-dd"
  return formatter.string(from: Date())
}
