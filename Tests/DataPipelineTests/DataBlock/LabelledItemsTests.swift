import DataPipeline
import Foundation
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

  @Test func aClassThatOnlyValidationHasGetsItsNumberAndAWord() throws {
    let data = try split().labelledByCSV(folder("unseen.csv"))
    #expect(data.kind.names == ["cat", "cow", "dog"])
    #expect(data.train.labels == [0, 0, 2])
    #expect(data.valid.labels == [1])
    #expect(data.description.hasSuffix("  cow has no training texts\n"))
    let several = try split().labelledWithSeveral { $0.path == "b/9/y_4.txt" ? ["z"] : ["a"] }
    #expect(several.valid.labels == [[1]])
    #expect(several.description.hasSuffix("  z has no training texts\n"))
    #expect(try rows("sales.csv").labelledByColumn("item").kind.names == ["p", "q", "r"])
  }

  @Test func givenClassesKeepTheirOrder() throws {
    let wanted = ["10", "none", "9"]
    let byFolder = try split().labelledByFolder(classes: wanted)
    #expect(byFolder.kind.names == wanted && byFolder.train.labels == [0, 0, 2])
    #expect(byFolder.description.hasSuffix("  none has no training texts\n"))
    let byPattern = try split().labelledByPattern("/([0-9]+)/", classes: wanted)
    #expect(byPattern.train.labels == [0, 0, 2])
    let column = try rows("sales.csv").labelledByColumn("kind", classes: ["b", "a"])
    #expect(column.train.labels == [0, 1])
    let several = try split().labelledByCSV(
      folder("labels.csv"), separator: " ", classes: ["tree", "sky", "road"])
    #expect(several.train.labels == [[0, 1], [1, 2], [0]])
  }

  /// "01" and "1" are two names of one value.
  @Test func equalValuesAreNumberedByTheirLetters() throws {
    let names = ["1", "2", "01", "+1"]
    var next = names.makeIterator()
    let data = try split().labelled { _ in next.next() ?? "" }
    #expect(data.kind.names == ["+1", "01", "1", "2"])
    #expect(data.train.labels.count == 3)
  }

  @Test func tagsAreTrimmedAndMayBeMissing() throws {
    func tags(_ rows: [String], _ delimiter: String, _ others: [String] = []) throws -> [[String]] {
      let names = ["x_1.txt", "y_2.txt", "x_3.txt", "y_4.txt"]
      let text = zip(names, rows).map { "\($0),\"\($1)\"\n" }.joined()
      try folder.write("tags.csv", Data(("name,labels\n" + text).utf8))
      let data =
        try others.isEmpty
        ? split().labelledByCSV(folder("tags.csv"), delimiter: delimiter)
        : split().labelledByCSV(folder("tags.csv"), delimiter: delimiter, others[0])
      return (data.train.labels + data.valid.labels).map { $0.map { data.kind.names[$0] } }
    }
    // In the order of the list: x_1, x_3, y_2, y_4.
    #expect(
      try tags(["a, b", "", ",b ,, ", "b,b"], ",") == [["a", "b"], ["b"], [], ["b"]])
    #expect(
      try tags(["big cat, dog", "", "dog", " dog ;big cat"], ", ", [";"])
        == [["big cat", "dog"], ["dog"], [], ["big cat", "dog"]])
    // A comma before a mark that combines with it (here the acute accent) still divides.
    let accent = "\u{301}"
    #expect(
      try tags(["a,\(accent)b", "a", "a", "a"], ",") == [["a", "\(accent)b"], ["a"], ["a"], ["a"]])
  }

  @Test func numbersComeFromAFunctionOrATable() throws {
    let byFunction = try split().labelledByNumber(named: "age", in: 0...9) { item in
      Float(item.name.utf8.first { 48...57 ~= $0 } ?? 48) - 48
    }
    #expect(byFunction.train.labels == [1, 3, 2] && byFunction.valid.labels == [4])
    #expect(byFunction.description.contains("age: 1.0 to 3.0 in training, mean 2.0"))
    try folder.write(
      "ages.csv", Data("name,age\nx_1.txt,30\ny_2.txt,41.5\nx_3.txt,7\ny_4.txt,8\n".utf8))
    let byTable = try split().labelledByNumber(folder("ages.csv"), number: "age")
    #expect(byTable.train.labels == [30, 7, 41.5] && byTable.valid.labels == [8])
    #expect(
      folder.sentence {
        _ = try split().labelledByNumber(folder("ages.csv"), number: "age", in: 0...40)
      } == "ages.csv, row 3: age 41.5 is not a number between 0.0 and 40.0")
  }

  /// The same names in two folders: a row that names one of them alone could mean either.
  @Test func aNameThatTwoFilesHaveLabelsNeither() throws {
    let folder = try TemporaryFolder([
      "i/a/1.txt": "One.", "i/a/2.txt": "Two.", "i/b/1.txt": "Three.", "i/b/3.txt": "Four.",
      "names.csv": "name,label\n1.txt,x\n2.txt,y\n3.txt,x\n",
      "paths.csv": "name,label\na/1.txt,x\nb/1.txt,y\n2.txt,y\nb/3.txt,x\n3.txt,x\nother,z\n",
      "list.txt": "2.txt\n1.txt\n", "paths.txt": "b/1.txt\n3.txt\n3.txt\n",
    ])
    let texts = try TextList.from(folder("i"))
    let split = try texts.split(validAt: [3])
    #expect(
      folder.sentence { _ = try split.labelledByCSV(folder("names.csv")) }
        == "names.csv, row 2: \"1.txt\" stands for two files, a/1.txt and b/1.txt: name them by path"
    )
    let data = try split.labelledByCSV(folder("paths.csv"))
    #expect(data.train.labels == [0, 1, 1] && data.valid.labels == [0])
    #expect(
      data.description.hasSuffix(
        "  rows of \(folder("paths.csv")) that repeat a file and its label: 1\n"))
    #expect(
      folder.sentence { _ = try texts.splitByFileList(folder("list.txt")) }
        == "list.txt, line 2: \"1.txt\" stands for two files, a/1.txt and b/1.txt: name them by path"
    )
    #expect(
      try texts.splitByFileList(folder("paths.txt")).valid.map(\.path) == ["b/1.txt", "b/3.txt"])
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
    #expect(
      csv("twice.csv")
        == "twice.csv, row 4: \"a/10/x_1.txt\" stands here for the second time, with the label \"dog\" instead of \"cat\""
    )
    #expect(
      sentence { _ = try split().labelledByCSV(folder("unseen.csv"), classes: ["dog", "cat"]) }
        == "b/9/y_4.txt: \"cow\" is none of the given classes; they are cat, dog")
    #expect(
      sentence { _ = try split().labelledByFolder(classes: ["9", "9"]) }
        == "the classes 9, 9 are not all different, or one has no name")
    #expect(
      sentence { _ = try split().labelledWithSeveral { _ in [""] } }
        == "none of the texts of DIR has a class")
    #expect(
      sentence { _ = try split().labelled { _ in "" } } == "a/10/x_1.txt: its label is empty")
    #expect(
      sentence { _ = try split().labelledByNumber(named: "age") { _ in .nan } }
        == "a/10/x_1.txt: age nan is not a number")
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
