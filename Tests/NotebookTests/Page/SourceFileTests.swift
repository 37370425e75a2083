import Testing

@testable import Notebook

@Suite struct SourceFileTests {
  @Test func runShowsItsOwnLines() throws {
    let record = SampleLesson.record { page in
      page.run {
        // A comment with a brace: }
        let text = "and { in \("a \"}\" string")"
        if text.isEmpty {
          page.print("never")
        }
        page.print(text)
      }
    }
    guard case .code(let code) = try #require(record.sections[0].cells.first) else { return }
    #expect(
      code.source == """
        // A comment with a brace: }
        let text = "and { in \\("a \\"}\\" string")"
        if text.isEmpty {
          page.print("never")
        }
        page.print(text)
        """)
    #expect(code.outputs == [.text("and { in a \"}\" string")])
    #expect(code.file == "Tests/NotebookTests/Page/SourceFileTests.swift")
    #expect(code.line == 9)
  }

  @Test func runHandsBackTheValueOfItsLines() {
    let record = SampleLesson.record { page in
      let sum = page.run { 1 + 2 }
      page.show("sum", sum)
    }
    guard case .code(let code)? = record.sections[0].cells.first else {
      Issue.record("no code cell")
      return
    }
    #expect(code.source == "1 + 2")
    #expect(record.sections[0].cells.last == .text("sum  3"))
  }

  @Test func aRunInsideARunIsNotShownTwice() {
    let record = SampleLesson.record { page in
      page.run { page.run { page.print("once") } }
    }
    #expect(record.sections[0].cells.count == 1)
  }

  @Test func aClosureSignatureIsNotALine() {
    let text = "page.run { () -> Int in\n  let a = 1\n\n  return a\n}\n"
    #expect(SourceFile.closure(in: text, line: 1)?.source == "let a = 1\n\nreturn a")
    #expect(SourceFile.closure(in: "f { [x] in\n  x\n}", line: 1)?.source == "x")
    #expect(
      SourceFile.closure(in: "f {\n  for x in y { x }\n}", line: 1)?.source == "for x in y { x }")
    #expect(SourceFile.closure(in: "f { index in\n}", line: 9) == nil)
  }

  @Test func rawAndMultilineStringsHideTheirBraces() {
    let text = ##"""
      page.run {
        let a = #"{ \(no) "{" "#
        let b = """
          } { \("}")
          """
        /* { /* } */ */
        done()
      }
      after()
      """##
    let shown = SourceFile.closure(in: text, line: 1)?.source
    #expect(shown?.hasSuffix("done()") == true)
    #expect(shown?.hasPrefix("let a") == true)
  }

  @Test func showsADeclarationFromItsLineToItsBrace() {
    let text = """
      struct A {
        // func update is below; update() is called there
        func updateAll() { update() }
        func update(
          by step: Float
        ) -> Float {
          if step > 0 { return step }
          return 0
        }
        let rate = 0.1
      }
      """
    let excerpt = SourceFile.declaration("func update", in: text)
    #expect(excerpt?.line == 4)
    #expect(
      excerpt?.source == """
        func update(
          by step: Float
        ) -> Float {
          if step > 0 { return step }
          return 0
        }
        """)
    #expect(SourceFile.declaration("let rate", in: text)?.source == "let rate = 0.1")
    #expect(SourceFile.declaration("func missing", in: text) == nil)
  }

  /// A comment, a string and a declaration, each ended by the line's end.
  @Test(arguments: ["\r\n", "\r", "\n"]) func anyEndOfLineGivesTheSame(end: String) {
    let text = """
      struct A {
        // a brace {
        func update() {
          let text = "{"

          run(text)  // and }
        }
      }
      """
    let changed = text.replacing("\n", with: end)
    let body = "let text = \"{\"\n\nrun(text)  // and }"
    #expect(SourceFile.closure(in: changed, line: 3) == .init(source: body, line: 4))
    #expect(
      SourceFile.declaration("func update", in: changed)
        == SourceFile.declaration("func update", in: text))
    #expect(SourceFile.declaration("func update", in: changed)?.line == 3)
    let scalars = Array(changed.unicodeScalars)
    #expect(SwiftScanner.matchingBrace(in: scalars, from: 9) == scalars.count - 1)
    #expect(text.components("\n") == changed.components("\n"))
  }

  @Test func aMissingDeclarationFailsTheRun() {
    #expect(!SampleLesson.record { $0.source(of: "func nobodyWroteThis\("")") }.isGood)
    #expect(!SampleLesson.record { $0.source(of: "func a", file: "Sources/None.swift") }.isGood)
    #expect(
      SampleLesson.record {
        $0.source(of: "enum StudentT", file: "Sources/Notebook/Record/StudentT.swift")
      }.isGood)
  }
}
