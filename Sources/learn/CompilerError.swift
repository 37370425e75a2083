import Foundation

/// The first error of a failed build.
struct CompilerError: Equatable {
  let path: String
  let line: Int
  let message: String

  init?(in output: String, root: URL) {
    let error = #/(/[^\n:]+):(\d+):\d+: error: ([^\n]+)/#
    guard let match = output.firstMatch(of: error) else { return nil }
    path = String(match.1).droppingPrefix(root.path + "/")
    line = Int(match.2) ?? 0
    message = String(match.3)
  }
}
