import Foundation

/// A program that ran to its end.
struct Subprocess {
  /// The exit code, or the signal.
  let status: Int32
  let isSignal: Bool
  let output: String
  let error: String

  /// Runs a command of the PATH, or of a full path.
  static func run(_ command: [String]) throws -> Subprocess {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    // A backtrace takes seconds, and one thread is enough for a product of small matrices.
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["SWIFT_BACKTRACE": "enable=no", "OPENBLAS_NUM_THREADS": "1"]) { $1 }
    let (output, error) = (Pipe(), Pipe())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = error
    try process.run()
    // What a child prints on its error channel is short: it cannot fill the pipe.
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let errors = error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Subprocess(
      status: process.terminationStatus, isSignal: process.terminationReason == .uncaughtSignal,
      output: String(decoding: text, as: UTF8.self), error: String(decoding: errors, as: UTF8.self))
  }
}
