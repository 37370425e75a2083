import Foundation
import NeuralNetworks
import Tensors
import Testing

/// Where a checkpoint is written, and what stays of the file before.
@Suite final class SavedFileTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "unrolled-\(UUID().uuidString)").path
  private let files = FileManager.default

  init() throws { try files.createDirectory(atPath: folder, withIntermediateDirectories: true) }
  deinit { try? files.removeItem(atPath: folder) }

  private func save(_ value: Float, to path: String) throws {
    try Safetensors.write([("a", Tensor([value]))], to: path)
  }

  private func read(_ path: String) throws -> [Float] {
    try Safetensors(contentsOf: path).tensor("a").values
  }

  private func expectRefusal(
    _ words: String, at path: String, location: SourceLocation = #_sourceLocation
  ) {
    #expect(throws: CheckpointError("\(path): \(words)"), sourceLocation: location) {
      try self.save(9, to: path)
    }
  }

  /// A link to a file, to a link, to a file that is not there yet, into another folder, and through a linked folder.
  @Test func aLinkStaysAndItsTargetIsWritten() throws {
    let big = folder + "/big"
    try files.createDirectory(atPath: big, withIntermediateDirectories: true)
    try save(1, to: big + "/real")
    let links = [
      ("link", "big/real"), ("absolute", big + "/real"), ("twice", "link"), ("new", "big/later"),
    ]
    for (name, target) in links {
      try files.createSymbolicLink(atPath: "\(folder)/\(name)", withDestinationPath: target)
    }
    for (i, (name, target)) in links.enumerated() {
      try save(Float(i + 2), to: "\(folder)/\(name)")
      #expect(try files.destinationOfSymbolicLink(atPath: "\(folder)/\(name)") == target)
      #expect(try read("\(folder)/\(name)") == [Float(i + 2)])
    }
    #expect(try read(big + "/real") == [4])
    #expect(try read(big + "/later") == [5])
    try files.createSymbolicLink(atPath: folder + "/folder", withDestinationPath: "big")
    try save(6, to: folder + "/folder/real")
    #expect(try read(big + "/real") == [6])
    // No unfinished file is left in either folder.
    #expect(try files.contentsOfDirectory(atPath: big).sorted() == ["later", "real"])
    #expect(try files.contentsOfDirectory(atPath: folder).count == 6)
    try files.createSymbolicLink(atPath: folder + "/loop", withDestinationPath: "loop")
    expectRefusal(
      "cannot be written: Too many levels of symbolic links", at: folder + "/loop")
  }

  @Test func permissionsStay() throws {
    let path = folder + "/model"
    for mode in [0o600, 0o640, 0o664, 0o400] {
      try save(1, to: path)
      try files.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
      try save(2, to: path)
      #expect(try files.attributesOfItem(atPath: path)[.posixPermissions] as? Int == mode)
    }
    // A new file has those of any new file.
    #expect(files.createFile(atPath: folder + "/plain", contents: nil))
    try save(1, to: folder + "/new")
    let modes = try ["plain", "new"].map {
      try files.attributesOfItem(atPath: "\(folder)/\($0)")[.posixPermissions] as? Int
    }
    #expect(modes[0] == modes[1])
  }

  @Test func whatCannotBeWrittenIsSaidAndNothingIsLeft() throws {
    try files.createDirectory(atPath: folder + "/there", withIntermediateDirectories: true)
    expectRefusal("cannot be written: it is a folder", at: folder + "/there")
    expectRefusal("cannot be written: it is a folder", at: folder + "/there/")
    expectRefusal("cannot be written: it is no file", at: "/dev/null")
    expectRefusal("cannot be written: No such file or directory", at: folder + "/none/model")
    expectRefusal("cannot be written: it names no file", at: "")
    expectRefusal(
      "cannot be written: File name too long",
      at: folder + "/" + String(repeating: "n", count: 300))
    expectRefusal("is no path: it holds a byte of 0", at: folder + "/a\0b")
    try save(1, to: folder + "/file")
    expectRefusal("cannot be written: Not a directory", at: folder + "/file/model")
    #expect(try files.contentsOfDirectory(atPath: folder).sorted() == ["file", "there"])
    #expect(mkfifo(folder + "/pipe", 0o600) == 0)
    expectRefusal("cannot be written: it is no file", at: folder + "/pipe")
    // And no reader waits for somebody to write into it.
    #expect(throws: CheckpointError("\(folder)/pipe: is not a file")) {
      _ = try self.read(self.folder + "/pipe")
    }
    #expect(throws: CheckpointError("\(folder)/a\0b: is no path: it holds a byte of 0")) {
      _ = try self.read(self.folder + "/a\0b")
    }
  }

  /// As long as the system allows, in letters of one byte and of three.
  @Test func longNamesAreWrittenAndKilledWritersCleanedUp() throws {
    let names = [
      String(repeating: "n", count: 240), String(repeating: "n", count: 241),
      String(repeating: "n", count: 255), String(repeating: "\u{8a9e}", count: 85),
      "e\u{301}", "\u{e9}",
    ]
    for name in names {
      try save(1, to: "\(folder)/\(name)")
      try save(2, to: "\(folder)/\(name)")
      #expect(try read("\(folder)/\(name)") == [2])
    }
    #expect(try files.contentsOfDirectory(atPath: folder).count == names.count)
  }
}
