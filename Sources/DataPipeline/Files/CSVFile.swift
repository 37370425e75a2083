import Tensors

/// A table in a text file: one record a row, fields divided by a separator.
///
/// Fields may stand in quotes, and then hold separators, newlines and doubled quotes. Spaces before a field are
/// dropped. A row with more or fewer fields than the header is an error; empty lines at the end are not.
public struct CSVFile: Sendable {
  /// The file's path, for messages.
  public let name: String
  public let header: [String]
  public let rows: [[String]]
  private let first: Int

  /// - Parameter header: The columns' names, where the file's first row does not hold them.
  public init(
    _ path: String, separator: Character = ",", encoding: TextEncoding = .utf8,
    header: [String]? = nil
  ) throws {
    let bytes = try readGzip(path)
    try self.init(
      bytes, name: path, separator: separator, encoding: encoding, header: header)
  }

  /// From the bytes of a file; `name` stands in messages.
  public init(
    _ bytes: [UInt8], name: String, separator: Character = ",", encoding: TextEncoding = .utf8,
    header: [String]? = nil
  ) throws {
    expect(
      !separator.isNewline && separator != "\"",
      "CSVFile expects a separator that is no newline and no quote, got \"\(separator)\"")
    let read = try CSVRecords(
      encoding.utf8(bytes, name: name), separator: separator, name: name)
    guard let top = read.records.first else { throw DataError("\(name) is empty") }
    let skipped = header == nil ? 1 : 0
    try self.init(
      name: name, header: header ?? top, rows: Array(read.records.dropFirst(skipped)),
      first: 1 + skipped, lines: read.lines.dropFirst(skipped))
  }

  /// A file that is not there yet: `text` is what it would hold.
  public init(name: String, header: [String], rows: [[String]]) throws {
    try self.init(name: name, header: header, rows: rows, first: 2)
  }

  /// - Parameter lines: Where each row begins; a quotation may hold newlines.
  init(
    name: String, header: [String], rows: [[String]], first: Int, lines: ArraySlice<Int>? = nil
  ) throws {
    self.name = name
    self.header = header
    self.rows = rows
    self.first = first
    var seen: Set<String> = []
    if let twice = header.first(where: { !seen.insert($0).inserted }) {
      throw DataError("\(name) has two columns named \"\(twice)\"")
    }
    if let bad = rows.firstIndex(where: { $0.count != header.count }) {
      let line = lines.map { $0[$0.startIndex + bad] } ?? bad + first
      let place = "row \(bad + first)" + (line == bad + first ? "" : ", line \(line)")
      throw DataError(
        "\(name), \(place): \(rows[bad].count) fields, the header has \(header.count)")
    }
  }

  /// The file with other columns: rows keep their numbers.
  func replacing(header: [String], rows: [[String]]) throws -> CSVFile {
    try CSVFile(name: name, header: header, rows: rows, first: first)
  }

  /// As text, header first; a field with a comma, a quote, a newline or a space stands in quotes.
  public var text: String {
    // A line of nothing would be no row.
    ([header] + rows).map {
      $0 == [""] ? "\"\"\n" : $0.map(Self.quoted).joined(separator: ",") + "\n"
    }.joined()
  }

  private static func quoted(_ field: String) -> String {
    // U+FEFF at the beginning of a file would be the mark of its encoding.
    let isPlain =
      !field.utf8.contains { " ,\"\n\r\t".utf8.contains($0) }
      && field.unicodeScalars.first != "\u{feff}"
    if isPlain, !field.isEmpty { return field }
    let scalars = field.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }
    return isPlain ? "" : "\"" + string(scalars) + "\""
  }

  /// How the file counts the row with this index: from 1, the header included.
  public func number(ofRow row: Int) -> Int { row + first }

  public func column(_ name: String) throws -> [String] {
    let place = try place(of: name)
    return rows.map { $0[place] }
  }

  /// Where in a row a column stands.
  func place(of column: String) throws -> Int {
    guard let place = header.firstIndex(of: column) else {
      let names = header.joined(separator: ", ")
      throw DataError("\(name) has no column \"\(column)\"; it has \(names)")
    }
    return place
  }

  /// A column turned into other values; an error names the row where `convert` gave none.
  public func column<Value>(
    _ name: String, as kind: String, _ convert: (String) -> Value?
  ) throws -> [Value] {
    try column(name).enumerated().map { row, field in
      guard let value = convert(field) else {
        throw DataError(
          "\(self.name), row \(number(ofRow: row)): \(name) \"\(field.prefix(40))\" is not \(kind)")
      }
      return value
    }
  }
}
