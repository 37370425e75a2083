import CGraphviz
import Foundation
import Tensors

/// Graphviz through its C library: DOT text in, SVG text out.
enum Graphviz {
  /// What Graphviz says is wrong.
  struct Failure: Error, Equatable {
    var message: String
  }

  /// The library that measures the text starts a thread once, and ends the program where it gets none.
  private static let hasThread = WorkerThread.isThereOne

  /// Graphviz keeps global state, so one thread at a time.
  private static let lock = NSLock()

  static func svg(of dot: String) throws(Failure) -> String {
    lock.lock()
    defer { lock.unlock() }
    guard hasThread else {
      throw Failure(message: "Graphviz needs a thread, and the system gives none.")
    }
    var svg: UnsafeMutablePointer<CChar>?
    let problem = graphviz_svg(dot, &svg)
    guard let svg else {
      let message = problem.map { String(cString: $0) } ?? "no output"
      throw Failure(message: tidy(message))
    }
    defer { graphviz_free(svg) }
    return String(cString: svg)
  }

  /// The first line, without the program's own prefixes.
  private static func tidy(_ message: String) -> String {
    let lines = message.split(whereSeparator: \.isNewline).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    var text = lines.first { !$0.isEmpty } ?? "it gave no reason"
    for prefix in ["Error: ", "<stdin>: ", "Warning: "] where text.hasPrefix(prefix) {
      text = String(text.dropFirst(prefix.count))
    }
    return text.hasSuffix(".") ? text : text + "."
  }
}
