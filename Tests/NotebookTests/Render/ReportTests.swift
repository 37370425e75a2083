import Foundation
import Testing

@testable import Notebook

@Suite struct ReportTests {
  /// A record with one of each, and no machine in it.
  static func small() -> Record {
    var record = SampleLesson.record { page in
      page.question("Why?")
      page.say("Because **so**.")
      page.formula("a^2", plain: "a²")
      page.table("T", columns: ["name", "n"], rows: [["a|b", "1.5"], ["c", "20"]])
      page.check(
        "a/b", "half", 0.5, equals: 0.5, within: 0, because: "exact", source: "by hand")
      page.check(
        "a/c", "third", 0.3, equals: 1.0 / 3, within: 0.01, because: "cut", source: "by hand")
      page.seen("So.")
    }
    record.receipt.environment = Environment(
      swift: "6.3", cpu: "CPU", blas: "BLAS", threads: 2, commit: "abc")
    record.receipt.seconds = 1.25
    record.receipt.sectionSeconds = [.init(name: "only", seconds: 1.25)]
    return record
  }

  @Test func markdownIsExactlyThis() {
    let text = MarkdownReport(Self.small()).text
    #expect(
      text == """
        # Lesson 9: A sample

        Every kind of cell, once.

        **1 of 2 checks OUTSIDE the band.**

        1. [Only](#1-only)

        ## 1. Only

        **Question:** Why?

        Because **so**.

        $$
        a^2
        $$

        **T**

        | name | n |
        | :--- | ---: |
        | a\\|b | 1.5 |
        | c | 20 |

        |  | check | computed | reference | band | why this band | source |
        | :--- | :--- | ---: | ---: | ---: | :--- | :--- |
        | ✓ | half | 0.5 | 0.5 | ± 0 | exact | by hand |
        | ✗ **outside** | third | 0.3 | 0.3333 | ± 0.01 | cut | by hand |

        **Seen:** So.

        <!-- receipt -->

        ## Receipt

        | what | this run |
        | :--- | :--- |
        | command | `swift run lesson9` |
        | seed | 42 |
        | size | quick |
        | threads | 2 |
        | Swift | 6.3 |
        | processor | CPU |
        | matrix library | BLAS |
        | commit | abc |
        | time | 1.2 s |

        | section | time |
        | :--- | ---: |
        | only | 1.2 s |

        """)
  }

  @Test func timesStandOnlyInTheReceipt() {
    var slow = SampleLesson.record()
    let body = MarkdownReport(slow).body
    slow.receipt.seconds = 99
    slow.receipt.timings = [.init(name: "epoch", seconds: 12)]
    #expect(MarkdownReport(slow).body == body)
    #expect(MarkdownReport(slow).receipt.contains("| epoch | 12 s |"))
  }

  @Test func resultHasTheKeysInTheirOrder() throws {
    let text = ResultFile(Self.small()).text
    let top = text.split(separator: "\n").filter { $0.hasPrefix(" \"") }
      .map { $0.dropFirst(2).prefix { $0 != "\"" } }
    #expect(
      top == [
        "lesson", "title", "seed", "seconds", "size", "claimSeeds", "environment", "data",
        "sections", "numbers", "claims", "figures", "failures",
      ])
    let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let number = (json?["numbers"] as? [[String: Any]])?.first
    #expect(
      number.map { Set($0.keys) }
        == ["id", "value", "reference", "tolerance", "source", "reason", "ok"])
  }

  @Test func resultReadsBackAsItWas() throws {
    var record = SampleLesson.record()
    record.seed = .max
    let file = ResultFile(record)
    #expect(try JSONDecoder().decode(ResultFile.self, from: Data(file.text.utf8)) == file)
    let awkward = [0.1 + 0.2, 1e-300, -0.0, .leastNonzeroMagnitude, 1.7976931348623157e308, 100]
    for value in awkward {
      let text = JSON.array([.number(value)]).text()
      #expect(try JSONDecoder().decode([Double].self, from: Data(text.utf8)) == [value])
    }
    #expect(JSON.number(.nan).text() == "null")
    #expect(JSON.quoted("a\"\\\n\u{1}é") == "\"a\\\"\\\\\\n\\u0001é\"")
  }

  @Test func theRecordSurvivesCoding() throws {
    let record = SampleLesson.record()
    let data = try JSONEncoder().encode(record)
    #expect(try JSONDecoder().decode(Record.self, from: data) == record)
  }

  @Test func theNotebookHasTheFormsOfNbformat() throws {
    let text = JupyterNotebook(SampleLesson.record()).text
    let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    #expect(json?["nbformat"] as? Int == 4)
    #expect(json?["nbformat_minor"] as? Int == 5)
    let kernel = (json?["metadata"] as? [String: Any])?["kernelspec"] as? [String: String]
    #expect(kernel == ["name": "swift", "display_name": "Swift", "language": "swift"])
    let cells = try #require(json?["cells"] as? [[String: Any]])
    let ids = cells.compactMap { $0["id"] as? String }
    #expect(ids.count == cells.count && Set(ids).count == ids.count)
    let code = cells.filter { $0["cell_type"] as? String == "code" }
    #expect(code.allSatisfy { $0["outputs"] is [Any] && $0["execution_count"] is Int })
    let outputs = code.flatMap { $0["outputs"] as? [[String: Any]] ?? [] }
    #expect(outputs.first?["output_type"] as? String == "stream")
    let pictures = outputs.compactMap { $0["data"] as? [String: Any] }
    #expect(pictures.contains { $0["image/svg+xml"] != nil && $0["text/plain"] != nil })
  }

  /// Whatever the lines of a code cell show is an output of that cell, in its order; lines of text follow each other in
  /// one.
  @Test func aCodeCellKeepsAllThatItShowed() throws {
    let record = SampleLesson.record { page in
      page.run {
        page.print("one")
        page.print("two")
        page.table("T", columns: ["n", "square"], rows: [["3", "9"]])
        page.print("three")
        page.check("c", "half", 0.5, equals: 0.5, within: 0, because: "", source: "")
        page.plot(SampleFigures.gaps)
      }
    }
    let text = JupyterNotebook(record).text
    let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let cells = try #require(json?["cells"] as? [[String: Any]])
    let code = try #require(cells.first { $0["cell_type"] as? String == "code" })
    let outputs = try #require(code["outputs"] as? [[String: Any]])
    try #require(
      outputs.map { $0["output_type"] as? String } == [
        "stream", "display_data", "stream", "display_data", "display_data",
      ])
    #expect(outputs[0]["text"] as? [String] == ["one\n", "two\n"])
    let data = outputs.map { $0["data"] as? [String: [String]] ?? [:] }
    #expect(data[1]["text/markdown"]?.joined().contains("| 3 | 9 |") == true)
    #expect(data[1]["text/plain"]?.joined().contains("square") == true)
    #expect(outputs[2]["text"] as? [String] == ["three\n"])
    #expect(data[3]["text/markdown"]?.joined().contains("half") == true)
    #expect(data[4]["image/svg+xml"]?.joined().contains("<svg") == true)
  }

  @Test func aNumberOutsideItsBandFailsTheRun() {
    func isGood(_ value: Double, _ reference: Double, _ tolerance: Double) -> Bool {
      SampleLesson.record {
        $0.check(
          "x", "x", value, equals: reference, within: tolerance, because: "", source: "")
      }.isGood
    }
    #expect(isGood(1, 1.01, 0.02))
    #expect(!isGood(1, 1.03, 0.02))
    #expect(!isGood(.nan, 1, 0.02))
    #expect(!isGood(.infinity, .infinity, 1))
    #expect(!isGood(1, 1, .nan))
  }

  @Test func aSectionThatThrowsIsNamedAndTheRestGoesOn() {
    struct Trouble: Error, CustomStringConvertible { var description: String { "no data" } }
    let record = SampleLesson.record([
      LessonSection("bad", "Bad", covers: []) { page in
        try page.run {
          page.print("before")
          throw Trouble()
        }
      },
      LessonSection("good", "Good", covers: []) { $0.say("Still here.") },
    ])
    #expect(record.failures == ["The section bad stopped: no data."])
    #expect(record.sections[1].cells == [.prose("Still here.")])
    guard case .code(let code)? = record.sections[0].cells.first else {
      Issue.record("the code that ran is missing")
      return
    }
    #expect(code.outputs == [.text("before")])
    #expect(!record.isGood)
  }

  @Test func anIDUsedTwiceFailsTheRun() {
    let record = SampleLesson.record { page in
      page.plot(SampleFigures.gaps)
      page.plot(SampleFigures.gaps)
    }
    #expect(record.failures.count == 1)
  }
}
