import Foundation

/// Numbers as people read them.
enum NumberText {
  /// Up to `digits` significant digits, without trailing zeros: 0.25, 1.2535, 3e-05.
  static func short(_ value: Double, digits: Int = 6) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    if value == 0 { return "0" }
    if value == value.rounded(), abs(value) < 1e7 { return String(Int(value)) }
    return String(format: "%.\(digits)g", value)
  }

  /// All the digits that tell the number apart from its neighbours.
  static func exact(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
    return "\(value)"
  }

  /// A value with enough digits to compare it with its reference inside the tolerance.
  static func compared(_ value: Double, within tolerance: Double) -> String {
    guard value.isFinite else { return short(value) }
    guard tolerance > 0, tolerance.isFinite else { return exact(value) }
    let decimals = Int((-log10(tolerance)).rounded(.up)) + 2
    let significant = value == 0 ? 1 : Int(log10(abs(value)).rounded(.down)) + 1 + decimals
    return short(value, digits: min(max(significant, 4), 12))
  }

  /// Decimals that suit a list of values: none for whole numbers, else four significant places.
  static func aligned(_ values: [Float]) -> [String] {
    let finite = values.filter(\.isFinite)
    let largest = finite.map { abs($0) }.max() ?? 0
    if finite.allSatisfy({ $0 == $0.rounded() }), largest < 1e7 {
      return values.map { $0.isFinite ? String(Int($0)) : short(Double($0)) }
    }
    if largest >= 1e5 || largest < 1e-3 {
      return values.map { $0.isFinite ? String(format: "%.3e", Double($0)) : short(Double($0)) }
    }
    let decimals = largest >= 1000 ? 1 : largest >= 100 ? 2 : largest >= 10 ? 3 : 4
    return values.map { value in
      guard value.isFinite else { return short(Double(value)) }
      let text = String(format: "%.\(decimals)f", Double(value))
      return Double(text) == 0 ? text.replacingOccurrences(of: "-", with: "") : text
    }
  }

  /// Seconds for a receipt: 0.02 s, 3.1 s, 74 s.
  static func seconds(_ value: Double) -> String {
    value < 1
      ? String(format: "%.2f s", value)
      : value < 10 ? String(format: "%.1f s", value) : String(format: "%.0f s", value)
  }

  /// A fixed number of decimals.
  static func fixed(_ value: Double, decimals: Int) -> String {
    value.isFinite ? String(format: "%.\(decimals)f", value) : short(value)
  }

  /// 1797 as 1,797.
  static func grouped(_ value: Int) -> String {
    var text = ""
    for (index, digit) in String(abs(value)).reversed().enumerated() {
      if index > 0, index.isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return (value < 0 ? "-" : "") + String(text.reversed())
  }
}
