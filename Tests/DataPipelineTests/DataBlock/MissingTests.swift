import DataPipeline
import Tensors
import Testing

/// What means "no value" is declared, counted, and the same for inputs and labels.
@Suite struct MissingTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder([
      "country.csv": "country,age,label\nNA,20,n\nDE,?,y\nNone,22,n\nNA,23,y\nFR,24,n\n,25,y\n",
      "label.csv": "age,pet\n20,NaN\n21,cat\n22,NA\n23,cat\n24,nan\n25,dog\n26,dog\n27,NA\n",
      "sold.csv": "age,sales\n20,1\n21,?\n22,NA\n23,10\n24,100\n25,\n",
      "question.csv": "job,pay\n ?,low\nclerk,high\n?,low\n",
    ])
  }

  private func countries() throws -> LabelledItems<TableRow, Classes> {
    try TableRows.from(folder("country.csv")).filter { try $0.field("age") != "?" }
      .split(validAt: [4]).labelledByColumn("label")
  }

  private func words(_ missing: MissingWords) -> [String] {
    missing.counts.map { "\($0.column) \($0.word) \($0.count)" }
  }

  @Test func whatIsTakenAsMissingIsSaid() throws {
    let rows = try countries().prepared(categorical: ["country"], continuous: ["age"])
    #expect(rows.train.table.categories == [["#na#", "FR"]])
    #expect(words(rows.missing) == ["country NA 2", "country  1", "country None 1"])
    #expect(rows.missing.count(in: "country") == 4 && rows.missing.count(in: "age") == 0)
    #expect(
      rows.description.contains(
        "  country: taken as missing: \"NA\" 2 ×, \"\" 1 ×, \"None\" 1 ×\n  with missing: [\"\"] these words would be values, and the empty field alone missing\n"
      ))
  }

  @Test func namibiaIsACountryWhereItIsDeclaredSo() throws {
    for missing in [["", "?"], [""]] as [Set<String>] {
      let rows = try countries().prepared(
        categorical: ["country"], continuous: ["age"], missing: missing)
      #expect(rows.train.table.categories == [["#na#", "FR", "NA", "None"]])
      #expect(rows.train.table.codes == [[2, 3, 2, 1]])
      #expect(rows.valid.table.codes == [[0]])
      #expect(words(rows.missing) == ["country  1"])
      #expect(!rows.description.contains("would be"))
    }
    let none = try countries().prepared(categorical: ["country"], continuous: [], missing: [])
    #expect(none.missing.counts.isEmpty)
    #expect(none.unseen.count == 1)
  }

  @Test func aSignCanMeanMissingInTheChain() throws {
    let rows = try TableRows.from(folder("country.csv")).split(validAt: [5])
      .labelledByColumn("label")
    #expect(
      folder.sentence { _ = try rows.prepared(categorical: [], continuous: ["age"]) }
        == "country.csv, row 3: age \"?\" is not a number")
    let prepared = try rows.prepared(categorical: [], continuous: ["age"], missing: ["?"])
    #expect(prepared.preparation.fillMissing?.medians == ["age": 22.5])  // of 20, 22, 23, 24
    #expect(prepared.description.contains("age: taken as missing: \"?\" 1 ×"))
    // A space before the sign is none of it.
    let jobs = try TableRows.from(folder("question.csv")).split(validAt: [2])
      .labelledByColumn("pay").prepared(categorical: ["job"], continuous: [], missing: ["?", ""])
    #expect(jobs.train.table.categories == [["#na#", "clerk"]])
    #expect(jobs.missing.count(in: "job") == 2)
  }

  @Test func aMissingLabelIsAnErrorOrLeftOutAndCounted() throws {
    let split = try TableRows.from(folder("label.csv")).split(validAt: [6, 7])
    #expect(
      folder.sentence { _ = try split.labelledByColumn("pet") }
        == "label.csv, row 2: pet \"NaN\" means a missing label; leavingOutMissing: true leaves such rows out, missing: [\"\"] takes the word as a label"
    )
    let left = try split.labelledByColumn("pet", leavingOutMissing: true)
    #expect(left.kind.names == ["cat", "dog"])
    #expect(left.train.labels == [0, 0, 1] && left.valid.labels == [1])
    #expect(
      left.description.hasSuffix(
        "  left out as their pet is missing: 3 rows to train on, 1 to validate with\n"))
    let rows = try left.prepared(categorical: [], continuous: ["age"])
    #expect(rows.train.table.rowNumbers == [3, 5, 7] && rows.valid.table.rowNumbers == [8])
    let words = try split.labelledByColumn("pet", missing: [""])
    #expect(words.kind.names == ["NA", "NaN", "cat", "dog", "nan"])
    #expect(words.train.labels == [1, 2, 0, 2, 4, 3])
    let valid = try TableRows.from(folder("label.csv")).split(validAt: [7])
    #expect(
      folder.sentence { _ = try valid.labelledByColumn("pet", leavingOutMissing: true) }
        == "label.csv: without the rows whose pet is missing nothing is left to validate with")
  }

  @Test func theSameHoldsForNumbersAsLabels() throws {
    let split = try TableRows.from(folder("sold.csv")).split(validAt: [4])
    #expect(
      folder.sentence { _ = try split.labelledByNumber("sales") }
        == "sold.csv, row 3: sales \"?\" is not a number")
    let missing: Set<String> = ["?", "", "NA"]
    #expect(
      folder.sentence { _ = try split.labelledByNumber("sales", missing: missing) }
        == "sold.csv, row 3: sales \"?\" is not a number; as it means a missing value, leavingOutMissing: true leaves such rows out"
    )
    let left = try split.labelledByNumber("sales", missing: missing, leavingOutMissing: true)
    #expect(left.train.labels == [1, 10] && left.valid.labels == [100])
    let logs = try split.labelledByLogarithm(
      of: "sales", missing: missing, leavingOutMissing: true)
    #expect(logs.train.labels[0] == 0 && logs.kind.name == "ln sales")
    #expect(abs(logs.train.labels[1] - 2.302585) < 1e-6)
    #expect(logs.description.contains("3 rows to train on, 0 to validate with"))
  }
}
