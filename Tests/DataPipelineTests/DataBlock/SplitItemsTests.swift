import DataPipeline
import Tensors
import Testing

/// Expected splits are read off the inputs by hand; the rules are those of fastai v1's `data_block.py`.
@Suite struct SplitItemsTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder([
      "train/pos/1.txt": "Good.", "train/neg/2.txt": "Bad.", "train/neg/3.txt": "Dull.",
      "test/pos/4.txt": "Fine.", "test/neg/5.txt": "Poor.", "unsup/6.txt": "Some.",
      "notes.md": "not a text", ".hidden/7.txt": "hidden",
      "list.txt": "train/neg/2.txt\r\n\r\n6.txt\r\n", "bad.txt": "2.txt\n9.txt\n", "empty.txt": "",
      "mac.txt": "train/neg/2.txt\r\r6.txt\r",
      "sales.csv":
        "Date,Store,is_valid\n2015-07-01,1,False\n2015-07-31,2,True\n2015-08-01,1,true\n",
    ])
  }

  /// The texts under the two folders; list.txt and its like would be texts too.
  private func texts() throws -> TextList {
    try TextList.from(folder.path).filter { !$0.folders.isEmpty }
  }

  @Test func filesComeInTheOrderOfTheirPathsAndHiddenOnesDoNotCome() throws {
    #expect(
      try texts().items.map(\.path) == [
        "test/neg/5.txt", "test/pos/4.txt", "train/neg/2.txt", "train/neg/3.txt", "train/pos/1.txt",
        "unsup/6.txt",
      ])
    #expect(try texts().items[2].text == "Bad.")
    #expect(try texts().inFolders(["unsup"]).items.map(\.name) == ["6.txt"])
  }

  @Test func byFolderLeavesOtherFoldersOut() throws {
    let split = try texts().splitByFolder(train: "train", valid: "test")
    #expect(split.train.map(\.name) == ["2.txt", "3.txt", "1.txt"])
    #expect(split.valid.map(\.name) == ["5.txt", "4.txt"])
    #expect(
      split.description == "3 texts to train on, 2 to validate with, 1 left out\n")
  }

  @Test func aRandomShareDependsOnTheSeedAlone() throws {
    func split(_ seed: UInt64) throws -> [String] {
      var generator = SeededGenerator(seed: seed)
      let split = try texts().splitAtRandom(valid: 0.5, using: &generator)
      #expect(split.train.count == 3 && split.valid.count == 3)
      #expect(Set((split.train + split.valid).map(\.path)).count == 6)
      return split.valid.map(\.path)
    }
    #expect(try split(1) == split(1))
    #expect(try Set((0..<20).map { try split($0) }).count > 5)
  }

  @Test func byNumberByFunctionAndByFileListTakeTheSameItems() throws {
    let wanted = ["train/neg/2.txt", "unsup/6.txt"]
    #expect(try texts().split(validAt: [5, 2]).valid.map(\.path) == wanted)
    #expect(
      try texts().split { ["2.txt", "6.txt"].contains($0.name) }.valid.map(\.path) == wanted)
    #expect(try texts().splitByFileList(folder("list.txt")).valid.map(\.path) == wanted)
    #expect(try texts().splitByFileList(folder("mac.txt")).valid.map(\.path) == wanted)
    #expect(try texts().splitByFileList(folder("list.txt")).train.count == 4)
  }

  @Test func byDateTakesTheRowsFromThatDayOn() throws {
    let rows = try TableRows.from(folder("sales.csv"))
    let split = try rows.splitByDate("Date", from: "2015-07-31")
    #expect(split.train.map(\.row) == [0])
    #expect(split.valid.map(\.row) == [1, 2])
    #expect(try rows.splitByColumn("is_valid").valid.map(\.row) == [1, 2])
  }

  @Test func whatIsWrongIsSaidInASentence() throws {
    func sentence(_ body: () throws -> Void) -> String { folder.sentence(body) }
    #expect(sentence { _ = try TextList.from(folder("no")) } == "there is no folder no")
    #expect(sentence { _ = try TextList.from(folder("notes.md")) } == "notes.md is not a folder")
    #expect(
      sentence { _ = try texts().filter { _ in false } }
        == "none of the 6 texts of DIR passes the filter")
    #expect(
      sentence { _ = try texts().splitByFolder() }
        == "DIR has no texts in a folder \"valid\"; its folders are test, train, unsup")
    #expect(
      sentence { _ = try texts().inFolders(["train", "all"]) }
        == "DIR has no texts in a folder \"all\"; its folders are test, train, unsup")
    #expect(
      sentence { _ = try texts().splitByFileList(folder("bad.txt")) }
        == "bad.txt, line 2: \"9.txt\" is not among the texts of DIR")
    #expect(
      sentence { _ = try texts().splitByFileList(folder("empty.txt")) } == "empty.txt is empty")
    #expect(
      sentence { _ = try texts().split(validAt: [6]) }
        == "the split names item 6; DIR has 6, from 0 to 5")
    #expect(
      sentence { _ = try texts().split(validAt: []) }
        == "the split by number leaves nothing to validate with, of 6 texts from DIR")
    #expect(
      sentence { _ = try texts().split { _ in true } }
        == "the split by a function leaves nothing to train on, of 6 texts from DIR")
    for share in [0, 0.1] {
      var generator = SeededGenerator(seed: 1)
      #expect(
        sentence { _ = try texts().splitAtRandom(valid: share, using: &generator) }
          == "a random share of \(share) leaves nothing to validate with, of 6 texts from DIR")
    }
    let rows = try TableRows.from(folder("sales.csv"))
    #expect(
      sentence { _ = try rows.splitByDate("Store", from: "2015-07-31") }
        == "sales.csv, row 2: Store \"1\" is no date of the form 2015-07-31")
    #expect(
      sentence { _ = try rows.splitByDate("Date", from: "31.7.2015") }
        == "\"31.7.2015\" is no date of the form 2015-07-31")
    #expect(
      sentence { _ = try rows.splitByDate("Date", from: "2016-01-01") }
        == "the split by date leaves nothing to validate with, of 3 rows from sales.csv")
    #expect(
      sentence { _ = try rows.splitByColumn("Date") }
        == "sales.csv, row 2: Date \"2015-07-01\" is neither true nor false")
    #expect(
      sentence { _ = try rows.splitByColumn("valid") }
        == "sales.csv has no column \"valid\"; it has Date, Store, is_valid")
  }
}
