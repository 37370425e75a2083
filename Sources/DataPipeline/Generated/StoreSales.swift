import Foundation
import Tensors

/// Generated daily sales of several shops with a known truth: their logarithms are sums of planted effects and noise.
///
///     ln sales = ln(the shop's size) + weekday + promotion + holiday + season + trend + noise
///
/// Sizes differ by a factor of ten and noise multiplies, so the amounts have a long tail. A shop that has its nearest
/// rival unknown has a gap in `RivalDistance`, which has no effect.
public struct StoreSales: Sendable {
  public struct Day: Sendable {
    /// From 1.
    public let store: Int
    public let date: Date
    public let hasPromotion: Bool
    public let isHoliday: Bool
    /// Metres, which differ by shop.
    public let rivalDistance: Double?
    public let sales: Double
    /// The logarithm of the sales without the noise: the best guess there is.
    public let expected: Double
  }

  /// Day after day, each with all its shops.
  public let days: [Day]

  /// What each day of the week adds, Monday first.
  public static let weekday = [0.15, 0, -0.05, -0.02, 0.1, 0.25, -0.9]
  public static let promotion = 0.3
  public static let holiday = -0.6
  /// A year's growth.
  public static let trend = 0.08
  /// Of the logarithms: what no model can know.
  public static let noise = 0.12

  /// More is sold before Christmas.
  public static func season(_ dayOfYear: Int) -> Double {
    0.15 * cos(2 * .pi * (Double(dayOfYear) - 355) / 365.25)
  }

  /// The first day is 1 January 2013.
  public init(stores: Int, days count: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let shops = (1...stores).map { _ in
      (
        size: log(3000) + log(10) * (Double(generator.uniform()) - 0.5),
        distance: generator.uniform() < 0.2
          ? nil : (100 * exp(4 * Double(generator.uniform()))).rounded()
      )
    }
    let noise = Tensor.normal([count, stores], using: &generator).values
    var days: [Day] = []
    for day in 0..<count {
      let date = Date(timeIntervalSince1970: Double(15_706 + day) * 86_400)
      let parts = DateParts(date).values
      let isHoliday = Self.holidays.contains { $0 == (parts[1], parts[3]) }
      // Promotions run for one working week in two, all over the chain.
      let hasPromotion = (day + 1) / 7 % 2 == 0 && parts[4] < 5
      let common =
        Self.weekday[parts[4]] + (hasPromotion ? Self.promotion : 0)
        + (isHoliday ? Self.holiday : 0) + Self.season(parts[5])
        + Self.trend * Double(day) / 365.25
      for (store, shop) in shops.enumerated() {
        let expected = shop.size + common
        let noise = Self.noise * Double(noise[day * stores + store])
        days.append(
          Day(
            store: store + 1, date: date, hasPromotion: hasPromotion, isHoliday: isHoliday,
            rivalDistance: shop.distance, sales: max(1, exp(expected + noise).rounded()),
            expected: expected))
      }
    }
    self.days = days
  }

  /// Month and day.
  private static let holidays = [(1, 1), (5, 1), (10, 3), (12, 25), (12, 26)]

  /// As a file like that of the Rossmann shops.
  public func file(name: String = "sales.csv") throws -> CSVFile {
    var written: [Date: String] = [:]
    let rows = days.map { day in
      let date = written[day.date] ?? DateParts.text(day.date)
      written[day.date] = date
      return [
        "\(day.store)", date, day.hasPromotion ? "1" : "0", day.isHoliday ? "1" : "0",
        day.rivalDistance.map { "\(Int($0))" } ?? "", "\(Int(day.sales))",
      ]
    }
    return try CSVFile(
      name: name, header: ["Store", "Date", "Promo", "Holiday", "RivalDistance", "Sales"],
      rows: rows)
  }
}
