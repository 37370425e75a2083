import DataPipeline
import Testing

@Suite struct CSVFileTests {
  private func read(_ text: String, header: [String]? = nil) throws -> CSVFile {
    try CSVFile(Array(text.utf8), name: "t.csv", header: header)
  }

  @Test func quotesHoldSeparatorsNewlinesAndQuotes() throws {
    // Two rows of the form that the IMDB sample has.
    let file = try read(
      """
      label,text,is_valid
      negative,"Kevin Kline: what? ""Whoosh"", they say
      and go.",False
      positive,"",True

      """)
    #expect(file.header == ["label", "text", "is_valid"])
    #expect(
      file.rows == [
        ["negative", "Kevin Kline: what? \"Whoosh\", they say\nand go.", "False"],
        ["positive", "", "True"],
      ])
  }

  @Test func everyKindOfLineEndGivesTheSameRows() throws {
    let wanted = [["1", "2"], ["3", ""]]
    for end in ["\n", "\r\n", "\r"] {
      #expect(try read(["a,b", "1,2", "3,"].joined(separator: end)).rows == wanted)
      #expect(try read(["a,b", "1,2", "3,", "", ""].joined(separator: end)).rows == wanted)
    }
    #expect(try read("\u{feff}a,b\n1,2").header == ["a", "b"])
  }

  /// Rows of adult.csv: spaces after commas, and a value that is missing.
  @Test func spacesBeforeAFieldAreDropped() throws {
    let file = try read("age,workclass,education-num\n49, Private,12.0\n38, Self-emp-inc,\n")
    #expect(try file.column("workclass") == ["Private", "Self-emp-inc"])
    #expect(try file.column("education-num") == ["12.0", ""])
  }

  @Test func oneByteLettersAreRead() throws {
    let bytes: [UInt8] = Array("543|Mis".utf8) + [0xe9] + Array("rables, Les (1995)|".utf8)
    let file = try CSVFile(
      bytes, name: "u.item", separator: "|", encoding: .latin1, header: ["item", "title", "date"])
    #expect(file.rows == [["543", "Misérables, Les (1995)", ""]])
  }

  @Test(arguments: [
    ("", "t.csv is empty"),
    ("\n\n", "t.csv is empty"),
    ("a,b\n1,2\n3\n", "t.csv, row 3: 1 fields, the header has 2"),
    ("a,b\n1,2,3\n", "t.csv, row 2: 3 fields, the header has 2"),
    ("a,b\n1,2\n\n3,4\n", "t.csv, row 3: 1 fields, the header has 2"),
    ("a,a\n1,2\n", "t.csv has two columns named \"a\""),
    (
      "a,b\n1,\"2\n",
      "t.csv: a quotation is opened and never closed; is the file cut short?"
    ),
    (
      "a,b\n1,2\n\"3\"x\",4\"\n",
      "t.csv, row 3: a quote stands where none may, inside a field or after one"
    ),
    (
      "a,b\n1,t\"w\"o\n",
      "t.csv, row 2: a quote stands where none may, inside a field or after one"
    ),
    ("a,b\n1,\0\n", "t.csv, line 2: a zero byte; this is no text file"),
  ])
  func whatIsWrongIsSaidInASentence(text: String, message: String) {
    #expect(throws: DataError(message)) { try read(text) }
  }

  @Test func aFileThatIsNotThereIsNamed() {
    #expect(throws: DataError("cannot open no/such.csv")) { try CSVFile("no/such.csv") }
  }

  @Test func columnsAreAskedForByNameAndKind() throws {
    let file = try read("user,rating\n1,4.5\n2,good\n")
    #expect(throws: DataError("t.csv has no column \"item\"; it has user, rating")) {
      try file.column("item")
    }
    #expect(try file.column("user", as: "a number", { Int($0) }) == [1, 2])
    #expect(throws: DataError("t.csv, row 3: rating \"good\" is not a number")) {
      try file.column("rating", as: "a number") { Float($0) }
    }
  }
}
