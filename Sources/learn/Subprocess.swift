import Foundation

/// A program that ran to its end, or was ended.
struct Subprocess {
  let output: String
  let status: Int32
  let ranOutOfTime: Bool

  /// Runs `swift` with `arguments` in `directory`. Its output goes through a file, so that a program
  /// that prints without end cannot block on a full pipe.
  static func swift(
    _ arguments: [String], in directory: URL, environment: [String: String] = [:],
    limit seconds: Double? = nil
  ) throws -> Subprocess {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("learn-\(UUID().uuidString).txt")
    try Data().write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let handle = try FileHandle(forWritingTo: file)
    defer { try? handle.close() }

    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["swift"] + arguments
    process.currentDirectoryURL = directory
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = handle
    process.standardError = handle
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    do {
      try process.run()
    } catch {
      throw Refusal("Cannot start swift: \(error)")
    }
    var ranOut = false
    if let seconds, ended.wait(timeout: .now() + seconds) == .timedOut {
      ranOut = true
      // SwiftPM passes an interrupt on to the tests it runs.
      process.interrupt()
      if ended.wait(timeout: .now() + 5) == .timedOut {
        kill(process.processIdentifier, SIGKILL)
        ended.wait()
      }
    } else if seconds == nil {
      ended.wait()
    }
    let data = (try? Data(contentsOf: file)) ?? Data()
    return Subprocess(
      output: String(decoding: data, as: UTF8.self), status: process.terminationStatus,
      ranOutOfTime: ranOut)
  }
}
