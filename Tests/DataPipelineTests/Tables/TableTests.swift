import DataPipeline
import Testing

private func file(_ text: String) throws -> CSVFile {
  try CSVFile(Array(text.utf8), name: "t.csv")
}

@Suite struct TableTests {
  private func table(_ text: String, missing: Set<String> = Table.missing) throws -> Table {
    try Table(file(text), categorical: ["job"], continuous: ["age"], missing: missing)
  }

  @Test func columnsHaveTheKindTheyAreNamedFor() throws {
    let table = try table("age,id,job\n49,1,cook\n,2,7\n-1.5e2,3,\n")
    #expect(
      table.columns == [
        .init("job", .categories(["cook", "7", nil])), .init("age", .numbers([49, nil, -150])),
      ])
    #expect(table.rowNumbers == [2, 3, 4])
    #expect(table.columns[1].fields == ["49", "", "-150"])
  }

  @Test func whatMeansMissingCanBeSaid() throws {
    let text = "age,job\nnan,NA\n?,?\n"
    #expect(try table("age,job\nnan,NA\n").columns[0].values == .categories([nil]))
    let own = try table(text.replacing("nan", with: "?"), missing: ["?"])
    #expect(own.columns[0].values == .categories(["NA", nil]))
    #expect(own.columns[1].values == .numbers([nil, nil]))
  }

  @Test(arguments: [
    (
      "age,job\n49,cook\nold,cook\n",
      "t.csv, row 3: age \"old\" is not a number"
    ),
    ("age,job\n0x10,cook\n", "t.csv, row 2: age \"0x10\" is not a number"),
    ("age,job\ninf,cook\n", "t.csv, row 2: age \"inf\" is not a number"),
    ("age,job\n1e999,cook\n", "t.csv, row 2: age \"1e999\" is not a number"),
    ("years,job\n49,cook\n", "t.csv has no column \"age\"; it has years, job"),
    ("age,work\n49,cook\n", "t.csv has no column \"job\"; it has age, work"),
  ])
  func whatIsWrongIsSaidInASentence(text: String, message: String) {
    #expect(throws: DataError(message)) { try table(text) }
  }

  @Test func aSplitKeepsTheRowsNumbers() throws {
    let (train, valid) = try table("age,job\n1,a\n2,b\n3,c\n4,d\n").split(valid: [2, 0])
    #expect(train.rowNumbers == [3, 5])
    #expect(valid.rowNumbers == [4, 2])
    #expect(valid.columns[1].values == .numbers([3, 1]))
  }

  @Test func textReadsBackAsItWas() throws {
    let rows = [["a,b", "say \"no\"", "1.5"], ["", " x", "two\nlines"]]
    let written = try CSVFile(name: "t.csv", header: ["a", "b c", "d"], rows: rows)
    let read = try file(written.text)
    #expect(read.rows == rows && read.header == written.header)
  }
}

@Suite struct FillMissingTests {
  private func table(_ ages: [Double?], first: Int = 2) -> Table {
    Table(
      "t.csv", columns: [.init("age", .numbers(ages))],
      rowNumbers: Array(first..<(first + ages.count)))
  }

  @Test func gapsGetTheTrainingMedianAndAMark() throws {
    let fill = try FillMissing(training: table([1, nil, 10, 3, 4]))
    #expect(fill.medians == ["age": 3.5])  // between 3 and 4
    #expect(
      try fill(table([nil, 100])).columns == [
        .init("age", .numbers([3.5, 100])), .init("age_na", .categories(["True", "False"])),
      ])
  }

  @Test func aColumnWithoutGapsHasNoMark() throws {
    let fill = try FillMissing(training: table([1, 2]))
    #expect(try fill(table([5])).columns == table([5]).columns)
    #expect(
      throws: DataError("t.csv, row 8: age is missing, as in no training row; give it a value")
    ) {
      try fill(table([5, nil], first: 7))
    }
  }

  @Test func aColumnOfGapsAloneIsNamed() {
    #expect(
      throws: DataError("t.csv: column \"age\" has no value in any training row; leave it out")
    ) {
      try FillMissing(training: table([nil, nil]))
    }
  }
}

@Suite struct CategorifyTests {
  private func table(_ words: [String?], _ column: String = "job") -> Table {
    Table(
      "t.csv", columns: [.init(column, .categories(words))],
      rowNumbers: Array(2..<(2 + words.count)))
  }

  @Test func wordsAreOrderedByLettersAndNumbersByValue() {
    let names = Categorify(training: table(["b", nil, "a", "b", "B"])).names
    #expect(names == ["job": ["#na#", "B", "a", "b"]])
    let shops = Categorify(training: table(["10", "9", "2"])).names
    #expect(shops == ["job": ["#na#", "2", "9", "10"]])
  }

  @Test func missingAndUnseenAreZeroAndTheUnseenAreNamed() throws {
    let categorify = Categorify(training: table(["a", "b"]))
    let new = table(["b", nil, "c", "c", "#na#"])
    #expect(
      try categorify(new).columns[0].values == .codes([2, 0, 0, 0, 0], names: ["#na#", "a", "b"]))
    #expect(
      try categorify.unseen(in: new) == [
        "t.csv, row 4: no training row has job \"c\"; it counts as #na#",
        "t.csv, row 6: no training row has job \"#na#\"; it counts as #na#",
      ])
  }

  @Test func aColumnThatIsNotThereIsNamed() {
    let categorify = Categorify(training: table(["a"]))
    #expect(throws: DataError("t.csv has no column \"job\"; it has work")) {
      try categorify(table(["a"], "work"))
    }
  }
}

@Suite struct NormalizeTests {
  private func table(_ numbers: [Double?]) -> Table {
    Table(
      "t.csv", columns: [.init("age", .numbers(numbers))],
      rowNumbers: Array(2..<(2 + numbers.count)))
  }

  @Test func theDeviationIsThatOfASample() throws {
    // Mean 4; squares 9 + 1 + 16 + 0 over n − 1 = 3.
    let normalize = try Normalize(training: table([1, 3, 8, 4]))
    let known = try #require(normalize.statistics["age"])
    #expect(known.mean == 4)
    #expect(abs(known.deviation - (26.0 / 3).squareRoot()) < 1e-15)
  }

  @Test func aConstantColumnBecomesZeros() throws {
    let normalize = try Normalize(training: table([7, 7]))
    #expect(try normalize(table([7])).columns[0].values == .numbers([0]))
  }

  @Test func gapsAreNamed() throws {
    let message = DataError("t.csv, row 3: age is missing; fill it before normalising")
    #expect(throws: message) { try Normalize(training: table([1, nil])) }
    let normalize = try Normalize(training: table([1, 2]))
    #expect(throws: message) { try normalize(table([1, nil])) }
    #expect(throws: DataError("t.csv: normalising needs two training rows, got 1")) {
      try Normalize(training: table([1]))
    }
  }
}
