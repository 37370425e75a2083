import Foundation

extension CSVFile {
  /// The file with the 13 columns of its `DateParts` at the end, in place of a column of dates or beside it.
  ///
  /// As in fastai's `add_datepart`, their names begin with the column's own, less "Date" at its end: `SoldDate`
  /// gives `SoldYear`, `SoldMonth`, …
  ///
  /// - Parameter keeping: Whether the dates stay, so that `splitByDate` can follow.
  public func addingDateParts(
    of column: String, form: DateForm = .yearMonthDay, keeping: Bool = false
  ) throws -> CSVFile {
    let dates = try self.column(column).enumerated().map { row, field in
      guard let date = form.date(field) else {
        throw DataError(
          "\(name), row \(number(ofRow: row)): \(column) \"\(field.prefix(40))\" is not a date like \(form.rawValue)\(form.hint(for: field))"
        )
      }
      return date
    }
    let place = try place(of: column)
    let prefix =
      column.hasSuffix("Date") || column.hasSuffix("date")
      ? String(column.dropLast(4)) : column
    var (header, rows) = (self.header, self.rows)
    if !keeping { header.remove(at: place) }
    header += DateParts.names.map { prefix + $0 }
    // A day has the same parts in every row of it.
    var known: [Date: [String]] = [:]
    for row in rows.indices {
      let date = dates[row]
      let parts = known[date] ?? DateParts(date).values.map(String.init)
      known[date] = parts
      if !keeping { rows[row].remove(at: place) }
      rows[row] += parts
    }
    return try replacing(header: header, rows: rows)
  }
}
