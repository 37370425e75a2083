import Foundation
import NeuralNetworks

/// The folder of a report. A run replaces the files of the run before it, all or none, and leaves all others alone:
/// `result.json` lists a run's files with their checksums.
struct ReportFolder {
  let path: String
  private let lesson: Int

  /// Checks that the report can be written, and writes nothing yet.
  init(out: String, lesson: Int, name: String) throws {
    self.lesson = lesson
    path = (out as NSString).appendingPathComponent(name)
    try Self.checkWritable(out, name)
    // A run that was killed between two renames of the whole folder left the earlier report aside.
    let aside = (out as NSString).appendingPathComponent(".\(name)-previous")
    if !Self.isThere(path), Self.isFolder(aside) {
      try? FileManager.default.moveItem(atPath: aside, toPath: path)
    }
    guard Self.isThere(path) else { return }
    guard Self.isFolder(path) else {
      throw BadInput(sentence: "\(path) is a file, but the report needs a folder of that name.")
    }
    try FolderLock.hold(path) {
      try finishPlacing()
      try checkContents()
    }
  }

  /// Refuses a folder in which a run would replace what no run wrote.
  private func checkContents() throws {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    if entries.isEmpty { return }
    guard let earlier = try? ResultFile.read(from: path), earlier.lesson == lesson else {
      throw BadInput(
        sentence: "\(path) holds something other than a report of lesson \(lesson). Use --out DIR.")
    }
    guard earlier.files != nil else {
      throw BadInput(
        sentence: "\(path) holds a report that does not list its files, so yours could be among "
          + "them; move it elsewhere, or use --out DIR.")
    }
    let files = listed(earlier)
    let changed = files.keys.filter { isThere($0) && !isUnchanged($0, files) }
    let names = (changed + inTheWay(besides: files)).sorted()
    if names.isEmpty { return }
    let rest = names.count > 3 ? " and \(names.count - 3) more" : ""
    throw BadInput(
      sentence: "in \(path), \(names.prefix(3).joined(separator: ", "))\(rest) "
        + (names.count == 1 ? "is not as a run wrote it" : "are not as a run wrote them")
        + " and would be replaced; move \(names.count == 1 ? "it" : "them") elsewhere, "
        + "or use --out DIR.")
  }

  var hasEarlierReport: Bool { isThere(Report.result) }

  /// Writes each file beside its place, then puts all in place; the files of the run before that this one does
  /// not have are removed.
  func replace(with files: [String: Data]) throws {
    let hadEarlier = hasEarlierReport
    do {
      if !Self.isFolder(path) {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      }
      try FolderLock.hold(path) {
        try finishPlacing()
        let own = listed(try? ResultFile.read(from: path))
        for file in files.keys.sorted() where isThere(file) && !isUnchanged(file, own) {
          throw WriteFailure(description: "\(file) is there and is not as a run wrote it.")
        }
        try write(files)
        try putInPlace(files.keys.sorted())
      }
    } catch {
      let why =
        (error as? WriteFailure)?.description ?? (error as NSError).localizedDescription
      let kept = hadEarlier && unplaced == nil ? " The earlier report is untouched." : ""
      throw WriteFailure(description: "the report could not be written to \(path): \(why)\(kept)")
    }
  }

  // MARK: Places

  private func place(_ file: String) -> String { (path as NSString).appendingPathComponent(file) }

  private static let partial = ".unrolled-partial"

  /// Where a file is written first. A file that is a link stays one, and what it leads to is written.
  private func partial(_ file: String) throws -> String {
    try followingLinks(place(file)) + Self.partial
  }

  private func isThere(_ file: String) -> Bool { Self.isThere(place(file)) }

