import SwiftCSV

/// How the bytes of a text file stand for letters.
public enum TextEncoding: String, Sendable {
  case utf8 = "UTF-8"
  /// One byte a letter, the first 256 of Unicode.
  case latin1 = "ISO-8859-1"
}

/// A table in a text file: one record a row, fields divided by a separator, read by SwiftCSV.
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
    var records = try Self.records(
      Self.text(bytes, name, encoding), name: name, separator: separator)
    while records.last == [""] { records.removeLast() }
    guard let top = records.first else { throw DataError("\(name) is empty") }
    try self.init(
      name: name, header: header ?? top, rows: header == nil ? Array(records.dropFirst()) : records,
      first: header == nil ? 2 : 1)
  }

  /// A file that is not there yet: `text` is what it would hold.
  public init(name: String, header: [String], rows: [[String]]) throws {
    try self.init(name: name, header: header, rows: rows, first: 2)
  }

  init(name: String, header: [String], rows: [[String]], first: Int) throws {
    self.name = name
    self.header = header
    self.rows = rows
    self.first = first
    var seen: Set<String> = []
    if let twice = header.first(where: { !seen.insert($0).inserted }) {
      throw DataError("\(name) has two columns named \"\(twice)\"")
    }
    if let bad = rows.firstIndex(where: { $0.count != header.count }) {
      throw DataError(
        "\(name), row \(bad + first): \(rows[bad].count) fields, the header has \(header.count)")
    }
  }

  /// The file with other columns: rows keep their numbers.
  func replacing(header: [String], rows: [[String]]) throws -> CSVFile {
    try CSVFile(name: name, header: header, rows: rows, first: first)
  }

  /// As text, header first; a field with a comma, a quote, a newline or a space stands in quotes.
  public var text: String {
    ([header] + rows).map { $0.map(Self.quoted).joined(separator: ",") + "\n" }.joined()
  }

  private static func quoted(_ field: String) -> String {
    let isPlain = !field.contains { ",\" ".contains($0) || $0.isNewline } || field.isEmpty
    return isPlain ? field : "\"" + field.replacing("\"", with: "\"\"") + "\""
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

  private static func records(
    _ text: String, name: String, separator: Character
  ) throws -> [[String]] {
    // Every closed quotation has two quotes; SwiftCSV takes an open one for a field that ends with the file.
    guard text.utf8.count(where: { $0 == UInt8(ascii: "\"") }).isMultiple(of: 2) else {
      throw DataError("\(name): a quotation is opened and never closed; is the file cut short?")
    }
    var records: [[String]] = []
    do {
      // A newline at the end, so that an empty last field counts. The header alone is parsed here.
      let csv = try CSV<NoRows>(
        string: text.last?.isNewline == true ? text : text + "\n",
        delimiter: CSVDelimiter(unicodeScalarLiteral: separator), loadColumns: false)
      try csv.enumerateAsArray(startAt: 0, rowLimit: nil) { records.append($0) }
    } catch {
      throw DataError(
        "\(name), row \(records.count + 1): a quote stands where none may, inside a field or after one"
      )
    }
    return records
  }

  static func text(
    _ bytes: [UInt8], _ name: String, _ encoding: TextEncoding
  ) throws -> String {
    var bytes = bytes[...]
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes = bytes.dropFirst(3) }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if let line = lines.firstIndex(where: { $0.contains(0) }) {
      throw DataError("\(name), line \(line + 1): a zero byte; this is no text file")
    }
    if encoding == .latin1 { return String(decoding: bytes.map(UInt16.init), as: UTF16.self) }
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
    throw DataError("\(name), line \(line + 1): its bytes are not \(encoding.rawValue)")
  }
}

/// Keeps nothing: SwiftCSV's own views fill short rows up, which would hide what is missing.
private struct NoRows: CSVView {
  let rows: [Int] = []
  let columns: [Int]? = nil

  init(
    header: [String], text: String, delimiter: CSVDelimiter, loadColumns: Bool, rowLimit: Int?
  ) {}

  func serialize(header: [String], delimiter: CSVDelimiter) -> String { "" }
}
