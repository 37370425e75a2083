/// A JSON value that keeps the order of its keys.
enum JSON {
  case null
  case bool(Bool)
  case number(Double)
  case integer(String)
  case string(String)
  case array([JSON])
  case object([(String, JSON)])

  static func int(_ value: some BinaryInteger) -> JSON { .integer("\(value)") }

  /// A number that is not finite has no form in JSON and becomes null.
  private static func text(_ value: Double) -> String { value.isFinite ? "\(value)" : "null" }

  /// Indented text; arrays of plain values stay on one line.
  func text(indent: String = "") -> String {
    let inner = indent + " "
    switch self {
    case .null: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .number(let value): return Self.text(value)
    case .integer(let digits): return digits
    case .string(let value): return Self.quoted(value)
    case .array(let values):
      if values.isEmpty { return "[]" }
      if values.allSatisfy(\.isScalar) {
        let line = "[" + values.map { $0.text() }.joined(separator: ", ") + "]"
        if line.utf8.count <= 100 { return line }
      }
      let lines = values.map { inner + $0.text(indent: inner) }
      return "[\n" + lines.joined(separator: ",\n") + "\n\(indent)]"
    case .object(let pairs):
      if pairs.isEmpty { return "{}" }
      let lines = pairs.map { "\(inner)\(Self.quoted($0.0)): \($0.1.text(indent: inner))" }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    }
  }

  private var isScalar: Bool {
    switch self {
    case .null, .bool, .number, .integer: true
    case .string(let value): value.utf8.count < 40
    case .array, .object: false
    }
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
