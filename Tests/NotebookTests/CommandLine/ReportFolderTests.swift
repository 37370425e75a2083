import DataPipeline
import Foundation
import Testing

@testable import Notebook

@Suite struct ReportFolderTests {
  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test func aNewReportReplacesTheOldOneWhole() throws {
    try withFolder { (folder: String) throws in
      #expect(try SampleLesson.run(["--out", folder]).code == 0)
      let sections = [LessonSection("a", "A", covers: []) { $0.say("Only this.") }]
      #expect(try SampleLesson.run(["--out", folder], sections).code == 0)
      #expect(try names(folder) == ["lesson9"])
      #expect(try names(folder + "/lesson9") == ["lesson9.ipynb", "lesson9.md", "result.json"])
    }
  }

  @Test func theEarlierReportSurvivesAFailedWrite() throws {
    try withFolder { (folder: String) throws in
      #expect(try SampleLesson.run(["--out", folder]).code == 0)
      let before = try Data(contentsOf: URL(fileURLWithPath: folder + "/lesson9/lesson9.md"))
      let report = try ReportFolder(out: folder, lesson: 9, name: "lesson9")
      // A file cannot also be a folder, so the second write fails half way.
      let files = ["figures": Data(), "figures/a.svg": Data(), "z": Data()]
      #expect(throws: WriteFailure.self) { try report.replace(with: files) }
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: folder + "/lesson9/lesson9.md")) == before)
      #expect(try names(folder) == ["lesson9"])
    }
  }

  @Test func aReportLeftAsideIsPutBack() throws {
    try withFolder { (folder: String) throws in
      #expect(try SampleLesson.run(["--out", folder]).code == 0)
      try FileManager.default.moveItem(
        atPath: folder + "/lesson9", toPath: folder + "/.lesson9-previous")
      _ = try ReportFolder(out: folder, lesson: 9, name: "lesson9")
      #expect(try names(folder) == ["lesson9"])
    }
  }

  @Test func aFolderThatIsNotAReportIsNotTouched() throws {
    try withFolder { (folder: String) throws in
      try FileManager.default.createDirectory(
        atPath: folder + "/lesson9", withIntermediateDirectories: true)
      try Data("mine".utf8).write(to: URL(fileURLWithPath: folder + "/lesson9/notes.txt"))
      #expect(throws: BadInput.self) { try SampleLesson.run(["--out", folder]) }
      #expect(try names(folder + "/lesson9") == ["notes.txt"])
    }
  }

  private func write(_ text: String, _ path: String) throws {
    let url = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
  }

  /// A run of one section, so that its report has three files.
  private func shortRun(_ out: String, _ words: String = "Only this.") throws -> Int32 {
    try SampleLesson.run(
      ["--out", out], [LessonSection("a", "A", covers: []) { $0.say(words) }]
    ).code
  }

  @Test func whatNoRunWroteIsKept() throws {
    try withFolder { (folder: String) throws in
      #expect(try SampleLesson.run(["--out", folder]).code == 0)
      let report = folder + "/lesson9"
      let mine = ["homework.md", "photos/a.png", "figures/notes.txt", "photos/deep/b.png"]
      for file in mine { try write("mine", "\(report)/\(file)") }
      try FileManager.default.createSymbolicLink(
        atPath: report + "/link", withDestinationPath: "nowhere")
      #expect(try shortRun(folder) == 0)
      for file in mine { #expect(try text("\(report)/\(file)") == "mine") }
      // The earlier run's pictures went, and nothing else.
      #expect(try names(report + "/figures") == ["notes.txt"])
      #expect(
        try names(report) == [
          "figures", "homework.md", "lesson9.ipynb", "lesson9.md", "link", "photos", "result.json",
        ])
    }
  }

  @Test(arguments: [
    "lesson9.ipynb", "lesson9.md", "result.json", "figures/loss.svg", "figures/net.dot",
  ])
  func aChangedFileIsNamedBeforeAnythingRuns(file: String) throws {
    try withFolder { (folder: String) throws in
      #expect(try SampleLesson.run(["--out", folder]).code == 0)
      let path = "\(folder)/lesson9/\(file)"
      let changed = try text(path).replacingOccurrences(of: "e", with: "3", range: nil) + "\n"
      let isList = file == "result.json"
      let new =
        isList
        ? try text(path).replacingOccurrences(of: "\"ok\": true", with: "\"ok\": false") : changed
      try write(new, path)
      var ran = false
      let sections = [LessonSection("a", "A", covers: []) { _ in ran = true }]
      let error = #expect(throws: BadInput.self) {
        try SampleLesson.run(["--out", folder], sections)
      }
      #expect(error?.sentence.contains("\(file) is not as a run wrote it") == true)
      #expect(!ran)
      #expect(try text(path) == new)
    }
  }

  @Test func aFileInTheWayIsNamedBeforeAnythingRuns() throws {
    try withFolder { (folder: String) throws in
      #expect(try shortRun(folder) == 0)
      for file in ["figures/mine.svg", "figures/other.dot"] {
        try write("mine", folder + "/lesson9/" + file)
      }
      let error = #expect(throws: BadInput.self) { try shortRun(folder) }
      #expect(
        error?.sentence.contains("figures/mine.svg, figures/other.dot are not as a run wrote them")
          == true)
      #expect(try text(folder + "/lesson9/figures/mine.svg") == "mine")
    }
  }

  @Test func aFileThatComesWhileTheRunIsOnIsKept() throws {
    try withFolder { (folder: String) throws in
      #expect(try shortRun(folder) == 0)
      let before = try text(folder + "/lesson9/lesson9.md")
      let sections = [
        LessonSection("a", "A", covers: []) { page in
          try self.write("mine", folder + "/lesson9/figures/\(SampleFigures.gaps.figure.id).svg")
          page.plot(SampleFigures.gaps)
        }
      ]
      let error = #expect(throws: WriteFailure.self) {
        try SampleLesson.run(["--out", folder], sections)
      }
      #expect(error?.description.contains("is not as a run wrote it") == true)
      #expect(error?.description.contains("The earlier report is untouched.") == true)
      #expect(try text(folder + "/lesson9/lesson9.md") == before)
    }
  }

  @Test func aFileThatIsChangedWhileTheRunIsOnIsNotRemoved() throws {
    try withFolder { (folder: String) throws in
      #expect(try SampleLesson.run(["--out", folder]).code == 0)
      let figure = folder + "/lesson9/figures/loss.svg"
      let sections = [
        LessonSection("a", "A", covers: []) { page in
          try self.write("mine", figure)
          page.say("Only this.")
        }
      ]
      #expect(try SampleLesson.run(["--out", folder], sections).code == 0)
      #expect(try text(figure) == "mine")
      #expect(try names(folder + "/lesson9/figures") == ["loss.svg"])
    }
  }

  @Test func aReportWithoutAListOfItsFilesIsNotReplaced() throws {
    try withFolder { (folder: String) throws in
      let old = ResultFile(SampleLesson.record()).text
      try write(old, folder + "/lesson9/result.json")
      let error = #expect(throws: BadInput.self) { try shortRun(folder) }
      #expect(error?.sentence.contains("does not list its files") == true)
      #expect(try text(folder + "/lesson9/result.json") == old)
    }
  }

  @Test func linksStayAndWhatTheyLeadToIsWritten() throws {
    try withFolder { (folder: String) throws in
      let manager = FileManager.default
      for name in ["real", "reports", "elsewhere"] {
        try manager.createDirectory(
          atPath: folder + "/" + name, withIntermediateDirectories: true)
      }
      func link(_ path: String, to target: String) throws {
        try manager.createSymbolicLink(atPath: folder + "/" + path, withDestinationPath: target)
      }
      func isLink(_ path: String) -> Bool {
        (try? manager.destinationOfSymbolicLink(atPath: folder + "/" + path)) != nil
      }
      try link("reports/lesson9", to: "../real")
      try link("parent", to: "reports")
      #expect(try shortRun(folder + "/parent", "First.") == 0)
      try manager.moveItem(
        atPath: folder + "/real/lesson9.md", toPath: folder + "/elsewhere/page.md")
      try link("real/lesson9.md", to: "../elsewhere/page.md")
      #expect(try shortRun(folder + "/parent", "Second.") == 0)
      #expect(isLink("reports/lesson9") && isLink("parent") && isLink("real/lesson9.md"))
      #expect(try names(folder + "/real") == ["lesson9.ipynb", "lesson9.md", "result.json"])
      #expect(try text(folder + "/elsewhere/page.md").contains("Second."))
      try link("reports/nowhere", to: "../gone")
      let error = #expect(throws: BadInput.self) { try shortRun(folder + "/reports/nowhere") }
      #expect(error?.sentence.contains("is a link that leads nowhere") == true)
    }
  }

  @Test func aRunThatWasKilledWhileItPutItsFilesInPlaceIsFinished() throws {
    try withFolder { (folder: String) throws in
      #expect(try shortRun(folder, "First.") == 0)
      #expect(try shortRun(folder + "/other", "Second.") == 0)
      // All of the second run's files are written, one has its name already.
      let (here, there) = (folder + "/lesson9/", folder + "/other/lesson9/")
      try write(try text(there + "lesson9.md"), here + "lesson9.md")
      for file in ["lesson9.ipynb", "result.json"] {
        try write(try text(there + file), here + file + ".unrolled-partial")
      }
      _ = try ReportFolder(out: folder, lesson: 9, name: "lesson9")
      #expect(try names(folder + "/lesson9") == ["lesson9.ipynb", "lesson9.md", "result.json"])
      for file in try names(folder + "/lesson9") {
        #expect(try text(here + file) == text(there + file))
      }
      // Of a run that was killed before, nothing is left either.
      try write("half", here + "lesson9.md.unrolled-partial")
      try write("{", here + "result.json.unrolled-partial")
      #expect(try shortRun(folder, "Third.") == 0)
      #expect(try names(folder + "/lesson9") == ["lesson9.ipynb", "lesson9.md", "result.json"])
    }
  }

  @Test func severalRunsIntoOneFolderLeaveOneWholeReport() async throws {
    let folder = NSTemporaryDirectory() + "notebook-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let records = (0..<4).map { number in
      SampleLesson.record([LessonSection("a", "A", covers: []) { $0.say("Run \(number).") }])
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for record in records {
        group.addTask {
          let report = try ReportFolder(out: folder, lesson: 9, name: "lesson9")
          try report.replace(with: Report(record).files)
        }
      }
      try await group.waitForAll()
    }
    _ = try ReportFolder(out: folder, lesson: 9, name: "lesson9")
    #expect(try names(folder + "/lesson9") == ["lesson9.ipynb", "lesson9.md", "result.json"])
  }

  @Test func aListCannotNameFilesOutsideOfTheFolder() throws {
    try withFolder { (folder: String) throws in
      try write("mine", folder + "/mine.txt")
      var old = ResultFile(SampleLesson.record())
      old.files = ["../mine.txt": SHA256.digest(Array("mine".utf8)), "result.json": "0"]
      try write(old.text, folder + "/lesson9/result.json.unrolled-partial")
      _ = try? ReportFolder(out: folder, lesson: 9, name: "lesson9")
      _ = try? shortRun(folder)
      #expect(try text(folder + "/mine.txt") == "mine")
    }
  }
}
