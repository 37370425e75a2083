import Foundation
import Testing

@testable import learn

@Suite struct ProgressTests {
  @Test func aLinkStaysAndItsTargetIsWritten() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("progress-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("real"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let link = folder.appendingPathComponent("link")
    let other = folder.appendingPathComponent("other")
    try FileManager.default.createSymbolicLink(atPath: other.path, withDestinationPath: "real/file")
    try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: "other")
    var progress = Progress(file: link)
    try progress.record(.solved, for: "5.9")
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == "other")
    let text = try String(
      contentsOf: folder.appendingPathComponent("real/file"), encoding: .utf8)
    #expect(text.hasPrefix("5.9 solved "))
    #expect(Progress(file: link).entries["5.9"]?.state == .solved)
  }

  @Test func aFileThatIsNotTextIsLeftAlone() throws {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("progress-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    let bytes = Data("5.9 solved 2026-01-02\n# caf".utf8) + Data([0xe9, 0x0a])
    try bytes.write(to: file)
    var progress = Progress(file: file)
    #expect(progress.problem?.description.contains("not UTF-8") == true)
    #expect(throws: Refusal.self) { try progress.record(.wrong, for: "5.9") }
    #expect(try Data(contentsOf: file) == bytes)
  }

  @Test func readsAnyEndOfLine() throws {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("progress-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("5.1 solved 2026-01-02\r\n5.2 wrong 2026-01-03 hints 2\r5.3 solved 2026-01-04".utf8)
      .write(to: file)
    let entries = Progress(file: file).entries
    #expect(entries.count == 3)
    #expect(entries["5.2"]?.hints == 2)
  }

  @Test func keepsWhatItDoesNotKnow() throws {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("progress-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    let before = "# mine\n5.9 solved 2026-01-02\nnonsense\n5.10 wrong 2026-01-03 hints 2\n"
    try before.write(to: file, atomically: true, encoding: .utf8)

    var progress = Progress(file: file)
    #expect(progress.entries["5.10"]?.hints == 2)
    try progress.record(.solved, for: "5.9")
    try progress.record(hints: 1, for: "5.10")

    let after = try String(contentsOf: file, encoding: .utf8)
    #expect(after == "# mine\nnonsense\n5.9 solved 2026-01-02\n5.10 wrong 2026-01-03 hints 2\n")
  }
}
