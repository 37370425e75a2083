#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes a file so that its old content stays until the new one is whole and on the disk: into a new file
/// beside it, then `fsync`, then `rename`, which the system does as one.
func replaceFile(
  _ path: String, beforeRename: () throws -> Void = {},
  writing body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
) throws {
  var name = Array("\(path).XXXXXX\(partial)".utf8CString)
  let file = mkstemps(&name, Int32(partial.utf8.count))
  guard file >= 0 else { throw systemError("cannot be written") }
  var isOpen = true
  do {
    var old = stat()
    fchmod(file, stat(path, &old) == 0 ? old.st_mode & 0o777 : 0o644)
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
  let folder = open(path.lastIndex(of: "/").map { String(path[...$0]) } ?? ".", O_RDONLY)
  if folder >= 0 {
    fsync(folder)
    close(folder)
  }
}

private let partial = ".partial"

/// Removes what writers that were killed have left beside a file; nobody else may be writing it now.
package func removePartialFiles(of path: String) {
  let start = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
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
