import Foundation

/// What came of trying one exercise.
struct TestOutcome: Equatable {
  var state: ExerciseState
  /// What is off, a paragraph each. Empty when not started or solved.
  var messages: [String] = []

  /// Reads the event stream and the output of one test process.
  ///
  /// - Parameter source: The text of the exercise's file, for the line of a function where a backtrace names only that.
  /// - Returns: nil if no test ran
  static func read(
    events: String, output: String, path: String, limit: Double, source: String = ""
  ) -> TestOutcome? {
    var ran = false
    var ended = false
    var notStarted = false
    var messages: [String] = []
    for line in events.split(whereSeparator: \.isNewline) {
      guard let record = try? JSONDecoder().decode(Record.self, from: Data(line.utf8)),
        record.kind == "event", let event = record.payload
      else { continue }
      switch event.kind {
      case "testStarted": ran = true
      case "testEnded": ended = true
      case "issueRecorded":
        if event.issue?.isKnown == true {
          notStarted = true
        } else if event.messages?.first?.symbol != "warning" {
          messages.append(event.sentence)
        }
      default: break
      }
    }
    guard ran else { return nil }
    if ended {
      if !messages.isEmpty { return TestOutcome(state: .wrong, messages: messages) }
      return TestOutcome(state: notStarted ? .notStarted : .solved)
    }
    let place = place(in: output, path: path, source: source)
    if output.contains("Time limit of exercise") {
      let at = place.map { ", at \($0)" } ?? ""
      return TestOutcome(
        state: .endless, messages: messages + ["Still running after \(short(limit)) s\(at)"])
    }
    let at = place ?? path
    return TestOutcome(state: .crashed, messages: messages + ["\(reason(in: output)), at \(at)"])
  }

  /// Why the process ended, in the words of the runtime.
  private static func reason(in output: String) -> String {
    if let match = output.firstMatch(of: #/Fatal error: ([^\n]+)/#) { return String(match.1) }
    if let match = output.firstMatch(of: #/Fatal error\b/#) { return String(match.0) }
    if let match = output.firstMatch(of: #/Swift runtime failure: (.+?) in /#) {
      return String(match.1).prefix(1).uppercased() + String(match.1).dropFirst()
    }
    if output.contains(#/stack overflow|signal code 11|Signal 11/#) {
      return "Bad memory access (does a function call itself without end?)"
    }
    if let match = output.firstMatch(of: #/signal code (\d+)/#) { return "Signal \(match.1)" }
    return "The process ended early"
  }

  /// The innermost place in the exercise's own file in a backtrace: of the thread that crashed, or
  /// else of the first that shows one. A few instructions belong to no line; then it is that of their function.
  private static func place(in output: String, path: String, source: String) -> String? {
    let name = NSRegularExpression.escapedPattern(for: path)
    guard
      let frame = try? Regex<(Substring, Substring?, Substring?)>(
        "(?:(\\w+)\\([^\\n]*)? at [^\\n]*\(name)(:\\d+)?")
    else { return nil }
    let crashed = output.firstMatch(of: #/Thread \d+[^\n]* crashed:/#)
    let tail = crashed.map { output[$0.range.lowerBound...] } ?? output[...]
    let match = tail.firstMatch(of: frame) ?? output[...].firstMatch(of: frame)
    guard let match else { return nil }
    if let line = match.2 { return path + line }
    let declared = match.1.flatMap { function in
      source.lines.firstIndex {
        $0.contains("func \(function)(") || $0.contains("func \(function)<")
      }
    }
    return path + (declared.map { ":\($0 + 1)" } ?? "")
  }
}

func short(_ seconds: Double) -> String {
  seconds == seconds.rounded() ? String(Int(seconds)) : String(seconds)
}

/// One line of Swift Testing's event stream, version 0: what is used of it here.
private struct Record: Decodable {
  let kind: String
  let payload: Event?

  struct Event: Decodable {
    let kind: String?
    let issue: Issue?
    let messages: [Message]?
  }

  struct Issue: Decodable {
    let isKnown: Bool
    let sourceLocation: Location?
  }

  struct Location: Decodable {
    let line: Int
  }

  struct Message: Decodable {
    let symbol: String
    let text: String
  }
}

extension Record.Event {
  fileprivate var sentence: String {
    // A comment above an #expect comes along as a message.
    let texts = (messages ?? []).map(\.text).filter { !$0.hasPrefix("//") }
    let text = texts.joined(separator: "\n")
    // A check throws, and its message is about a call; an #expect is about a line.
    if text.hasPrefix("Caught error: ") { return text.droppingPrefix("Caught error: ") }
    return text + (issue?.sourceLocation.map { " (line \($0.line))" } ?? "")
  }
}
