import DataPipeline
import Tensors
import Testing

/// Test sets, second files and the order of predictions.
@Suite struct TestSetTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder([
      "train.csv": "age,job,pay\n20,clerk,low\n40,smith,high\n60,clerk,low\n",
      "valid.csv": "pay,age,job\nhigh,30,nurse\nlow,20,clerk\nlow,40,nurse\nhigh,40,baker\n",
      "odd.csv": "pay,age,job\nlow,1,clerk\ntop,2,clerk\nNA,3,clerk\n",
      "texts.csv": "label,text\npos,good good\nneg,bad\npos,so good a film\nneg,bad bad bad\n",
      "test.csv":
        "label,text\nneg,bad\npos,a film so good\nneg,bad bad\npos,good\nneg,a bad bad one\n",
      "test/neg/1.txt": "bad", "test/pos/2.txt": "good film", "test/odd/3.txt": "odd",
      "ratings.csv": "user,film,stars\n7,2,4\n11,3,5\n7,3,1\n9 ,2,3.5\n7,2,3\n5,8,1\n",
      "more.csv": "user,film,stars\n7,3,2\n12,3,5\n",
    ])
  }

  @Test func aSecondTableValidates() throws {
    let split = try TableRows.from(folder("train.csv"))
      .validatedBy(TableRows.from(folder("valid.csv")))
    #expect(split.description == "3 rows to train on, 4 to validate with\n")
    let rows = try split.labelledByColumn("pay").prepared(
      categorical: ["job"], continuous: ["age"])
    #expect(rows.train.table.rowNumbers == [2, 3, 4])
    #expect(rows.valid.table.rowNumbers == [2, 3, 4, 5])
    #expect(rows.valid.targets == [0, 1, 1, 0])
    #expect(rows.valid.table.codes == [[0, 1, 0, 0]])
    // Training ages 20, 40, 60: mean 40, deviation 20.
    let wanted: [Float] = [-0.5, -1, 0, 0]
    #expect(zip(rows.valid.table.numbers[0], wanted).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(
      rows.unseen == [
        "\(folder("valid.csv")), row 2: no training row has job \"nurse\"; it counts as #na#",
        "\(folder("valid.csv")), row 5: no training row has job \"baker\"; it counts as #na#",
      ])
    #expect(
      rows.description.contains(
        "  job: 3 rows to validate with hold a category that no training row has\n"))
  }

  @Test func aTestTableMayHaveLabels() throws {
    let labelled = try TableRows.from(folder("train.csv")).split(validAt: [0])
      .labelledByColumn("pay")
    let test = try TableRows.from(folder("valid.csv"))
    let rows = try labelled.withTest(test, labelledByColumn: "pay")
      .prepared(categorical: ["job"], continuous: ["age"])
    #expect(rows.test?.targets == [0, 1, 1, 0])
    #expect(rows.description.contains("job: 3 rows to test hold a category"))
    let data = rows.batches(of: 3)
    let batches = try #require(data.test)
    #expect(batches.map(\.targets) == [[0, 1, 1], [0]])
    #expect(batches.map(\.rows) == [[0, 1, 2], [3]])
    #expect(data.inOrder(batches) { $0.targets } == [0, 1, 1, 0])
    #expect(
      try labelled.withTest(test).prepared(categorical: [], continuous: ["age"]).test?.targets
        == [-1, -1, -1, -1])
    let odd = try TableRows.from(folder("odd.csv"))
    #expect(
      folder.sentence { _ = try labelled.withTest(odd, labelledByColumn: "pay") }
        == "odd.csv, row 3: its class \"top\" is none of high, low")
    let ages = try TableRows.from(folder("train.csv")).split(validAt: [0]).labelledByNumber("age")
      .withTest(test, labelledByNumber: "age").prepared(categorical: ["job"], continuous: [])
    #expect(ages.test?.targets == [30, 20, 40, 40])
    let logs = try TableRows.from(folder("train.csv")).split(validAt: [0])
      .labelledByLogarithm(of: "age").withTest(test, labelledByLogarithmOf: "age")
      .prepared(categorical: ["job"], continuous: [])
    #expect(try logs.test?.targets == LogTarget([30, 20, 40, 40]).values)
  }

  @Test func testTextsComeInTheOrderOfTheFile() throws {
    let labelled = try TextRows.from(folder("texts.csv"), text: "text").split(validAt: [2, 3])
      .labelledByColumn("label")
    let test = try TextRows.from(folder("test.csv"), text: "text")
    for size in 1...6 {
      let data = try labelled.withTest(test, labelledByColumn: "label").tokenised(minimum: 1)
        .batches(of: size)
      let batches = try #require(data.test)
      #expect(batches.flatMap(\.texts) == [0, 1, 2, 3, 4])
      #expect(batches.flatMap(\.labels) == [0, 1, 0, 1, 0])
      #expect(data.inOrder(batches) { $0.texts } == [0, 1, 2, 3, 4])
      // To validate with the longest comes first, and inOrder puts what comes of it back.
      #expect(data.valid.flatMap(\.texts) == [0, 1])
      #expect(data.inOrder(data.valid) { $0.labels } == [1, 0])
    }
    let unknown = try labelled.withTest(test).tokenised(minimum: 1).batches(of: 2)
    #expect(unknown.test?.flatMap(\.labels) == [-1, -1, -1, -1, -1])
  }

  @Test func aSecondListOfTextsValidates() throws {
    let data = try TextRows.from(folder("texts.csv"), text: "text")
      .validatedBy(TextRows.from(folder("test.csv"), text: "text"))
      .labelledByColumn("label").tokenised(minimum: 1).batches(of: 2)
    #expect(data.valid.map(\.texts) == [[1, 4], [2, 0], [3]])
    #expect(data.inOrder(data.valid) { $0.labels } == [0, 1, 0, 1, 0])
    #expect(data.inOrder(data.valid) { $0.texts } == [0, 1, 2, 3, 4])
  }

  @Test func textsInFoldersMayBeATestSetWithLabels() throws {
    let labelled = try TextList.from(folder("test")).inFolders(["neg", "pos"])
      .validatedBy(TextList.from(folder("test")).inFolders(["neg"])).labelledByFolder()
    let data = try labelled.withTest(TextList.from(folder("test")).inFolders(["pos", "neg"])) {
      $0.folders.last ?? ""
    }.tokenised(minimum: 1).batches(of: 1)
    #expect(data.test?.flatMap(\.labels) == [0, 1])
    #expect(
      folder.sentence {
        _ = try labelled.withTest(TextList.from(folder("test"))) { $0.folders[0] }
      } == "test/odd/3.txt: its class \"odd\" is none of neg, pos")
  }

  @Test func aLanguageModelHasATestSet() throws {
    let texts = try TextRows.from(folder("texts.csv"), text: "text").split(validAt: [3])
      .labelledByNextWord().withTest(TextRows.from(folder("test.csv"), text: "text"))
      .tokenised(minimum: 1)
    let data = try texts.batches(rows: 2, length: 3)
    let words = texts.test.reduce(0) { $0 + $1.count }
    #expect(data.test?.map(\.x.count).reduce(0, +) == (words + 5) / 6 * 6)
    #expect(data.stepsPerEpoch == Array(data.epoch(seed: 1)).count)
    #expect(
      folder.sentence { _ = try texts.batches(rows: 15, length: 3) }.contains("too few for 15 rows")
    )
  }

  @Test func ratingsSayWhatIsRepeatedAndWhatTrainingLacks() throws {
    let labelled = try TableRows.from(folder("ratings.csv")).split(validAt: [4, 5])
      .labelledByNumber("stars").withTest(TableRows.from(folder("more.csv")))
    let ratings = try labelled.asRatings(user: "user", item: "film")
    #expect(ratings.train.userNames == ["#na#", "5", "7", "9", "11"])
    #expect(ratings.repeatedPairs == 1)
    #expect(ratings.untrained.users == ["5"] && ratings.untrained.items == ["8"])
    #expect(
      ratings.description == """
        4 ratings to train on, 2 to validate with, 2 to test
          4 users and 3 items, one more each for unknown ones
          ratings from 1.0 to 5.0
          users without a rating in training: 1 (5)
          items without a rating in training: 1 (8)
          rows that repeat the user and item of another: 1
          test rows with an unknown user: 1, with an unknown item: 0

        """)
    let data = ratings.batches(of: 8)
    #expect(data.test?.map(\.users) == [[2, 0]])
    #expect(data.test?.flatMap(\.values.values).allSatisfy(\.isNaN) == true)
    let known = try TableRows.from(folder("ratings.csv")).split(validAt: [4, 5])
      .labelledByNumber("stars")
      .withTest(TableRows.from(folder("more.csv")), labelledByNumber: "stars")
      .asRatings(user: "user", item: "film")
    #expect(known.test?.values == [2, 5])
  }

  @Test func aSeedDrawsAsItsGeneratorDoes() throws {
    let rows = try TableRows.from(folder("valid.csv"))
    var generator = SeededGenerator(seed: 42)
    let split = try rows.splitAtRandom(valid: 0.5, using: &generator)
    #expect(try rows.splitAtRandom(valid: 0.5, seed: 42).valid.map(\.row) == split.valid.map(\.row))
    let names = (0..<20).map(String.init)
    let ratings = Ratings(users: names, items: names, values: names.map { _ in 1 })
    var again = SeededGenerator(seed: 42)
    #expect(
      ratings.split(valid: 0.2, seed: 42).valid.users
        == ratings.split(valid: 0.2, using: &again).valid.users)
    again = SeededGenerator(seed: 42)
    #expect(
      ratings.batches(of: 4, seed: 42).flatMap(\.rows)
        == ratings.batches(of: 4, using: &again).flatMap(\.rows))
  }
}
