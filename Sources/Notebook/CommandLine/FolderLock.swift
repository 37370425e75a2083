import Foundation

/// One run at a time puts its files into a folder. The system lets go of the lock when a run ends in any way.
enum FolderLock {
  /// Calls `body` while no other run holds the folder; gives up after ten seconds.
  static func hold(_ path: String, _ body: () throws -> Void) throws {
    let folder = open(path, O_RDONLY)
    defer { if folder >= 0 { close(folder) } }
    for _ in 0..<1000 {
      // Where a file system has no locks, two runs at once are not kept apart.
      if flock(folder, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK { return try body() }
      usleep(10_000)
    }
    throw WriteFailure(description: "another run has been writing there for ten seconds.")
  }
}
