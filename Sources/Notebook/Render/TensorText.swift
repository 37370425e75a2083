/// A tensor in a line or a few: its shape, its values if they are few, their range if they are many.
enum TensorText {
  /// Up to this many values are shown one by one.
  static let few = 24

  static func lines(_ name: String, shape: [Int], values: [Float]) -> String {
    let head = "\(name)  [\(shape.map(String.init).joined(separator: ", "))]"
    if shape.isEmpty, let value = values.first {
      return "\(name)  \(NumberText.short(Double(value)))"
    }
    if values.isEmpty { return "\(head)  empty" }
    guard values.count <= few else { return "\(head)  \(summary(values))" }
    let texts = NumberText.aligned(values)
    let width = texts.map(\.count).max() ?? 0
    let padded = texts.map { String(repeating: " ", count: width - $0.count) + $0 }
    let columns = shape.last ?? 1
    let rows = stride(from: 0, to: padded.count, by: max(columns, 1)).map {
      padded[$0..<min($0 + columns, padded.count)].joined(separator: "  ")
    }
    if rows.count == 1, head.count + rows[0].count + 2 <= 76 {
      return "\(head)  \(texts.joined(separator: "  "))"
    }
    // A long vector breaks into lines of eight; a matrix keeps its rows.
    guard rows.count > 1 || rows[0].count > 72 else { return head + "\n  " + rows[0] }
    let lines =
      rows.count > 1
      ? rows
      : stride(from: 0, to: padded.count, by: 6).map {
        padded[$0..<min($0 + 6, padded.count)].joined(separator: "  ")
      }
    return head + "\n" + lines.map { "  " + $0 }.joined(separator: "\n")
  }

  /// "min -0.42 max 2.82 mean 0.00 std 1.00"; what is not finite is counted apart.
  static func summary(_ values: [Float]) -> String {
    var low = Double.infinity
    var high = -Double.infinity
    var sum = 0.0
    var count = 0
    var notNumbers = 0
    for value in values {
      guard value.isFinite else {
        notNumbers += value.isNaN ? 1 : 0
        continue
      }
      low = min(low, Double(value))
      high = max(high, Double(value))
      sum += Double(value)
      count += 1
    }
    var words: [String] = []
    if count > 0 {
      let mean = sum / Double(count)
      var squares = 0.0
      for value in values where value.isFinite {
        squares += (Double(value) - mean) * (Double(value) - mean)
      }
      let deviation = (squares / Double(count)).squareRoot()
      words = [
        "min \(three(low))", "max \(three(high))", "mean \(three(mean, beside: deviation))",
        "std \(three(deviation))",
      ]
    }
    let infinite = values.count - count - notNumbers
    if notNumbers > 0 { words.append("\(notNumbers) NaN!") }
    if infinite > 0 { words.append("\(infinite) infinite!") }
    return words.joined(separator: " ")
  }

  /// Three digits; a mean that is tiny beside the spread reads as 0.00.
  private static func three(_ value: Double, beside scale: Double = 0) -> String {
    if abs(value) < scale / 200 { return "0.00" }
    return NumberText.short(value, digits: 3)
  }
}
