import Foundation

/// Where and how long a run took place: the only part of a report that differs between equal runs.
public struct Receipt: Codable, Equatable, Sendable {
  public var command: String
  public var environment: Environment
  public var seconds = 0.0
  /// The sections in order, with their seconds.
  public var sectionSeconds: [Timing] = []
  /// Times that a section measured itself.
  public var timings: [Timing] = []

  /// A named duration.
  public struct Timing: Codable, Equatable, Sendable {
    public var name: String
    public var seconds: Double
  }
}

/// The facts of a machine that decide the digits of a run.
public struct Environment: Codable, Equatable, Sendable {
  public var swift: String
  public var cpu: String
  public var blas: String
  public var threads: Int
  public var commit: String

  /// True if a repeated run must give the same digits.
  func isSameKind(as other: Environment) -> Bool {
    swift == other.swift && cpu == other.cpu && blas == other.blas && threads == other.threads
  }

  /// The facts of this machine.
  static func current(blas: String, threads: Int) -> Environment {
    Environment(
      swift: swiftVersion, cpu: cpuModel(), blas: blas, threads: threads, commit: commit())
  }

  /// The compiler that built the program, and how.
  static var swiftVersion: String {
    #if compiler(>=6.4)
      let version = "6.4 or later"
    #elseif compiler(>=6.3.2)
      let version = "6.3.2 or later"
    #elseif compiler(>=6.3.1)
      let version = "6.3.1"
    #elseif compiler(>=6.3)
      let version = "6.3"
    #elseif compiler(>=6.2)
      let version = "6.2"
    #else
      let version = "6.1"
    #endif
    #if DEBUG
      return version + " debug"
    #else
      return version + " release"
    #endif
  }

  static func cpuModel() -> String {
    #if os(Linux)
      let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
      var facts: [String: String] = [:]  // of the first processor
      for line in text.split(whereSeparator: \.isNewline) {
        let parts = line.split(separator: ":", maxSplits: 1)
          .map { $0.trimmingCharacters(in: .whitespaces) }
        if parts.count == 2, facts[parts[0]] == nil { facts[parts[0]] = parts[1] }
      }
      let name = facts["model name"] ?? facts["Model"] ?? facts["CPU part"] ?? "unknown"
      // A virtual machine's name often says no more than "Processor"; these tell kinds apart.
      guard let family = facts["cpu family"], let model = facts["model"] else { return name }
      return "\(name) (family \(family), model \(model))"
    #else
      return output(of: ["/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string"]) ?? "unknown"
    #endif
  }

  /// The commit of the package, marked when files differ from it.
  static func commit() -> String {
    let folder = SourceFile.package.path
    guard
      let hash = output(of: ["git", "-C", folder, "rev-parse", "--short", "HEAD"])
    else { return "unknown" }
    let changes = output(
      of: ["git", "-C", folder, "status", "--porcelain", "--untracked-files=no"])
    return changes == "" ? hash : hash + " with local changes"
  }
}
