/// A day of the Gregorian calendar, for all years, as ISO 8601 counts them (also before its introduction in 1582).
///
/// Years are counted from March here, so that the leap day is a year's last, in eras of 400 years, which all have 146,097
/// days (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
struct CivilDate: Equatable {
  let year: Int
  let month: Int
  let day: Int

  init(year: Int, month: Int, day: Int) { (self.year, self.month, self.day) = (year, month, day) }

  /// From the days since 1 January 1970.
  init(days: Int) {
    let days = days + 719_468
    let era = days.flooredDivision(by: 146_097)
    let ofEra = days - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * ofYear + 2) / 153  // from March, 0
    day = ofYear - (153 * month + 2) / 5 + 1
    self.month = month < 10 ? month + 3 : month - 9
    year = yearOfEra + era * 400 + (month < 10 ? 0 : 1)
  }

  /// Since 1 January 1970.
  var days: Int {
    let year = month > 2 ? year : year - 1
    let era = year.flooredDivision(by: 400)
    let yearOfEra = year - era * 400
    let ofYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + ofYear - 719_468
  }

  /// Whether the calendar has it: 31 February becomes another day.
  var isReal: Bool { (1...12).contains(month) && day > 0 && CivilDate(days: days) == self }

  /// From Monday = 0.
  var weekday: Int { (days + 3) - (days + 3).flooredDivision(by: 7) * 7 }

  /// From 1.
  var dayOfYear: Int { days - CivilDate(year: year, month: 1, day: 1).days + 1 }

  var isMonthEnd: Bool { CivilDate(days: days + 1).day == 1 }

  /// Of ISO 8601: a week belongs to the year that has its Thursday.
  var week: Int { (CivilDate(days: days - weekday + 3).dayOfYear - 1) / 7 + 1 }
}

extension Int {
  fileprivate func flooredDivision(by divisor: Int) -> Int {
    (self >= 0 ? self : self - divisor + 1) / divisor
  }
}
