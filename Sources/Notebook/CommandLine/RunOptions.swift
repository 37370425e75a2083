import Foundation

/// What the user asked of one run, checked.
public struct RunOptions: Sendable {
  /// The seed of every random choice.
  public var seed: UInt64 = 42
  /// The number of paired seeds of a claim, if the user named one.
  public var seeds: Int?
  /// True with `--full`.
  public var isFull = false
  /// The folder of real data sets, if the user named one.
  public var data: URL?
  /// The threads that the run may use.
  public var threads = RunOptions.defaultThreads

  var only: [String] = []
  var out = "reports"
  var pause = false
  var list = false
  var verify: String?
  /// The command line, as the receipt names it.
  var command = ""

  /// Plain options, for a test.
  public init() {}

  /// Two threads, where the machine has them: small models gain nothing from more.
  static var defaultThreads: Int { min(ProcessInfo.processInfo.activeProcessorCount, 2) }

  /// The paired seeds of a claim: three, ten with `--full`, or as many as the user named.
  var claimSeeds: [UInt64] { (0..<UInt64(seeds ?? (isFull ? 10 : 3))).map { seed &+ $0 } }
}

/// A command line that makes no sense, in one sentence.
struct BadInput: Error, Equatable {
  static let exitCode: Int32 = 64
  var sentence: String
}
