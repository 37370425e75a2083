import Foundation

extension CSVFile {
  /// The file with a column of dates (2015-07-31) replaced by the 13 columns of its `DateParts`.
  ///
  /// As in fastai's `add_datepart`, their names begin with the column's own, less "Date" at its end: `SoldDate`
  /// gives `SoldYear`, `SoldMonth`, …
  public func addingDateParts(of column: String) throws -> CSVFile {
    let dates = try self.column(column, as: "a date like 2015-07-31") { DateParts.date($0) }
    let place = header.firstIndex(of: column) ?? 0
    let prefix =
      column.hasSuffix("Date") || column.hasSuffix("date")
      ? String(column.dropLast(4)) : column
    var (header, rows) = (self.header, self.rows)
    header.remove(at: place)
    header += DateParts.names.map { prefix + $0 }
    // A day has the same parts in every row of it.
    var known: [Date: [String]] = [:]
    for row in rows.indices {
      let date = dates[row]
      let parts = known[date] ?? DateParts(date).values.map(String.init)
      known[date] = parts
      rows[row].remove(at: place)
      rows[row] += parts
    }
    return try replacing(header: header, rows: rows)
  }
}
