import Foundation

/// What a date may tell a table model: the 13 columns of fastai's `add_datepart`, in UTC.
///
/// Weeks are those of ISO 8601, days of the week count from Monday = 0, the time elapsed is in seconds since 1970.
public struct DateParts: Sendable, Equatable {
  public static let names = [
    "Year", "Month", "Week", "Day", "Dayofweek", "Dayofyear", "Is_month_end", "Is_month_start",
    "Is_quarter_end", "Is_quarter_start", "Is_year_end", "Is_year_start", "Elapsed",
  ]
  /// In the order of `names`; yes is 1.
  public let values: [Int]

  public init(_ date: Date) {
    let day = Self.calendar.dateComponents([.year, .month, .day, .weekday], from: date)
    let (year, month, number) = (day.year ?? 0, day.month ?? 0, day.day ?? 0)
    let dayOfYear = Self.calendar.ordinality(of: .day, in: .year, for: date) ?? 0
    let days = Self.calendar.range(of: .day, in: .month, for: date)?.count ?? 0
    let (starts, ends) = (number == 1, number == days)
    let facts = [
      ends, starts, ends && month % 3 == 0, starts && month % 3 == 1, ends && month == 12,
      starts && month == 1,
    ]
    values =
      [
        year, month, Self.weeks.component(.weekOfYear, from: date), number,
        ((day.weekday ?? 0) + 5) % 7, dayOfYear,
      ] + facts.map { $0 ? 1 : 0 } + [Int(date.timeIntervalSince1970.rounded(.down))]
  }

  /// The date that a field of the form 2015-07-31 holds, nil for any other.
  public static func date(_ field: String) -> Date? {
    let parts = field.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.map(\.count) == [4, 2, 2],
      parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } })
    else { return nil }
    let numbers = parts.compactMap { Int($0) }
    let wanted = DateComponents(year: numbers[0], month: numbers[1], day: numbers[2])
    guard let date = calendar.date(from: wanted) else { return nil }
    // The calendar makes 3 March of 31 February.
    let found = calendar.dateComponents([.year, .month, .day], from: date)
    return [found.year, found.month, found.day] == numbers ? date : nil
  }

  /// A date as 2015-07-31, in UTC.
  public static func text(_ date: Date) -> String {
    let day = calendar.dateComponents([.year, .month, .day], from: date)
    return String(format: "%04d-%02d-%02d", day.year ?? 0, day.month ?? 0, day.day ?? 0)
  }

  private static let calendar = inUTC(.gregorian)
  private static let weeks = inUTC(.iso8601)

  private static func inUTC(_ kind: Calendar.Identifier) -> Calendar {
    var calendar = Calendar(identifier: kind)
    calendar.timeZone = .gmt
    return calendar
  }
}
