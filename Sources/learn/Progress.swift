import Foundation

/// What is known of each exercise, one line each: id, state, date, and the hints taken if any.
///
///     5.2 wrong 2026-01-31 hints 2
///
/// The file may be copied, edited or deleted; `learn check` writes it anew. Lines that are not
/// understood, and ids that are not known, are kept as they are. A link stays one, and the file that it leads to is
/// written.
struct Progress {
  struct Entry: Equatable {
    var state = ExerciseState.notStarted
    var date = ""
    var hints = 0
  }

  private(set) var entries: [String: Entry] = [:]
  private var others: [String] = []
  private let file: URL
  /// Why the file was not understood; it is then not written either.
  private(set) var problem: Refusal?

  init(file: URL) {
    self.file = followingLinks(file)
    guard FileManager.default.fileExists(atPath: self.file.path) else { return }
    guard let data = FileManager.default.contents(atPath: self.file.path),
      let text = String(validating: data, as: UTF8.self)
    else {
      problem = Refusal(
        "\(file.path) cannot be read, or is not UTF-8 text.\nMend it or move it away: learn check "
          + "writes it anew.")
      return
    }
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
    if let problem { throw problem }
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

/// Where a link leads, or a link to a link; it need not be there yet.
private func followingLinks(_ file: URL) -> URL {
  var file = file
  for _ in 0..<40 {
    guard
      let target = try? FileManager.default.destinationOfSymbolicLink(atPath: file.path)
    else { return file }
    file = URL(fileURLWithPath: target, relativeTo: file.deletingLastPathComponent()).absoluteURL
  }
  return file
}

private func today() -> String {
  let formatter = DateFormatter()
  formatter.locale = Locale(identifier: "en_US_POSIX")
  formatter.dateFormat = "yyyy-MM-dd"
  return formatter.string(from: Date())
}
