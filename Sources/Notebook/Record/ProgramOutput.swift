import Foundation

/// What a program prints, without blanks at its ends; nil if it cannot be started, fails, or takes longer than
/// `limit` seconds.
///
/// Foundation's `Process` needs a thread, and waits for ever where there is none.
func output(of command: [String], limit: Double = 10) -> String? {
  var ends: [Int32] = [-1, -1]
  guard pipe(&ends) == 0 else { return nil }
  defer { close(ends[0]) }
  guard let process = spawned(command, output: ends) else {
    close(ends[1])
    return nil
  }
  close(ends[1])
  let end = ContinuousClock.now + .seconds(limit)
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 4096)
  var isOpen = true
  while isOpen, ContinuousClock.now < end {
    var ready = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
    guard poll(&ready, 1, 100) > 0 else { continue }
    let count = read(ends[0], &buffer, buffer.count)
    if count > 0 { bytes += buffer[..<count] } else { isOpen = count < 0 && errno == EINTR }
  }
  var status: Int32 = 0
  while waitpid(process, &status, WNOHANG) == 0 {
    if ContinuousClock.now >= end { kill(-process, SIGKILL) }
    usleep(1000)
  }
  guard !isOpen, status == 0 else { return nil }
  return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
}

/// Starts a program of the search path in a group of its own, with the pipe as its output and nothing else.
private func spawned(_ command: [String], output ends: [Int32]) -> pid_t? {
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
  }
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
  for end in ends { posix_spawn_file_actions_addclose(&actions, end) }
  posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
  posix_spawnattr_setpgroup(&attributes, 0)
  var arguments = command.map { strdup($0) } + [nil]
  var environment = ProcessInfo.processInfo.environment.map { strdup("\($0)=\($1)") } + [nil]
  defer { for text in arguments + environment { free(text) } }
  var process: pid_t = 0
  let result = posix_spawnp(&process, command[0], &actions, &attributes, &arguments, &environment)
  return result == 0 ? process : nil
}
