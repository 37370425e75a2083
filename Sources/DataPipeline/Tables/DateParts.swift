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
    let seconds = Int(date.timeIntervalSince1970.rounded(.down))
    let days = Int((Double(seconds) / 86_400).rounded(.down))
    let day = CivilDate(days: days)
    let (starts, ends) = (day.day == 1, day.isMonthEnd)
    let facts = [
      ends, starts, ends && day.month % 3 == 0, starts && day.month % 3 == 1,
      ends && day.month == 12, starts && day.month == 1,
    ]
    values =
      [day.year, day.month, day.week, day.day, day.weekday, day.dayOfYear]
      + facts.map { $0 ? 1 : 0 } + [seconds]
  }

  /// The instant that a field says, nil for one that has not the form.
  public static func date(_ field: String, form: DateForm = .yearMonthDay) -> Date? {
    form.date(field)
  }

  /// A date as 2015-07-31, in UTC.
  public static func text(_ date: Date) -> String {
    let day = CivilDate(days: Int((date.timeIntervalSince1970 / 86_400).rounded(.down)))
    return String(format: "%04d-%02d-%02d", day.year, day.month, day.day)
  }
}
