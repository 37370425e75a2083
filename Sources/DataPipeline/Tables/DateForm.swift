import Foundation

/// How the dates of a column are written. 1/2/2015 can be January or February, so that only the first form is taken
/// unless another is named.
///
/// Behind the day a time may follow, after a space or T: 14:30:00, with a fraction, and at its end Z or an offset such as
/// +02:00; without one it is in UTC.
public enum DateForm: String, Codable, Sendable, CaseIterable {
  /// With -, / or . between, and two digits each for month and day.
  case yearMonthDay = "2015-07-31"
  /// With /, . or - between; days and months may have one digit.
  case dayMonthYear = "31/07/2015"
  case monthDayYear = "07/31/2015"

  /// The instant that a field says, nil where it has another form or the calendar has no such day.
  public func date(_ field: String) -> Date? {
    let signs = Array(field.utf8)
    let end = signs.firstIndex { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "T") }
    guard let days = days(signs[..<(end ?? signs.count)]) else { return nil }
    guard let end else { return Date(timeIntervalSince1970: Double(days) * 86_400) }
    return Self.seconds(signs[(end + 1)...]).map {
      Date(timeIntervalSince1970: Double(days) * 86_400 + $0)
    }
  }

  /// What to do about a field that is no date of this form, where it is one of another.
  func hint(for field: String) -> String {
    let others = Self.allCases.filter { $0 != self && $0.date(field) != nil }
    let named = others.map { "form: .\($0) (\($0.rawValue))" }.joined(separator: " or ")
    return others.isEmpty ? "" : "; name the form of the column: \(named)"
  }

  private func days(_ signs: ArraySlice<UInt8>) -> Int? {
    guard let mark = signs.first(where: { "-/.".utf8.contains($0) }) else { return nil }
    let parts = signs.split(separator: mark, omittingEmptySubsequences: false)
    let numbers = parts.compactMap(Self.number)
    guard numbers.count == 3 else { return nil }
    let widths = parts.map(\.count)
    let date: CivilDate
    if self == .yearMonthDay {
      guard widths == [4, 2, 2] else { return nil }
      date = CivilDate(year: numbers[0], month: numbers[1], day: numbers[2])
    } else {
      guard widths[0] <= 2, widths[1] <= 2, widths[2] == 4 else { return nil }
      let isDayFirst = self == .dayMonthYear
      date = CivilDate(
        year: numbers[2], month: numbers[isDayFirst ? 1 : 0], day: numbers[isDayFirst ? 0 : 1])
    }
    return date.year > 0 && date.isReal ? date.days : nil
  }

  /// Since the day's beginning in UTC: 14:30:00, 14:30:00.25, 14:30:00Z, 14:30:00+02:00, +0200 or +02.
  private static func seconds(_ signs: ArraySlice<UInt8>) -> Double? {
    let zone = signs.firstIndex { "Z+-".utf8.contains($0) } ?? signs.endIndex
    guard let offset = offset(signs[zone...]) else { return nil }
    let point = signs[..<zone].firstIndex(of: UInt8(ascii: "."))
    let parts = signs[..<(point ?? zone)].split(separator: UInt8(ascii: ":"))
    let numbers = parts.compactMap(number)
    guard numbers.count == 3, signs[..<(point ?? zone)].count == 8,
      parts.allSatisfy({ $0.count == 2 }), numbers[0] < 24, numbers[1] < 60, numbers[2] < 60
    else { return nil }
    var fraction = 0.0
    if let point {
      let digits = signs[(point + 1)..<zone]
      guard number(digits.prefix(1)) != nil, digits.allSatisfy({ (48...57).contains($0) }),
        let value = Double("0." + String(decoding: digits, as: UTF8.self))
      else { return nil }
      fraction = value
    }
    return Double(numbers[0] * 3600 + numbers[1] * 60 + numbers[2] - offset) + fraction
  }

  /// In seconds to the east.
  private static func offset(_ signs: ArraySlice<UInt8>) -> Int? {
    if signs.isEmpty || signs.elementsEqual("Z".utf8) { return 0 }
    let digits = signs.dropFirst().filter { $0 != UInt8(ascii: ":") }
    let hasColon = signs.count == 6 && signs[signs.startIndex + 3] == UInt8(ascii: ":")
    guard signs.count == digits.count + (hasColon ? 2 : 1), [2, 4].contains(digits.count),
      let hours = number(digits[..<2]), hours < 24, let minutes = number(digits[2...], or: 0),
      minutes < 60, signs.first != UInt8(ascii: "Z")
    else { return nil }
    return (signs.first == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
  }

  private static func number(_ digits: ArraySlice<UInt8>, or empty: Int) -> Int? {
    digits.isEmpty ? empty : number(digits)
  }

  /// A few digits, and no sign.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard (1...4).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) })
    else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
  }
}
