#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes a file so that its old content stays until the new one is whole and on the disk: into a new file
/// beside it, then `fsync`, then `rename`, which the system does as one. A link stays, and what it leads to is written.
func replaceFile(
  _ path: String, beforeRename: () throws -> Void = {},
  writing body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
) throws {
  let path = try followingLinks(path)
  var old = stat()
  let exists = stat(path, &old) == 0
  // A rename would put a file in the place of a device or a pipe.
  guard !exists || old.st_mode & S_IFMT == S_IFREG else { throw CheckpointError("is not a file") }
  var name = Array("\(path).XXXXXX\(partial)".utf8CString)
  let file = mkstemps(&name, Int32(partial.utf8.count))
  guard file >= 0 else { throw systemError("cannot be written") }
  var isOpen = true
  do {
    fchmod(file, exists ? old.st_mode & 0o777 : 0o644)
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
    guard rename(name, path) == 0 else { throw systemError("could not be replaced") }
  } catch {
    if isOpen { close(file) }
    unlink(name)
    throw error
  }
  // The folder's entry, too; where a folder cannot be synced, the file is still whole.
  let folder = open(
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? ".", O_RDONLY)
  if folder >= 0 {
    fsync(folder)
    close(folder)
  }
}

private let partial = ".partial"

/// Where a path leads if it is a link, or a link to a link; it need not be there yet.
package func followingLinks(_ path: String) throws -> String {
  var path = path
  var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
  for _ in 0..<40 {
    let count = buffer.withUnsafeMutableBytes {
      readlink(path, $0.assumingMemoryBound(to: CChar.self).baseAddress!, $0.count)
    }
    guard count >= 0 else { return path }
    guard let target = String(validating: buffer[..<count], as: UTF8.self) else {
      throw CheckpointError("is a link to a name that is not UTF-8")
    }
    let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[...$0] } ?? ""
    path = target.hasPrefix("/") ? target : folder + target
  }
  throw CheckpointError("is a link that leads to itself")
}

/// Removes what writers that were killed have left beside a file; nobody else may be writing it now.
package func removePartialFiles(of path: String) {
  guard let path = try? followingLinks(path) else { return }
  let start =
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.index(after: $0) } ?? path.startIndex
  let (folder, name) = (String(path[..<start]), path[start...])
  guard let listing = opendir(folder.isEmpty ? "." : folder) else { return }
  defer { closedir(listing) }
  while let entry = readdir(listing) {
    let other = withUnsafeBytes(of: &entry.pointee.d_name) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    if other.hasPrefix("\(name)."), other.hasSuffix(partial),
      other.count == name.count + ".XXXXXX".count + partial.count
    {
      unlink(folder + other)
    }
  }
}

/// All bytes of a file.
func readFile(_ path: String) throws -> [UInt8] {
  let file = open(path, O_RDONLY)
  guard file >= 0 else { throw systemError("cannot be read") }
  defer { close(file) }
  var facts = stat()
  guard fstat(file, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
    throw CheckpointError("is not a file")
  }
  var bytes = [UInt8](repeating: 0, count: Int(facts.st_size))
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
