import Foundation
import Testing

@testable import learn

@Suite struct ProgressTests {
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
