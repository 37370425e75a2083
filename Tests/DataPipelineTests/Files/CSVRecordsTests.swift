import DataPipeline
import Tensors
import Testing

/// Whatever stands in a field, only bytes divide it from the next.
@Suite struct CSVRecordsTests {
  private func read(_ text: String, separator: Character = ",") throws -> CSVFile {
    try CSVFile(Array(text.utf8), name: "t.csv", separator: separator)
  }

  @Test(arguments: [",", ";", "\t", "|", " ", "§"] as [Character])
  func aCombiningMarkHidesNoSeparator(separator: Character) throws {
    let s = String(separator)
    let text = "a\(s)b\n\u{301}x\(s)\u{301}y\n\"\u{301}\"\(s)\"\u{301}\u{200d}\"\n"
    let file = try read(text, separator: separator)
    #expect(file.header == ["a", "b"])
    #expect(file.rows == [["\u{301}x", "\u{301}y"], ["\u{301}", "\u{301}\u{200d}"]])
  }

  @Test func aCombiningMarkHidesNoNewline() throws {
    for end in ["\n", "\r\n", "\r"] {
      let file = try read("a,b\(end)\u{301}1,2\(end)\u{fe0f}3,4\(end)")
      #expect(file.rows == [["\u{301}1", "2"], ["\u{fe0f}3", "4"]])
    }
  }

  @Test(arguments: ["\u{2028}", "\u{2029}", "\u{85}", "\u{b}", "\u{c}", "\u{1e}"])
  func otherNewlinesAreLetters(sign: String) throws {
    #expect(try read("a,b\nx\(sign)y,\(sign)\n").rows == [["x\(sign)y", "\(sign)"]])
  }

  @Test func quotationsMayHoldAnything() throws {
    let file = try read("a,b\n\"1\r\n,\"\"\r\",2\n \"x\" ,\t\"\"\"\"\n\"\",\"\"\nu\"\"v,3\n")
    #expect(
      file.rows == [["1\r\n,\"\r", "2"], ["x", "\""], ["", ""], ["u\"v", "3"]])
  }

  @Test func textReadsBackWhateverItHolds() throws {
    let fields = [
      "", " ", "\u{301}", ",\u{301}", "\"\u{301}", "\n\u{301}", "\r", "\r\n", "\u{2028}", "\"\"",
      "é", "e\u{301}", "\u{200d},", "a\tb", "\t", "👩‍👩‍👧", "'", "\u{feff}x", " x ", "#na#",
    ]
    var generator = SeededGenerator(seed: 42)
    var count = 0
    for columns in [1, 2, 5] {
      let header = (0..<columns).map { "c\($0)" }
      for _ in 0..<100 {
        let rows = (0..<3).map { _ in
          (0..<columns).map { _ in fields.randomElement(using: &generator)! }
        }
        let written = try CSVFile(name: "t.csv", header: header, rows: rows)
        let found = try read(written.text).rows.map { $0.map { Array($0.utf8) } }
        #expect(found == rows.map { $0.map { Array($0.utf8) } })
        count += 1
      }
    }
    #expect(count == 300)
  }

  @Test func aLongLineIsReadAndARowOfTheWrongLengthNamed() throws {
    let long = String(repeating: "é", count: 5 << 20)
    #expect(try read("a,b\n\(long),\"\(long)\"\n").rows == [[long, long]])
    let wide = (0..<200_000).map { "\($0)" }
    #expect(try read(wide.joined(separator: ",")).header == wide)
    #expect(throws: DataError("t.csv, row 3, line 5: 1 fields, the header has 2")) {
      try read("a,b\n\"1\n2\r\n3\",4\n5\n")
    }
  }

  @Test func aHeaderAloneHasNoRows() throws {
    for text in ["a,b", "a,b\n", "a,b\r\n\r\n", "\u{feff}a,b\n  \n"] {
      let file = try read(text)
      #expect(file.header == ["a", "b"] && file.rows.isEmpty)
      #expect(throws: DataError("t.csv holds no rows")) { try TableRows.from(file) }
    }
    for text in ["", "\u{feff}", "\n", "\r\n\r\n", " \n\t\n"] {
      #expect(throws: DataError("t.csv is empty")) { try read(text) }
    }
    #expect(try read("a\n\"\"\n").rows == [[""]])
  }

  /// Whatever bytes come: rows as long as the header, which are written and read back, or a sentence.
  @Test(arguments: [TextEncoding.utf8, .latin1, .windows1252])
  func anyBytesAreATableOrASentence(encoding: TextEncoding) throws {
    let pieces: [[UInt8]] = [
      [0x2c], [0x2c], [0x22], [0x22, 0x22], [0x0a], [0x0d], [0x0d, 0x0a], [0x20], [0x09], [0x61],
      [0x62], [0xcc, 0x81], [0xe2, 0x80, 0xa8], [0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xfe, 0xff],
      [0xe9], [0xf0, 0x9f, 0x98, 0x80], [0x81], [0],
    ]
    var generator = SeededGenerator(seed: 42)
    var (tables, sentences) = (0, 0)
    for round in 0..<6000 {
      // The last pieces, which are no letters, come in every second round alone.
      let known = round.isMultiple(of: 2) ? pieces : Array(pieces.prefix(13))
      let bytes = (0..<Int.random(in: 0..<24, using: &generator)).flatMap { _ in
        known.randomElement(using: &generator) ?? []
      }
      do {
        let file = try CSVFile(bytes, name: "t.csv", encoding: encoding)
        #expect(file.rows.allSatisfy { $0.count == file.header.count })
        let again = try read(file.text)
        #expect(again.header == file.header && again.rows == file.rows)
        tables += 1
      } catch let error as DataError {
        #expect(error.description.hasPrefix("t.csv") && !error.description.contains("\n"))
        sentences += 1
      }
    }
    #expect(tables > 500 && sentences > 500 && tables + sentences == 6000)
  }
}
