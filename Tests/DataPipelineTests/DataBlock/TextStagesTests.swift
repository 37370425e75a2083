import DataPipeline
import Tensors
import Testing

/// Word numbers are counted by hand: special tokens are 0 to 7, then the words by frequency.
@Suite struct TextStagesTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder([
      "train/neg/1.txt": "a bad film", "train/pos/2.txt": "a good film, a good one",
      "train/pos/3.txt": "good", "test/neg/4.txt": "a bad bad story",
      "more/5.txt": "a film",
      "texts.csv": "label,text,is_valid\npos,\"good, \"\"a\"\" film\",False\nneg,bad,True\n",
      "gap.csv": "label,text\npos,good\nneg, \n", "blank/x/1.txt": " \n\n",
    ])
  }

  private func split() throws -> SplitItems<TextFile> {
    try TextList.from(folder.path).inFolders(["train", "test"])
      .splitByFolder(train: "train", valid: "test")
  }

  @Test func theVocabularyComesFromTrainingAlone() throws {
    let texts = try split().labelledByFolder().tokenised(minimum: 1)
    // good and a come three times, a first; film twice; bad, the comma and one once.
    #expect(
      texts.vocabulary.words == Vocabulary.special + ["a", "good", "film", "bad", ",", "one"])
    #expect(texts.train.texts == [[2, 8, 11, 10], [2, 8, 9, 10, 12, 8, 9, 13], [2, 9]])
    #expect(texts.valid.texts == [[2, 8, 11, 11, 0]])
    #expect(texts.train.labels == [0, 1, 1])
    #expect(texts.description.contains("1 texts to validate with: 5 words, 1 of them unknown"))
    let same = try split().labelledByFolder().tokenised(vocabulary: Vocabulary(words: ["xxunk"]))
    #expect(same.train.texts[0] == [0, 0, 0, 0])
  }

  @Test func aClassifierGetsPaddedBatchesWithTheirClasses() throws {
    let data = try split().labelledByFolder().withTest(TextList.from(folder("more")))
      .tokenised(minimum: 1).batches(of: 2)
    var generator = SeededGenerator(seed: 1)
    let batches = Array(data.train(&generator))
    // Of three texts one is left out, so that no batch is of one.
    #expect(batches.map(\.rows) == [2] && data.stepsPerEpoch == 1)
    for batch in batches {
      for (row, text) in batch.texts.enumerated() {
        let words = batch.words[(row * batch.length)..<((row + 1) * batch.length)]
        #expect(words.last == [10, 13, 9][text])
        #expect(batch.labels[row] == [0, 1, 1][text])
      }
    }
    #expect(data.valid.map(\.words) == [[2, 8, 11, 11, 0]])
    #expect(data.valid.map(\.labels) == [[0]])
    #expect(data.test?.map(\.words) == [[2, 8, 10]])
    #expect(data.test?.map(\.labels) == [[-1]])
  }

  @Test func aLanguageModelGetsWordsAndTheNextOnes() throws {
    let texts = try split().labelledByNextWord().tokenised(minimum: 1)
    let data = try texts.batches(rows: 2, length: 3)
    var generator = SeededGenerator(seed: 1)
    let stream = texts.train.texts
    var orders: Set<[Int]> = []
    for _ in 0..<20 {
      // 14 words in two rows of 7: three batches.
      let train = Array(data.train(&generator))
      #expect(train.count == 3)
      // The rows end to end, without what the last batch reads on into: the texts in some order.
      let rows = [0, 3].map { row in train.flatMap { $0.x[row..<(row + 3)] }.prefix(7) }
      let words = Array(rows.joined())
      let joined = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]].map { order in
        order.flatMap { stream[$0] }
      }
      #expect(joined.contains(words))
      for batch in train { #expect(Array(batch.x[1..<3]) == Array(batch.y[0..<2])) }
      #expect(train[0].y[2] == train[1].x[0])
      orders.insert(words)
    }
    #expect(orders.count > 3)
    // Five words in two rows that begin at 0 and 2, run on into the beginning.
    #expect(data.valid.map(\.x) == [[2, 8, 11, 11, 11, 0]])
    #expect(data.valid.map(\.y) == [[8, 11, 11, 11, 0, 2]])
    #expect(
      folder.sentence { _ = try texts.batches(rows: 5, length: 3) }
        == "the validation texts hold 5 words, too few for 5 rows: take fewer rows")
  }

  @Test func textsMayStandInATable() throws {
    let rows = try TextRows.from(folder("texts.csv"), text: "text")
    let read = try rows.items.map { try $0.text }
    #expect(read == ["good, \"a\" film", "bad"])
    let data = try rows.splitByColumn("is_valid")
    #expect(try data.labelledByColumn("label").kind.names == ["neg", "pos"])
    #expect(
      folder.sentence { _ = try TextRows.from(folder("texts.csv"), text: "review") }
        == "texts.csv has no column \"review\"; it has label, text, is_valid")
  }

  @Test func aTextWithoutWordsIsNamed() throws {
    #expect(
      folder.sentence { _ = try TextRows.from(folder("gap.csv"), text: "text").items[1].text }
        == "gap.csv, row 3: its text is empty")
    #expect(
      folder.sentence { _ = try TextList.from(folder("blank")).items[0].text }
        == "blank/x/1.txt is empty")
    try folder.write("latin/x/1.txt", .init([0x63, 0x61, 0x66, 0xe9]))
    #expect(
      folder.sentence { _ = try TextList.from(folder("latin")).items[0].text }
        .hasPrefix("latin/x/1.txt, line 1: its bytes are not UTF-8, as byte 4 (0xE9) shows"))
  }
}
