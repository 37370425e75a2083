import DataPipeline
import Foundation
import Tensors
import Testing

@Suite struct TabularDataTests {
  private func data(_ count: Int) throws -> TabularData<Int> {
    let table = Table(
      "t.csv",
      columns: [
        .init("c", .categories((0..<count).map { "\($0)" })),
        .init("x", .numbers((0..<count).map { Double($0) })),
        .init("y", .numbers((0..<count).map { Double(-$0) })),
      ], rowNumbers: Array(2..<(2 + count)))
    return try TabularData(table, targets: Array(0..<count), valid: 0..<2)
  }

  @Test func batchesKeepRowsTogether() throws {
    let train = try data(12).train
    var generator = SeededGenerator(seed: 42)
    let batches = Array(train.batches(of: 4, using: &generator))
    #expect(batches.map { $0.targets.count } == [4, 4, 2])
    #expect(batches.flatMap(\.targets).sorted() == Array(2..<12))
    for batch in batches {
      // Row r of ten (targets 2 to 11) has code r − 1, and x and −x, of mean 6.5 and variance 110/12.
      #expect(batch.categories == [batch.targets.map { $0 - 1 }])
      #expect(batch.numbers.shape == [batch.targets.count, 2])
      let deviation = (110.0 / 12).squareRoot()
      for (row, target) in batch.targets.enumerated() {
        let x = Float((Double(target) - 6.5) / deviation)
        #expect(abs(batch.numbers.values[2 * row] - x) < 1e-6)
        #expect(abs(batch.numbers.values[2 * row + 1] + x) < 1e-6)
      }
    }
  }

  @Test func aShortLastBatchCanBeLeftOut() throws {
    let train = try data(12).train
    var generator = SeededGenerator(seed: 42)
    let batches = Array(train.batches(of: 4, dropsLast: true, using: &generator))
    #expect(batches.map { $0.targets.count } == [4, 4])
    #expect(train.batches(of: 5).map(\.targets) == [[2, 3, 4, 5, 6], [7, 8, 9, 10, 11]])
  }

  @Test func theOrderDependsOnTheSeedAlone() throws {
    let train = try data(30).train
    func order(_ seed: UInt64) -> [Int] {
      var generator = SeededGenerator(seed: seed)
      return train.batches(of: 7, using: &generator).flatMap(\.targets)
    }
    #expect(order(1) == order(1))
    #expect(order(1) != order(2))
  }
}

@Suite struct LogTargetTests {
  @Test func amountsComeBack() throws {
    let target = try LogTarget([1, 10, 5263])
    // ln 10 and ln 5263 to seven digits; ln(1.2 · 5263) = 8.750684.
    #expect(abs(target.values[1] - 2.302585) < 1e-6)
    #expect(abs(target.values[2] - 8.568456) < 1e-6)
    #expect(abs(target.range.upperBound - 8.750778) < 1e-6)
    #expect(abs(LogTarget.amount(target.values[2]) - 5263) < 5263 * 1e-6)
  }

  @Test(arguments: [0, -3, Double.nan, .infinity])
  func whatHasNoLogarithmIsNamed(amount: Double) {
    #expect(
      throws: DataError(
        "s.csv, row 3: \(amount) has no logarithm; leave out rows that are not above 0")
    ) {
      try LogTarget([1, amount], name: "s.csv", rowNumbers: [2, 3])
    }
  }
}

@Suite struct AddDatePartsTests {
  @Test func aDateBecomesThirteenColumns() throws {
    let text = "shop,SoldDate,sales\n7,2016-02-29,31\n8,1970-01-01,5\n"
    let file = try CSVFile(Array(text.utf8), name: "s.csv").addingDateParts(of: "SoldDate")
    #expect(file.header == ["shop", "sales"] + DateParts.names.map { "Sold" + $0 })
    // The values of 29 February 2016 as pandas gives them (DatePartsTests).
    #expect(
      file.rows[0] == [
        "7", "31", "2016", "2", "9", "29", "0", "60", "1", "0", "0", "0", "0", "0", "1456704000",
      ])
    #expect(try file.column("SoldDayofweek") == ["0", "3"])
  }

  @Test func aFieldThatIsNoDateIsNamed() throws {
    let file = try CSVFile(Array("Date\n2016-02-29\n2015-02-29\n".utf8), name: "s.csv")
    #expect(
      throws: DataError("s.csv, row 3: Date \"2015-02-29\" is not a date like 2015-07-31")
    ) {
      try file.addingDateParts(of: "Date")
    }
  }
}
