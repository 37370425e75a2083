import DataPipeline
import Tensors
import Testing

/// Tables and ratings through the data block; expected numbers by hand.
@Suite struct RowStagesTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder([
      "adult.csv": """
      age,job,pay
      20, clerk,low
      40, smith,high
      , clerk,low
      60, baker,high
      30,,low

      """,
      "test.csv": "age,job\n40,clerk\n40,nurse\n",
      "words.csv": "age,job,pay\nold,clerk,low\n40,smith,high\n",
      "ratings.csv": "user,film,stars\n7,2,4\n11,3,5\n7,3,1\n9,2,3.5\n",
      "nobody.csv": "user,film,stars\n7,2,4\n,3,5\n",
    ])
  }

  private func labelled() throws -> LabelledItems<TableRow, Classes> {
    try TableRows.from(folder("adult.csv")).split(validAt: 3...4).labelledByColumn("pay")
  }

  @Test func aTableIsFilledNumberedAndNormalisedByItsTrainingRows() throws {
    let rows = try labelled().withTest(TableRows.from(folder("test.csv")))
      .prepared(categorical: ["job"], continuous: ["age"])
    // Training ages 20, 40 and a gap, filled with their median 30: mean 30, deviation 10.
    #expect(rows.train.table.categoricalNames == ["job", "age_na"])
    #expect(
      rows.train.table.categories == [["#na#", "clerk", "smith"], ["#na#", "False", "True"]])
    #expect(rows.train.table.codes == [[1, 2, 1], [1, 1, 2]])
    for (value, wanted) in zip(rows.train.table.numbers[0], [-1, 1, 0] as [Float]) {
      // The 10⁻⁷ beside the deviation and the rounding of a Float.
      #expect(abs(value - wanted) < 1e-6)
    }
    #expect(rows.valid.table.codes == [[0, 0], [1, 1]])
    #expect(rows.train.targets == [1, 0, 1])
    #expect(
      rows.unseen == [
        "\(folder("adult.csv")), row 5: no training row has job \"baker\"; it counts as #na#",
        "\(folder("test.csv")), row 3: no training row has job \"nurse\"; it counts as #na#",
      ])
    #expect(rows.description.contains("age: mean 30.0, deviation 10.0, gaps filled with 30.0"))

    let data = rows.batches(of: 2)
    var generator = SeededGenerator(seed: 1)
    #expect(data.stepsPerEpoch == 1)
    #expect(data.train(&generator).map(\.targets.count) == [2])
    #expect(data.valid.map(\.targets) == [[0, 1]])
    #expect(data.valid.map(\.categories) == [[[0, 0], [1, 1]]])
    #expect(data.test?.map(\.categories) == [[[1, 0], [1, 1]]])
    #expect(data.test?.map(\.targets) == [[-1, -1]])
    #expect(rows.batches(of: 4).epoch(seed: 1).map(\.targets.count) == [3])
  }

  @Test func aWordWhereANumberBelongsIsNamed() throws {
    let split = try TableRows.from(folder("words.csv")).split(validAt: [1])
    #expect(
      folder.sentence { _ = try split.labelledByColumn("pay", classes: ["low"]) }
        == "words.csv, row 3: \"high\" is none of the given classes; they are low")
    let data = try TableRows.from(folder("adult.csv")).split(validAt: [4]).labelledByColumn("pay")
    #expect(
      folder.sentence { _ = try data.prepared(categorical: [], continuous: ["job"]) }
        == "adult.csv, row 2: job \"clerk\" is not a number")
    #expect(
      folder.sentence { _ = try data.prepared(categorical: ["work"], continuous: []) }
        == "adult.csv has no column \"work\"; it has age, job, pay")
  }

  @Test func ratingsNumberTheUsersAndItemsOfBothParts() throws {
    let ratings = try TableRows.from(folder("ratings.csv")).split(validAt: [1])
      .labelledByNumber("stars", in: 0.5...5).asRatings(user: "user", item: "film")
    #expect(ratings.train.userNames == ["#na#", "7", "9", "11"])
    #expect(ratings.train.users == [1, 1, 2])
    #expect(ratings.train.items == [1, 2, 1])
    #expect(ratings.train.values == [4, 1, 3.5])
    #expect(ratings.valid.users == [3])
    #expect(
      ratings.description == """
        3 ratings to train on, 1 to validate with
          3 users and 2 items, one more each for unknown ones
          ratings from 1.0 to 4.0
          users without a rating in training: 1 (11)

        """)
    let data = ratings.batches(of: 2)
    var generator = SeededGenerator(seed: 1)
    #expect(data.train(&generator).map(\.users.count) == [2])
    #expect(data.valid.map(\.items) == [[2]])
    let nobody = try TableRows.from(folder("nobody.csv")).split(validAt: [0])
      .labelledByNumber("stars")
    #expect(
      folder.sentence { _ = try nobody.asRatings(user: "user", item: "film") }
        == "nobody.csv, row 3: its user is empty")
  }
}
