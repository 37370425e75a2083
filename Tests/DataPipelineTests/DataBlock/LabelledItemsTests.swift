import DataPipeline
import Tensors
import Testing

/// Expected labels are read off the inputs by hand.
@Suite struct LabelledItemsTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder([
      "a/10/x_1.txt": "One.", "a/9/y_2.txt": "Two.", "a/10/x_3.txt": "Three.",
      "b/9/y_4.txt": "Four.",
      "labels.csv": "name,label,labels\nx_1.txt,cat,sky tree\na/9/y_2.txt,dog,tree\n"
        + "x_3.txt,cat,road  sky\ny_4.txt,dog,road\nother.txt,,\n",
      "missing.csv": "name,label\nx_1.txt,cat\ny_2.txt,dog\nx_3.txt,cat\n",
      "empty.csv": "name,label\nx_1.txt,cat\ny_2.txt,\nx_3.txt,cat\ny_4.txt,dog\n",
      "twice.csv": "name,label\nx_1.txt,cat\ny_2.txt,dog\nx_1.txt,dog\n",
      "unseen.csv": "name,label\nx_1.txt,cat\ny_2.txt,dog\nx_3.txt,cat\ny_4.txt,cow\n",
      "sales.csv": "item,amount,kind\np,1,b\nq,2.5,a\nr,10,a\n",
      "bad.csv": "item,amount,kind\np,1,b\nq,many,a\nr,0,\n",
    ])
  }

  private func split() throws -> SplitItems<TextFile> {
    try TextList.from(folder.path).inFolders(["a", "b"]).splitByFolder(train: "a", valid: "b")
  }

  private func rows(_ file: String) throws -> SplitItems<TableRow> {
    try TableRows.from(folder(file)).split(validAt: [2])
  }

  @Test func byFolderCountsClassesInTheOrderOfTheirNumbers() throws {
    let data = try split().labelledByFolder()
    #expect(data.kind.names == ["9", "10"])
    #expect(data.train.labels == [1, 1, 0])
    #expect(data.valid.labels == [0])
    #expect(
      data.description == """
        3 texts to train on, 1 to validate with
        2 classes
          9: 1 to train on, 1 to validate with
          10: 2 to train on, 0 to validate with

        """)
  }

  @Test func functionPatternAndCSVGiveTheSameClasses() throws {
    let byFunction = try split().labelled { String($0.name.prefix(1)) }
    #expect(byFunction.kind.names == ["x", "y"])
    #expect(byFunction.train.labels == [0, 0, 1])
    let byPattern = try split().labelledByPattern(#"([^/]+)_\d+\.txt$"#)
    #expect(byPattern.kind.names == ["x", "y"])
    #expect(byPattern.train.labels == [0, 0, 1])
    let byCSV = try split().labelledByCSV(folder("labels.csv"))
    #expect(byCSV.kind.names == ["cat", "dog"])
    #expect(byCSV.train.labels == [0, 0, 1])
    #expect(byCSV.valid.labels == [1])
  }

  @Test func aCSVFileMayGiveSeveralClasses() throws {
    let data = try split().labelledByCSV(folder("labels.csv"), separator: " ")
    #expect(data.kind.names == ["road", "sky", "tree"])
    #expect(data.train.labels == [[1, 2], [0, 1], [2]])
    #expect(data.valid.labels == [[0]])
    #expect(data.description.contains("sky: 2 to train on, 0 to validate with"))
  }

  @Test func aColumnHoldsClassesOrAmounts() throws {
    let classes = try rows("sales.csv").labelledByColumn("kind")
    #expect(classes.train.labels == [1, 0])
    let amounts = try rows("sales.csv").labelledByNumber("amount", in: 0...10)
    #expect(amounts.train.labels == [1, 2.5])
    #expect(amounts.valid.labels == [10])
    #expect(amounts.description.contains("amount: 1.0 to 2.5 in training, mean 1.75"))
    let logarithms = try rows("sales.csv").labelledByLogarithm(of: "amount")
    // ln 2.5 and ln 10 to nine digits; the tolerance is the rounding of a Float.
    #expect(abs(logarithms.train.labels[1] - 0.916290732) < 1e-7)
    #expect(abs(logarithms.valid.labels[0] - 2.302585093) < 3e-7)
  }

  @Test func aTestSetIsKeptWithoutLabels() throws {
    let data = try split().labelledByFolder().withTest(TextList.from(folder("b")))
    #expect(data.test.map(\.name) == ["y_4.txt"])
    #expect(data.description.hasPrefix("3 texts to train on, 1 to validate with, 1 to test\n"))
  }

  @Test func whatIsWrongIsSaidInASentence() throws {
    func sentence(_ body: () throws -> Void) -> String { folder.sentence(body) }
    func csv(_ name: String) -> String {
      sentence { _ = try split().labelledByCSV(folder(name)) }
    }
    #expect(csv("missing.csv") == "missing.csv has no row for b/9/y_4.txt")
    #expect(csv("empty.csv") == "empty.csv, row 3: the label of \"a/9/y_2.txt\" is empty")
    #expect(csv("twice.csv") == "twice.csv, row 4: \"x_1.txt\" stands here for the second time")
    #expect(
      csv("unseen.csv")
        == "b/9/y_4.txt: no item of the training set has its class \"cow\"; they have cat, dog")
    #expect(csv("sales.csv") == "sales.csv has no column \"name\"; it has item, amount, kind")
    #expect(
      sentence { _ = try split().labelledByPattern(#"(z)_\d"#) }
        == "a/10/x_1.txt: the regular expression \"(z)_\\d\" does not match its path")
    #expect(
      sentence { _ = try split().labelledByPattern("[") } == "\"[\" is no regular expression")
    #expect(
      sentence { _ = try split().labelledByPattern("x_1") }
        == "the regular expression \"x_1\" has no group (…) that would hold the class")
    let flat = try TextList.from(folder("a/10")).split(validAt: [0])
    #expect(
      sentence { _ = try flat.labelledByFolder() }
        == "a/10/x_3.txt is in no folder below a/10 that would name its class")
    #expect(
      sentence { _ = try rows("bad.csv").labelledByNumber("amount") }
        == "bad.csv, row 3: amount \"many\" is not a number")
    #expect(
      sentence { _ = try rows("sales.csv").labelledByNumber("amount", in: 0...5) }
        == "sales.csv, row 4: amount \"10\" is not a number between 0.0 and 5.0")
    #expect(
      sentence { _ = try rows("bad.csv").labelledByColumn("kind") }
        == "bad.csv, row 4: its label is empty")
    #expect(
      sentence {
        _ = try TableRows.from(folder("bad.csv")).split(validAt: [1]).labelledByLogarithm(
          of: "amount")
      } == "bad.csv, row 3: amount \"many\" is not a number")
    #expect(
      sentence {
        _ = try TableRows.from(folder("bad.csv")).filter { $0.row != 1 }.split(validAt: [1])
          .labelledByLogarithm(of: "amount")
      } == "bad.csv, row 4: amount 0.0 has no logarithm, as only amounts above 0 have")
  }
}