  /// Links count, also those that lead nowhere.
  private static func isThere(_ path: String) -> Bool {
    var facts = stat()
    return lstat(path, &facts) == 0
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// The files that a run says it wrote here; a list cannot name any outside of the folder.
  private func listed(_ result: ResultFile?) -> [String: String] {
    (result?.files ?? [:]).filter { file, _ in
      !file.isEmpty && !file.components("/").contains { ["", ".", ".."].contains($0) }
    }
  }

  private func isUnchanged(_ file: String, _ files: [String: String]) -> Bool {
    guard let checksum = files[file], !Self.isFolder(place(file)),
      let data = FileManager.default.contents(atPath: place(file))
    else { return false }
    return Report.isUnchanged(file, data, listed: checksum)
  }

  /// Files that no run wrote, and of whose names a run writes some.
  private func inTheWay(besides files: [String: String]) -> [String] {
    let texts = ["md", "ipynb"].map { "lesson\(lesson).\($0)" }
    let figures = place("figures")
    if Self.isThere(figures), !Self.isFolder(figures) { return ["figures"] }
    let pictures = ((try? FileManager.default.contentsOfDirectory(atPath: figures)) ?? [])
      .filter { $0.hasSuffix(".svg") || $0.hasSuffix(".dot") }.map { "figures/\($0)" }
    return (texts.filter(isThere) + pictures).filter { files[$0] == nil }
  }

  // MARK: Writing

  private func write(_ files: [String: Data]) throws {
    let manager = FileManager.default
    for folder in [path, place("figures")] {  // what a run left that was killed while it wrote
      for name in (try? manager.contentsOfDirectory(atPath: folder)) ?? []
      where name.hasSuffix(Self.partial) {
        unlink((folder as NSString).appendingPathComponent(name))
      }
    }
    var written: [String] = []
    do {
      // The list comes last: with it all is there.
      let names = files.keys.filter { $0 != Report.result }.sorted() + [Report.result]
      for file in names where files[file] != nil {
        let partial = try partial(file)
        try manager.createDirectory(
          atPath: (partial as NSString).deletingLastPathComponent, withIntermediateDirectories: true
        )
        written.append(partial)
        try files[file]!.write(to: URL(fileURLWithPath: partial))
      }
    } catch {
      for partial in written { unlink(partial) }
      rmdir(place("figures"))  // if it is empty
      throw error
    }
  }

  /// The list of a run that wrote all its files, and was killed before all had their names.
  private var unplaced: ResultFile? {
    (try? partial(Report.result)).flatMap(FileManager.default.contents)
      .flatMap { try? JSONDecoder().decode(ResultFile.self, from: $0) }
  }

  private func finishPlacing() throws {
    if let unplaced { try putInPlace(listed(unplaced).keys.sorted()) }
  }

  /// Gives the files their names, the list last: a run that is killed here is finished by the next.
  private func putInPlace(_ names: [String]) throws {
    let old = listed(try? ResultFile.read(from: path))
    for file in names where file != Report.result { try putInPlace(file) }
    for file in old.keys where !names.contains(file) && isUnchanged(file, old) {
      unlink(place(file))
    }
    rmdir(place("figures"))  // if it is empty
    try putInPlace(Report.result)
  }

  private func putInPlace(_ file: String) throws {
    let partial = try partial(file)
    guard Self.isThere(partial) else { return }
    guard rename(partial, String(partial.dropLast(Self.partial.count))) == 0 else {
      throw WriteFailure(
        description: "\(file) could not be put in place: \(String(cString: strerror(errno))).")
    }
  }

  /// Permissions alone do not tell whether a folder can be written: a disk may be read-only. So a folder is made
  /// and removed.
  private static func checkWritable(_ out: String, _ name: String) throws {
    var existing = URL(fileURLWithPath: (out as NSString).appendingPathComponent(name)).path
    while !isThere(existing), existing != "/" {
      existing = (existing as NSString).deletingLastPathComponent
    }
    if !FileManager.default.fileExists(atPath: existing) {
      throw BadInput(
        sentence: "--out \(out) cannot be used, since \(existing) is a link that leads nowhere.")
    }
    if !isFolder(existing) {
      throw BadInput(
        sentence: existing.hasSuffix("/\(name)")
          ? "\(existing) is a file, but the report needs a folder of that name."
          : "--out \(out) cannot be used, since \(existing) is a file.")
    }
    let probe = (existing as NSString).appendingPathComponent(".\(name)-\(getpid())")
    guard mkdir(probe, 0o755) == 0, rmdir(probe) == 0 else {
      throw BadInput(
        sentence: "the report cannot be written: \(existing) is not writable. Use --out DIR.")
    }
  }
}

/// The disk refused the report.
struct WriteFailure: Error, CustomStringConvertible {
  var description: String
}
