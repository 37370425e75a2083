#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes a file so that its old content stays until the new one is whole and on the disk: into a new file
/// beside it, then `fsync`, then `rename`, which the system does as one.
///
/// A link is followed: the file that it points to is replaced, and the link stays. The old file's permissions stay, too.
func replaceFile(
  _ path: String, beforeRename: () throws -> Void = {},
  writing body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
) throws {
  let place = try FilePlace(path)
  var old = stat()
  let isThere = stat(place.path, &old) == 0
  guard !isThere || old.st_mode & S_IFMT == S_IFREG else {
    throw CheckpointError(
      "cannot be written: it is \(old.st_mode & S_IFMT == S_IFDIR ? "a folder" : "no file")")
  }
  let (name, file) = try place.newPartialFile()
  var isOpen = true
  do {
    if isThere { fchmod(file, old.st_mode & 0o777) }
    try body { bytes in
      var rest = bytes
      while !rest.isEmpty {
        let count = write(file, rest.baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { throw systemError("could not be written") }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
    guard fsync(file) == 0 else { throw systemError("could not be written") }
    isOpen = false
    guard close(file) == 0 else { throw systemError("could not be written") }
    try beforeRename()
    guard rename(name, place.path) == 0 else { throw systemError("could not be replaced") }
  } catch {
    if isOpen { close(file) }
    unlink(name)
    throw error
  }
  // The folder's entry, too; where a folder cannot be synced, the file is still whole.
  let folder = open(place.folder.isEmpty ? [0x2e, 0] : place.folder + [0], O_RDONLY)
  if folder >= 0 {
    fsync(folder)
    close(folder)
  }
}

/// Removes what writers that were killed have left beside a file; nobody else may be writing it now.
package func removePartialFiles(of path: String) {
  guard let place = try? FilePlace(path),
    let listing = opendir(place.folder.isEmpty ? [0x2e, 0] : place.folder + [0])
  else { return }
  defer { closedir(listing) }
  while let entry = readdir(listing) {
    let other = withUnsafeBytes(of: &entry.pointee.d_name) {
      $0.prefix { $0 != 0 }.map { CChar(bitPattern: $0) }
    }
    if place.isPartial(other) { unlink(place.folder + other + [0]) }
  }
}

/// Where a path leads if it is a link, or a link to a link; it need not be there yet.
package func followingLinks(_ path: String) throws -> String {
  let bytes = try FilePlace(path).path.dropLast().map { UInt8(bitPattern: $0) }
  guard let path = String(validating: bytes, as: UTF8.self) else {
    throw CheckpointError("is a link to a name that is not UTF-8")
  }
  return path
}

/// Where a path leads when links are followed, in the bytes of the system: its names need not be text.
private struct FilePlace {
  /// With the slash at its end; empty for the folder that the program runs in.
  let folder: [CChar]
  let name: [CChar]

  var path: [CChar] { folder + name + [0] }

  private static let slash = CChar(bitPattern: UInt8(ascii: "/"))
  private static let partial = ".partial".utf8.map { CChar(bitPattern: $0) }
  private static let longestName = 255  // bytes

  /// The file of a path; of a link, the file that it points to, there or not.
  init(_ path: String) throws {
    try expectWholePath(path)
    var path = path.utf8.map { CChar(bitPattern: $0) }
    for _ in 0..<40 {  // the system's own limit
      let start = path.lastIndex(of: Self.slash).map { $0 + 1 } ?? 0
      var facts = stat()
      guard lstat(path + [0], &facts) == 0, facts.st_mode & S_IFMT == S_IFLNK else {
        (folder, name) = (Array(path[..<start]), Array(path[start...]))
        return
      }
      var target = [CChar](repeating: 0, count: 4096)
      let count = readlink(path + [0], &target, target.count)
      guard count > 0 else { throw systemError("cannot be written") }
      target = Array(target[..<count])
      path = target[0] == Self.slash ? target : path[..<start] + target
    }
    errno = ELOOP
    throw systemError("cannot be written")
  }

  /// What the names of unfinished files begin with: the file's name and a point, or, where too little room is left
  /// behind a long name, its beginning and a number made of all its bytes (FNV-1a).
  private var stem: [CChar] {
    let room = Self.longestName - 7 - Self.partial.count
    if name.count <= room { return name + [CChar(bitPattern: UInt8(ascii: "."))] }
    let number = name.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64(UInt8(bitPattern: $1))) &* 0x100_0000_01b3
    }
    var start = name.prefix(room - 20)
    // Not in the middle of a character, which some systems refuse.
    while let last = start.last, last < 0 { start.removeLast() }
    return start + ".\(String(number, radix: 16)).".utf8.map { CChar(bitPattern: $0) }
  }

  func isPartial(_ other: [CChar]) -> Bool {
    other.count == stem.count + 6 + Self.partial.count && other.starts(with: stem)
      && other.suffix(Self.partial.count) == Self.partial[...]
  }

  /// A new file beside it, with the permissions of a new file.
  func newPartialFile() throws -> (name: [CChar], file: Int32) {
    guard !name.isEmpty else { throw CheckpointError("cannot be written: it names no file") }
    guard name.count <= Self.longestName else {
      errno = ENAMETOOLONG
      throw systemError("cannot be written")
    }
    let letters = "abcdefghijklmnopqrstuvwxyz0123456789".utf8.map { CChar(bitPattern: $0) }
    while true {
      // Only the name of a file that is gone when the call returns depends on this.
      let six = (0..<6).map { _ in letters.randomElement() ?? letters[0] }
      let name = folder + stem + six + Self.partial + [0]
      let file = open(name, O_WRONLY | O_CREAT | O_EXCL, 0o666)
      if file >= 0 { return (name, file) }
      guard errno == EEXIST else { throw systemError("cannot be written") }
    }
  }
}

/// The system reads a path up to its first byte of 0.
private func expectWholePath(_ path: String) throws {
  guard !path.utf8.contains(0) else {
    throw CheckpointError("is no path: it holds a byte of 0")
  }
}

/// Opens a regular file for reading; `body` gets its count of bytes.
func withFile<Result>(_ path: String, _ body: (Int32, Int) throws -> Result) throws -> Result {
  try expectWholePath(path)
  // Without waiting for a writer, where the path is a pipe's.
  let file = open(path, O_RDONLY | O_NONBLOCK)
  guard file >= 0 else { throw systemError("cannot be read") }
  defer { close(file) }
  var facts = stat()
  guard fstat(file, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
    throw CheckpointError("is not a file")
  }
  return try body(file, Int(facts.st_size))
}

/// The next so many bytes of a file; fewer where it ends.
func nextBytes(of file: Int32, count wanted: Int) throws -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: wanted)
  var count = 0
  while count < bytes.count {
    let more = bytes.withUnsafeMutableBytes {
      read(file, $0.baseAddress?.advanced(by: count), $0.count - count)
    }
    if more < 0 && errno == EINTR { continue }
    guard more >= 0 else { throw systemError("cannot be read") }
    if more == 0 { break }
    count += more
  }
  return count == bytes.count ? bytes : Array(bytes[..<count])
}

private func systemError(_ what: String) -> CheckpointError {
  CheckpointError("\(what): \(String(cString: strerror(errno)))")
}
