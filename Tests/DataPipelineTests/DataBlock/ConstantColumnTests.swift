import DataPipeline
import Tensors
import Testing

/// Nothing is divided by a deviation of about zero.
@Suite struct ConstantColumnTests {
  private func prepared(
    _ training: [String], _ valid: String
  ) throws -> (column: [Float], valid: Float, description: String) {
    let text = "x,y\n" + (training + [valid]).map { "\($0),a\n" }.joined()
    let rows = try TableRows.from(CSVFile(Array(text.utf8), name: "t.csv"))
      .split(validAt: [training.count]).labelledByColumn("y")
      .prepared(categorical: [], continuous: ["x"])
    return (rows.train.table.numbers[0], rows.valid.table.numbers[0][0], rows.description)
  }

  @Test(arguments: [
    (["20.0", "20.0", "20.0"], "20.1"), (["0", "0"], "1e30"), (["-5", "-5"], "5"),
    (["20", "20.000001", "20"], "21"), (["1e300", "1e300"], "-1e300"),
    (["1e-300", "1e-300"], "1"), (["0.1", "0.1", "0.1"], "0.2"), (["20", "", "20"], "7"),
  ])
  func aColumnThatIsConstantInTrainingBecomesZero(training: [String], valid: String) throws {
    let (column, found, description) = try prepared(training, valid)
    #expect(column == Array(repeating: 0, count: training.count))
    #expect(found == 0)
    #expect(description.contains("constant in training: it becomes 0 in all rows"))
  }

  /// Scaled by anything the numbers are the same: (1, 2, 4) less 7/3, divided by √(7/3).
  @Test(arguments: ["", "e3", "e100", "e300", "e307", "e38", "e-2"])
  func othersAreNormalisedWhateverTheirSize(exponent: String) throws {
    let (column, found, description) = try prepared(
      ["1", "2", "4"].map { $0 + exponent }, "3" + exponent)
    let wanted: [Float] = [-0.8728716, -0.2182179, 1.0910895]
    #expect(zip(column, wanted).allSatisfy { abs($0 - $1) < 1e-5 })
    #expect(abs(found - 0.4364358) < 1e-5)
    #expect(!description.contains("constant"))
  }

  @Test func whatNo32BitsHoldIsNamed() throws {
    let text = "x,y\n1,a\n1e39,a\n3,a\n"
    let rows = try TableRows.from(CSVFile(Array(text.utf8), name: "t.csv")).split(validAt: [2])
      .labelledByColumn("y")
    #expect(throws: DataError("t.csv, row 3: x 1e+39 is too large for 32 bits")) {
      try rows.prepared(categorical: [], continuous: ["x"], normalizes: false)
    }
  }

  @Test func aBatchOfOneValueIsOnlyMoved() {
    for value in [0, 0.1, -7, 1e30] as [Float] {
      let batch = Tensor(Array(repeating: value, count: 1000), shape: [10, 100])
      let normalization = Normalization(of: batch)
      #expect(normalization.deviation == 1)
      #expect(normalization(batch).values.allSatisfy { abs($0) <= abs(value) * 1e-6 })
    }
  }

  @Test func logarithmsOfAmountsBelowOneHaveARange() throws {
    #expect(try LogTarget([0.5]).range.contains(-0.6931472))
    #expect(try LogTarget([0.001, 0.002]).range.upperBound < 0)
    #expect(try LogTarget([1, 3]).range.lowerBound == 0)
    #expect(try LogTarget([]).range.lowerBound == 0)
  }

  @Test func theMarkOfGapsReplacesNoColumn() throws {
    let text = "x,x_na,y\n1,5,a\n,6,a\n3,7,a\n"
    let rows = try TableRows.from(CSVFile(Array(text.utf8), name: "t.csv")).split(validAt: [2])
      .labelledByColumn("y")
    #expect(
      throws: DataError(
        "t.csv: x has gaps, which a column \"x_na\" would mark, but there is one already; rename it"
      )
    ) { try rows.prepared(categorical: [], continuous: ["x", "x_na"]) }
  }

  @Test func categoriesAreInOneOrderWhateverTheyHold() throws {
    let words = ["nan", "inf", "2", "10", "1", "0x10", "1e999", "-1"]
    let ordered = ["#na#", "-1", "0x10", "1", "10", "1e999", "2", "inf", "nan"]
    var generator = SeededGenerator(seed: 42)
    for _ in 0..<20 {
      let column = Table.Column("c", .categories(words.shuffled(using: &generator)))
      let table = Table("t.csv", columns: [column], rowNumbers: Array(2..<10))
      #expect(Categorify(training: table).names == ["c": ordered])
    }
  }
}
