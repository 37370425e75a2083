import DataPipeline
import Foundation

/// A folder of files that a test makes; removed with it.
final class TemporaryFolder {
  let url: URL
  var path: String { url.path }

  init(_ texts: [String: String] = [:]) throws {
    url = FileManager.default.temporaryDirectory.appending(path: "block-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (name, text) in texts { try write(name, Data(text.utf8)) }
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of a file of this folder.
  func callAsFunction(_ name: String) -> String { url.appending(path: name).path }

  /// The same, with the folders that it lies in.
  func callAsFunction(_ name: String, making: Bool) throws -> String {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    return file.path
  }

  func write(_ name: String, _ bytes: Data) throws {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: file)
  }

  /// The sentence of the error that `body` throws, with this folder's path left out.
  func sentence(_ body: () throws -> Void) -> String {
    do { try body() } catch {
      guard let error = error as? DataError else { return "not a DataError: \(error)" }
      return error.description.replacingOccurrences(of: path + "/", with: "")
        .replacingOccurrences(of: path, with: "DIR")
    }
    return "no error"
  }
}
