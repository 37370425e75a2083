import Foundation

/// A program that ran to its end, or was ended.
struct Subprocess {
  let output: String
  let status: Int32
  let ranOutOfTime: Bool

  /// Runs `swift` with `arguments` in `directory`.
  ///
  /// - Parameters:
  ///   - likeHere: Gives it a terminal where this program has one. SwiftPM asks for coloured diagnostics on a terminal
  ///     only, and compiles everything anew whenever the command lines of the compiler change.
  ///   - limit: Seconds it may take.
  ///   - silence: Seconds it may print nothing.
  ///   - heard: Called with each piece of output.
  static func swift(
    _ arguments: [String], in directory: URL, environment: [String: String] = [:],
    likeHere: Bool = false, limit: Double? = nil, silence: Double? = nil,
    heard: (String) -> Void = { _ in }
  ) throws -> Subprocess {
    let channel = try (likeHere && isatty(1) == 1 ? Channel.terminal() : nil) ?? Channel.pipe()
    defer { close(channel.ours) }
    let process = try start(arguments, directory, environment, channel)
    defer { running = 0 }

    let start = ContinuousClock.now
    var lastHeard = start
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var status: Int32 = 0
    var interrupted: ContinuousClock.Instant?
    var hasEnded = false
    while true {
      var ready = pollfd(fd: channel.ours, events: Int16(POLLIN), revents: 0)
      let isReady = poll(&ready, 1, hasEnded ? 0 : 20) > 0
      let count = isReady ? read(channel.ours, &buffer, buffer.count) : 0
      let now = ContinuousClock.now
      if count > 0 {
        lastHeard = now
        bytes += buffer[..<count]
        heard(String(decoding: buffer[..<count], as: UTF8.self))
        // Of a program that prints without end, the beginning and the end are kept.
        if bytes.count > 4 << 20 { bytes.removeSubrange((1 << 20)..<(bytes.count - (1 << 20))) }
      } else if hasEnded {
        break
      } else if isReady {
        usleep(20_000)  // closed, though the program still runs
      }
      // What the program itself has started may live on and hold the channel: nobody waits for that.
      if !hasEnded { hasEnded = waitpid(process, &status, WNOHANG) != 0 }
      if let since = interrupted {
        if !hasEnded, now - since > .seconds(5) { kill(-process, SIGKILL) }
      } else if limit.map({ now - start > .seconds($0) }) ?? false
        || silence.map({ now - lastHeard > .seconds($0) }) ?? false
      {
        // SwiftPM passes an interrupt on to the tests it runs.
        kill(-process, SIGINT)
        interrupted = now
      }
    }
    return Subprocess(
      output: plain(String(decoding: bytes, as: UTF8.self)),
      status: status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f,
      ranOutOfTime: interrupted != nil)
  }

  /// Without the codes for colours and for lines that are drawn again.
  private static func plain(_ text: String) -> String {
    text.replacing(#/\x1B\[[0-9;]*[A-Za-z]/#, with: "").replacing("\r\n", with: "\n")
  }

  // MARK: Starting

  /// The group of the program that runs, for the signal handler; 0 if none does.
  private nonisolated(unsafe) static var running: pid_t = 0

  /// Starts `swift` in a group of its own, so that all of it can be ended. An interrupt of this program is passed on.
  private static func start(
    _ arguments: [String], _ directory: URL, _ environment: [String: String], _ channel: Channel
  ) throws -> pid_t {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
      close(channel.theirs)
    }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for output: Int32 in [1, 2] {
      posix_spawn_file_actions_adddup2(&actions, channel.theirs, output)
    }
    for end in [channel.ours, channel.theirs] {
      posix_spawn_file_actions_addclose(&actions, end)
    }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    let environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    var words = (["swift"] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in words + variables { free(text) } }
    let here = FileManager.default.currentDirectoryPath
    _ = FileManager.default.changeCurrentDirectoryPath(directory.path)
    defer { _ = FileManager.default.changeCurrentDirectoryPath(here) }
    var process: pid_t = 0
    let result = posix_spawnp(&process, "swift", &actions, &attributes, &words, &variables)
    guard result == 0 else {
      throw Refusal("Cannot start swift: \(String(cString: strerror(result))).")
    }
    running = process
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        if Subprocess.running > 0 { kill(-Subprocess.running, number) }
        signal(number, SIG_DFL)
        raise(number)
      }
    }
    return process
  }
}

/// Where a program's output goes: the end that it writes to, and the one that is read here.
private struct Channel {
  let ours: Int32
  let theirs: Int32

  static func pipe() throws -> Channel {
    var ends: [Int32] = [-1, -1]
    guard Foundation.pipe(&ends) == 0 else {
      throw Refusal("Cannot start swift: \(String(cString: strerror(errno))).")
    }
    return Channel(ours: ends[0], theirs: ends[1])
  }

  /// A pseudo-terminal that leaves the output as it is; nil where there is none.
  static func terminal() -> Channel? {
    var ends: (ours: Int32, theirs: Int32) = (-1, -1)
    guard openpty(&ends.ours, &ends.theirs, nil, nil, nil) == 0 else { return nil }
    var settings = termios()
    tcgetattr(ends.theirs, &settings)
    cfmakeraw(&settings)
    tcsetattr(ends.theirs, TCSANOW, &settings)
    return Channel(ours: ends.ours, theirs: ends.theirs)
  }
}
