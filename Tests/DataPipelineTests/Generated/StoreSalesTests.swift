import DataPipeline
import Foundation
import Testing

@Suite struct StoreSalesTests {
  private let sales = StoreSales(stores: 10, days: 730, seed: 42)

  @Test func theNoiseIsAsLargeAsPlanted() {
    let errors = sales.days.map { log($0.sales) - $0.expected }
    let mean = errors.reduce(0, +) / Double(errors.count)
    let square = errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
    // 7,300 draws of deviation 0.12, and sales rounded to whole numbers of 300 and more.
    #expect(abs(mean) < 4 * 0.12 / 7300.0.squareRoot())
    #expect(abs(square.squareRoot() - 0.12) < 4 * 0.12 / (2 * 7300.0).squareRoot())
  }

  @Test func twoDaysDifferByTheirPlantedEffects() throws {
    func day(_ date: String) throws -> StoreSales.Day {
      try #require(sales.days.first { $0.date == DateParts.date(date) && $0.store == 3 })
    }
    let monday = try day("2013-03-04")
    let sunday = try day("2013-03-10")
    let difference =
      -0.9 - 0.15 - (monday.hasPromotion ? 0.3 : 0) + 6 * 0.08 / 365.25
      + StoreSales.season(69) - StoreSales.season(63)
    #expect(abs(sunday.expected - monday.expected - difference) < 1e-12)
    #expect(try day("2013-12-25").isHoliday && !day("2013-12-24").isHoliday)
    #expect(try day("2014-12-31").store == 3)
    let promotions = sales.days.filter { $0.store == 1 && $0.hasPromotion }.count
    #expect((240...280).contains(promotions))  // five days of every fourteen
  }

  @Test func theFileReadsBack() throws {
    let file = try CSVFile(Array(try sales.file().text.utf8), name: "sales.csv")
    let table = try Table(
      try file.addingDateParts(of: "Date"),
      categorical: ["Store", "Dayofweek", "Promo", "Holiday"],
      continuous: ["RivalDistance", "Elapsed", "Sales"])
    #expect(try table.column("Sales").values == .numbers(sales.days.map(\.sales)))
    #expect(try table.column("RivalDistance").values == .numbers(sales.days.map(\.rivalDistance)))
    #expect(sales.days.contains { $0.rivalDistance == nil })
    #expect(try file.column("Date").first == "2013-01-01")
    #expect(try file.column("Date").last == "2014-12-31")
  }

  @Test func amountsHaveALongTailAndTheirLogarithmsHaveNone() {
    let amounts = sales.days.map(\.sales)
    // Above 1 counts as highly skewed; a normal distribution has 0.
    #expect(skewness(amounts) > 1)
    #expect(abs(skewness(amounts.map { log($0) })) < 0.5)
  }

  private func skewness(_ x: [Double]) -> Double {
    let mean = x.reduce(0, +) / Double(x.count)
    func moment(_ k: Double) -> Double {
      x.reduce(0) { $0 + pow($1 - mean, k) } / Double(x.count)
    }
    return moment(3) / pow(moment(2), 1.5)
  }
}
