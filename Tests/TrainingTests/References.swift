import Foundation

/// Where reference values lie: `Tests/References`, or the folder that `REFERENCES` names, so that those of any
/// other seed can be tried.
enum References {
  static let folder =
    ProcessInfo.processInfo.environment["REFERENCES"].map { URL(filePath: $0) }
    ?? URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "References")

  static func read<T: Decodable>(_ name: String) throws -> T {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(T.self, from: Data(contentsOf: folder.appending(path: name)))
  }
}
