import Foundation
import Testing

@testable import Notebook

@Suite struct ReportFilesTests {
  @Test func writesAReport() throws {
    let out = ProcessInfo.processInfo.environment["NOTEBOOK_SAMPLE"] ?? NSTemporaryDirectory() + "x"
    var options = RunOptions()
    options.out = out
    var text = ""
    let terminal = Terminal { text += $0 }
    let code = try LessonRun(SampleLesson.lesson(), options, terminal).run()
    print(text)
    #expect(code == 0)
  }
}
