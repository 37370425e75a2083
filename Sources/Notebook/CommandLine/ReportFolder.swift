import Foundation

/// The folder of a report, which is replaced as a whole or not at all.
struct ReportFolder {
  let path: String
  private let out: String
  private let name: String

  /// Checks that the report can be written, and writes nothing yet.
  init(out: String, lesson: Int, name: String) throws {
    self.out = out
    self.name = name
    path = (out as NSString).appendingPathComponent(name)
    var existing = URL(fileURLWithPath: out).standardizedFileURL
    while !FileManager.default.fileExists(atPath: existing.path), existing.path != "/" {
      existing.deleteLastPathComponent()
    }
    guard Self.isFolder(existing.path) else {
      throw BadInput(sentence: "--out \(out) cannot be used, since \(existing.path) is a file.")
    }
    // Permissions alone do not tell: a disk may be read-only. So a folder is made and removed.
    let probe = existing.appendingPathComponent(".\(name)-\(getpid())").path
    guard mkdir(probe, 0o755) == 0, rmdir(probe) == 0 else {
      throw BadInput(
        sentence: "the report cannot be written: \(existing.path) is not writable. Use --out DIR.")
    }
    // A run that was killed between its two renames left the earlier report aside.
    if !FileManager.default.fileExists(atPath: path), Self.isFolder(aside) {
      try? FileManager.default.moveItem(atPath: aside, toPath: path)
    }
    guard FileManager.default.fileExists(atPath: path) else { return }
    guard Self.isFolder(path) else {
      throw BadInput(sentence: "\(path) is a file, but the report needs a folder of that name.")
    }
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    if !entries.isEmpty, (try? ResultFile.read(from: path))?.lesson != lesson {
      throw BadInput(
        sentence: "\(path) holds something other than a report of lesson \(lesson), "
          + "and would be replaced. Use --out DIR.")
    }
  }

  var hasEarlierReport: Bool { FileManager.default.fileExists(atPath: path) }

  private var aside: String { (out as NSString).appendingPathComponent(".\(name)-previous") }

  /// Writes the files beside the folder, then swaps the two.
  func replace(with files: [String: Data]) throws {
    let manager = FileManager.default
    let fresh = (out as NSString).appendingPathComponent(".\(name)-\(getpid())")
    Interrupt.temporary(fresh)
    defer {
      try? manager.removeItem(atPath: fresh)
      Interrupt.temporary(nil)
    }
    do {
      for (file, data) in files {
        let url = URL(fileURLWithPath: fresh).appendingPathComponent(file)
        try manager.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: url)
      }
      if hasEarlierReport {
        try? manager.removeItem(atPath: aside)
        try manager.moveItem(atPath: path, toPath: aside)
        do {
          try manager.moveItem(atPath: fresh, toPath: path)
        } catch {
          try? manager.moveItem(atPath: aside, toPath: path)
          throw error
        }
        try? manager.removeItem(atPath: aside)
      } else {
        try manager.moveItem(atPath: fresh, toPath: path)
      }
    } catch {
      let kept = hasEarlierReport ? " The earlier report is untouched." : ""
      throw WriteFailure(
        description: "the report could not be written to \(path): "
          + "\((error as NSError).localizedDescription)\(kept)")
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}

/// The disk refused the report.
struct WriteFailure: Error, CustomStringConvertible {
  var description: String
}
