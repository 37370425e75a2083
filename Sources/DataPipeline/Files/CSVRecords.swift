/// The records of a CSV text: RFC 4180, with spaces allowed before a field and around a quotation.
///
/// Separators, quotes and newlines are looked for as bytes, so that no combining mark behind one hides it, and a
/// newline is LF, CR LF or CR alone: U+2028 and its like are letters of a field.
struct CSVRecords {
  private(set) var records: [[String]] = []
  /// The line that each begins in, from 1.
  private(set) var lines: [Int] = []
  private let bytes: [UInt8]
  private let separator: [UInt8]
  private let name: String
  private var place = 0
  private var line = 1

  private static let (quote, feed, carriageReturn) = (UInt8(0x22), UInt8(0x0a), UInt8(0x0d))

  /// - Parameters:
  ///   - bytes: In UTF-8.
  ///   - name: The file's, for messages.
  init(_ bytes: [UInt8], separator: Character, name: String) throws {
    self.bytes = bytes
    self.separator = Array(String(separator).utf8)
    self.name = name
    var blanks = 0
    while place < bytes.count {
      lines.append(line)
      let (start, record) = (place, try record())
      records.append(record)
      // Lines of spaces at the end are none; a quoted nothing is a field.
      blanks = record == [""] && !bytes[start..<place].contains(Self.quote) ? blanks + 1 : 0
    }
    records.removeLast(blanks)
    lines.removeLast(blanks)
  }

  private mutating func record() throws -> [String] {
    var fields = [try field()]
    while isSeparator {
      place += separator.count
      fields.append(try field())
    }
    passNewline()
    return fields
  }

  private mutating func field() throws -> String {
    passSpaces()
    if place < bytes.count, bytes[place] == Self.quote { return try quotation() }
    let start = place
    while !isEnd {
      if bytes[place] == Self.quote { return try fieldWithQuotes(from: start) }
      place += 1
    }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  /// A field without quotation may hold quotes too, each written twice.
  private mutating func fieldWithQuotes(from start: Int) throws -> String {
    var field = Array(bytes[start..<place])
    while !isEnd {
      field.append(bytes[place])
      let isQuote = bytes[place] == Self.quote
      place += isQuote ? 2 : 1
      if isQuote, place > bytes.count || bytes[place - 1] != Self.quote { throw strayQuote }
    }
    return String(decoding: field, as: UTF8.self)
  }

  private mutating func quotation() throws -> String {
    var field: [UInt8] = []
    while true {
      place += 1
      let start = place
      while place < bytes.count, bytes[place] != Self.quote { place += 1 }
      guard place < bytes.count else { throw openQuotation }
      field += bytes[start..<place]
      place += 1
      // Of two quotes the second belongs to the field.
      guard place < bytes.count, bytes[place] == Self.quote else { break }
      field.append(Self.quote)
    }
    line += Self.newlines(in: field)
    passSpaces()
    guard isEnd else { throw strayQuote }
    return String(decoding: field, as: UTF8.self)
  }

  private var strayQuote: DataError {
    // Behind a quotation that is never closed, each quote stands in a wrong place.
    bytes.count { $0 == Self.quote }.isMultiple(of: 2)
      ? DataError(
        "\(name), row \(records.count + 1): a quote stands where none may, inside a field or after one"
      ) : openQuotation
  }

  private var openQuotation: DataError {
    DataError("\(name): a quotation is opened and never closed; is the file cut short?")
  }

  private var isSeparator: Bool {
    place < bytes.count && bytes[place] == separator[0]
      && (separator.count == 1 || bytes[place...].starts(with: separator))
  }

  /// Whether a field ends here.
  private var isEnd: Bool {
    guard place < bytes.count else { return true }
    let byte = bytes[place]
    return byte == Self.feed || byte == Self.carriageReturn || isSeparator
  }

  private mutating func passSpaces() {
    while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09, !isSeparator {
      place += 1
    }
  }

  private mutating func passNewline() {
    guard place < bytes.count else { return }
    let isPair =
      bytes[place] == Self.carriageReturn && place + 1 < bytes.count
      && bytes[place + 1] == Self.feed
    place += isPair ? 2 : 1
    line += 1
  }

  /// LF, CR LF or CR.
  static func newlines(in bytes: some Collection<UInt8>) -> Int {
    var (count, last) = (0, UInt8(0))
    for byte in bytes {
      if byte == carriageReturn || byte == feed && last != carriageReturn { count += 1 }
      last = byte
    }
    return count
  }
}
