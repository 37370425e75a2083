import DataPipeline
import Foundation
import Testing

/// Expected instants from Python 3's datetime: datetime.fromisoformat(…).timestamp(), datetime.strptime for the others.
@Suite struct DateFormTests {
  @Test(arguments: [
    ("2015-07-31", 1_438_300_800), ("2015-07-31 00:00:00", 1_438_300_800),
    ("2015-07-31T00:00:00Z", 1_438_300_800), ("2015-07-31T23:59:59", 1_438_387_199),
    ("2015-07-31T02:00:00+02:00", 1_438_300_800), ("2015-07-30T19:30:00-0430", 1_438_300_800),
    ("2015-07-31 05:00:00+05", 1_438_300_800), ("2015-07-31T00:00:00.250Z", 1_438_300_800.25),
    ("2015-07-31 00:00:00.123456", 1_438_300_800.123456), ("2015/07/31", 1_438_300_800),
    ("2015.07.31", 1_438_300_800), ("1969-12-31T23:59:59.5Z", -0.5),
    ("0001-01-01", -62_135_596_800), ("9999-12-31", 253_402_214_400),
    ("1582-10-10", -12_219_724_800), ("2000-02-29", 951_782_400),
  ])
  func theFirstFormMayHaveATime(field: String, seconds: Double) {
    #expect(DateParts.date(field)?.timeIntervalSince1970 == seconds)
  }

  @Test(arguments: [
    "2015-07-31 00:00", "2015-07-31T", "2015-07-31 24:00:00", "2015-07-31 23:60:00",
    "2015-07-31 23:59:60", "2015-07-31T00:00:00z", "2015-07-31T00:00:00.Z",
    "2015-07-31T00:00:00.+1",
    "2015-07-31T00:00:00+2:00", "2015-07-31T00:00:00+24:00", "2015-07-31T00:00:00Z+02:00",
    "2015-07-31T00:00:00ZZ", "2015-07-31T00:00:00-", "2015-07-31T0:00:000", "2015-07-31T::00:00:00",
    "1900-02-29", "2100-02-29", "0000-01-01", "2015-07.31", "+015-07-31", "2015-+7-31",
    "15-07-31", "20150731", "2015-W31-5", "2015-07-31x", " 2015-07-31", "--", "/", "2015-07-",
    "2015-07-31-01", "2015-07-31T00:00:00.1e5", "2015-07-31\u{301}",
  ])
  func whatIsNoDateGivesNone(field: String) {
    for form in DateForm.allCases { #expect(form.date(field) == nil) }
  }

  @Test(arguments: [
    ("31/07/2015", DateForm.dayMonthYear), ("31.07.2015", .dayMonthYear),
    ("31-7-2015", .dayMonthYear), ("07/31/2015", .monthDayYear), ("7/31/2015", .monthDayYear),
    ("31.07.2015 00:00:00", .dayMonthYear), ("07/31/2015T02:00:00+02:00", .monthDayYear),
  ])
  func otherFormsAreNamed(field: String, form: DateForm) {
    #expect(form.date(field)?.timeIntervalSince1970 == 1_438_300_800)
    #expect(DateForm.allCases.filter { $0.date(field) != nil } == [form])
  }

  @Test func aDateThatCanBeTwoIsAskedAbout() throws {
    let file = try CSVFile(Array("Date,x\n01/02/2015,1\n31/01/2015,2\n".utf8), name: "s.csv")
    let sentence =
      "s.csv, row 2: Date \"01/02/2015\" is no date of the form 2015-07-31; name the form of the column: form: .dayMonthYear (31/07/2015) or form: .monthDayYear (07/31/2015)"
    #expect(throws: DataError(sentence)) {
      try TableRows.from(file).splitByDate("Date", from: "2015-02-01")
    }
    #expect(
      throws: DataError(sentence.replacing("no date of the form", with: "not a date like"))
    ) { try file.addingDateParts(of: "Date") }
    let days = try file.addingDateParts(of: "Date", form: .dayMonthYear)
    #expect(try days.column("Month") == ["2", "1"])
    #expect(throws: DataError.self) { try file.addingDateParts(of: "Date", form: .monthDayYear) }
    let split = try TableRows.from(file).splitByDate(
      "Date", from: "01.02.2015", form: .dayMonthYear)
    #expect(try split.valid.map { try $0.field("x") } == ["1"])
  }

  @Test func datesMayStayForTheSplitByDate() throws {
    let text = "x,SoldDate,y\n1,2015-06-18 10:00:00,3\n2,2015-06-19 00:00:00,4\n"
    let file = try CSVFile(Array(text.utf8), name: "s.csv")
      .addingDateParts(of: "SoldDate", keeping: true)
    #expect(file.header == ["x", "SoldDate", "y"] + DateParts.names.map { "Sold" + $0 })
    #expect(try file.column("SoldElapsed") == ["1434621600", "1434672000"])
    let split = try TableRows.from(file).splitByDate("SoldDate", from: "2015-06-19")
    #expect(try split.valid.map { try $0.field("SoldDay") } == ["19"])
    #expect(throws: DataError("s.csv has two columns named \"SoldYear\"")) {
      try file.addingDateParts(of: "SoldDate")
    }
  }

  /// Every day of four centuries and around year 1, by Foundation's calendar of ISO 8601 from 1583 on.
  @Test func everyDayHasThePartsOfTheCalendar() {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = .gmt
    var count = 0
    for day in stride(from: -141_000, to: 30_000, by: 11) {
      let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 3600)
      let wanted = calendar.dateComponents(
        [.year, .month, .day, .weekOfYear, .weekday], from: date)
      let found = DateParts(date).values
      #expect(found[0] == wanted.year && found[1] == wanted.month && found[3] == wanted.day)
      #expect(found[2] == wanted.weekOfYear && found[4] == (wanted.weekday! + 5) % 7)
      #expect(found[12] == day * 86_400 + 3600)
      #expect(DateParts.date(DateParts.text(date)) == date - 3600)
      count += 1
    }
    #expect(count == 15_546)
  }
}
