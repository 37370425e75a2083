import Foundation

/// The files below a folder whose names have certain endings, in the order of their paths' bytes, and what else is there.
///
/// Links to files and folders are followed, unless one leads back into a folder that it lies in. Hidden files and folders
/// are passed over. No file is opened.
struct FolderFiles {
  /// Below the folder, with slashes: "train/3/7463.png".
  private(set) var paths: [String] = []
  private let folder: String
  private let endings: Set<String>
  private var otherEndings: [String: Int] = [:]
  private var hidden: [String] = []
  private var brokenLinks: [String] = []
  private var loops: [String] = []
  private var others: [String] = []

  /// - Parameters:
  ///   - endings: Without the point, in small letters.
  ///   - recursively: Whether to look into its folders too.
  init(_ folder: String, endingIn endings: Set<String>, recursively: Bool = true) throws {
    var status = stat()
    let failure = stat(folder, &status) == 0 ? 0 : errno
    if failure == ENOENT { throw DataError("there is no folder \(folder)") }
    guard failure == 0 else {
      throw DataError("cannot open the folder \(folder): \(String(cString: strerror(failure)))")
    }
    guard Self.isFolder(status) else { throw DataError("\(folder) is not a folder") }
    (self.folder, self.endings) = (folder, endings)
    try walk("", inside: [FileNumber(status)], recursively)
    paths.sort(by: Self.bytesPrecede)
  }

  /// What was passed over, a line each kind: "80 files left out: .jfif (40), .webp (40)".
  var leftOut: [String] {
    let count = otherEndings.values.reduce(0, +)
    let endings = otherEndings.map { "\($0.isEmpty ? "no ending" : "." + $0) (\($1))" }
    return [
      Self.line(count, "file", "files", endings),
      Self.line(hidden.count, "hidden name", "hidden names", hidden),
      Self.line(brokenLinks.count, "broken link", "broken links", brokenLinks),
      Self.line(
        loops.count, "link into a folder that it lies in", "links into folders that they lie in",
        loops),
      Self.line(
        others.count, "name that is neither file nor folder",
        "names that are neither files nor folders", others),
    ].compactMap(\.self)
  }

  private static func line(
    _ count: Int, _ one: String, _ several: String, _ names: [String]
  ) -> String? {
    if count == 0 { return nil }
    let shown = names.sorted(by: bytesPrecede).prefix(12).joined(separator: ", ")
    return "\(count) \(count == 1 ? one : several) left out: \(shown)"
      + (names.count > 12 ? ", …" : "")
  }

  static func bytesPrecede(_ a: String, _ b: String) -> Bool {
    a.utf8.lexicographicallyPrecedes(b.utf8)
  }

  /// - Parameters:
  ///   - path: Of a folder below the one that is listed, with a slash at its end, or empty.
  ///   - outer: It and the folders that it lies in.
  private mutating func walk(
    _ path: String, inside outer: [FileNumber], _ recursively: Bool
  ) throws {
    let here = folder.hasSuffix("/") ? folder + path : folder + "/" + path
    guard let names = Self.names(here) else {
      throw DataError("cannot list the folder \(here): \(String(cString: strerror(errno)))")
    }
    for bytes in names where bytes[0] != UInt8(ascii: ".") {
      // A name that is not UTF-8 matters only if it is wanted: no String stands for it.
      let name = String(decoding: bytes, as: UTF8.self)
      var status = stat()
      let failure = (Array(here.utf8) + bytes + [0]).withUnsafeBytes {
        stat($0.bindMemory(to: CChar.self).baseAddress!, &status) == 0 ? 0 : errno
      }
      let isWanted = Self.isFolder(status) ? recursively : endings.contains(Self.ending(name))
      guard failure != 0 || !isWanted || name.utf8.elementsEqual(bytes) else {
        throw DataError(
          "\(here) holds a file or folder whose name is not UTF-8, \"\(Self.escaped(bytes))\": give it another name"
        )
      }
      if failure != 0 {
        guard failure == ENOENT || failure == ELOOP else {
          let reason = String(cString: strerror(failure))
          throw DataError("cannot look at \(here)\(Self.escaped(bytes)): \(reason)")
        }
        brokenLinks.append(path + Self.escaped(bytes))
      } else if Self.isFolder(status) {
        guard recursively else { continue }
        let number = FileNumber(status)
        if outer.contains(number) {
          loops.append(path + name)
        } else {
          try walk(path + name + "/", inside: outer + [number], recursively)
        }
      } else if status.st_mode & S_IFMT != S_IFREG {
        others.append(path + Self.escaped(bytes))
      } else if isWanted {
        paths.append(path + name)
      } else {
        otherEndings[Self.ending(name), default: 0] += 1
      }
    }
    hidden += names.filter { $0[0] == UInt8(ascii: ".") }.map { path + Self.escaped($0) }
  }

  /// Behind the last point, in small letters; empty without one.
  private static func ending(_ name: String) -> String {
    guard let point = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return "" }
    return String(Substring(name.utf8[point...].dropFirst())).lowercased()
  }

  /// The bytes of each name in a folder; nil if it cannot be listed.
  private static func names(_ folder: String) -> [[UInt8]]? {
    guard let listing = opendir(folder) else { return nil }
    defer { closedir(listing) }
    var names: [[UInt8]] = []
    while let entry = readdir(listing) {
      let start = UnsafeRawPointer(entry) + MemoryLayout<dirent>.offset(of: \.d_name)!
      let length = strlen(start.assumingMemoryBound(to: CChar.self))
      let name = Array(UnsafeRawBufferPointer(start: start, count: length))
      if name != Array(".".utf8) && name != Array("..".utf8) { names.append(name) }
    }
    return names
  }

  /// What is no letter in ASCII or UTF-8 as \xe9.
  private static func escaped(_ name: [UInt8]) -> String {
    if let text = String(validating: name, as: UTF8.self) { return text }
    return name.map { byte in
      0x20..<0x7f ~= byte
        ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16)
    }.joined()
  }

  private static func isFolder(_ status: stat) -> Bool { status.st_mode & S_IFMT == S_IFDIR }
}

/// Tells a file from all others of the machine, whatever paths lead to it.
private struct FileNumber: Equatable {
  let device: UInt64
  let inode: UInt64

  init(_ status: stat) {
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
  }
}
