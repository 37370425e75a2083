/// Reads JSON one expected piece after the other: objects, strings and lists of whole numbers, all that a
/// safetensors header consists of. Keys that stand twice are the caller's to find, which a general reader hides.
struct StrictJSON {
  private let bytes: ArraySlice<UInt8>
  private var place: Int

  /// Valid UTF-8.
  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    place = bytes.startIndex
  }

  /// Calls `member` for each key; it must read the value.
  mutating func object(_ member: (String, inout StrictJSON) throws -> Void) throws {
    try expect("{")
    if skip("}") { return }
    repeat {
      let key = try string()
      try expect(":")
      try member(key, &self)
    } while skip(",")
    try expect("}")
  }

  /// True, and past it, if what comes is `null`.
  mutating func null() -> Bool {
    skipSpaces()
    guard bytes[place...].starts(with: "null".utf8) else { return false }
    place += 4
    return true
  }

  mutating func wholeNumbers() throws -> [Int] {
    try expect("[")
    if skip("]") { return [] }
    var numbers: [Int] = []
    repeat { numbers.append(try wholeNumber()) } while skip(",")
    try expect("]")
    return numbers
  }

  /// No sign, no point, no zero in front.
  private mutating func wholeNumber() throws -> Int {
    skipSpaces()
    let start = place
    while let byte = next, (48...57).contains(byte) { place += 1 }
    let digits = String(decoding: bytes[start..<place], as: UTF8.self)
    guard !digits.isEmpty, digits.count == 1 || !digits.hasPrefix("0") else {
      throw wrong("a whole number")
    }
    guard let number = Int(digits) else {
      throw CheckpointError("its header has a number too large to hold: \(digits)")
    }
    return number
  }

  mutating func string() throws -> String {
    try expect("\"")
    var text: [UInt8] = []
    while let byte = next, byte >= 0x20 {
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += Array(String(try escaped()).utf8)
      default: text.append(byte)
      }
    }
    throw wrong("the end of a text")
  }

  private mutating func escaped() throws -> Character {
    guard let byte = next else { throw wrong("an escaped character") }
    place += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): break
    default: throw wrong("an escaped character")
    }
    var code = try hexadecimal()
    if (0xd800..<0xdc00).contains(code), next == UInt8(ascii: "\\") {  // the first of a pair
      place += 1
      guard next == UInt8(ascii: "u") else { throw wrong("the second half of a character") }
      place += 1
      let low = try hexadecimal()
      guard (0xdc00..<0xe000).contains(low) else { throw wrong("the second half of a character") }
      code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw wrong("a whole character") }
    return Character(scalar)
  }

  private mutating func hexadecimal() throws -> UInt32 {
    let digits = bytes[place...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw wrong("four hexadecimal digits") }
    place += 4
    return code
  }

  /// Nothing but spaces may be left.
  mutating func end() throws {
    skipSpaces()
    guard next == nil else { throw wrong("its end") }
  }

  private var next: UInt8? { place < bytes.endIndex ? bytes[place] : nil }

  private mutating func skipSpaces() {
    while let byte = next, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { place += 1 }
  }

  private mutating func skip(_ character: Character) -> Bool {
    skipSpaces()
    guard let byte = next, byte == character.asciiValue else { return false }
    place += 1
    return true
  }

  private mutating func expect(_ character: Character) throws {
    guard skip(character) else { throw wrong("\(character)") }
  }

  private func wrong(_ expected: String) -> CheckpointError {
    CheckpointError(
      "its header is not what it should be: byte \(place - bytes.startIndex) should be \(expected)")
  }

  /// A text in quotation marks.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
