import Foundation

/// The marks of an axis: at 1, 2 or 5 times a power of ten, or at decades.
enum AxisTicks {
  struct Tick: Equatable {
    var value: Double
    var label: String
  }

  static func ticks(_ range: ClosedRange<Double>, scale: Axis.Scale, about count: Int) -> [Tick] {
    scale == .log ? decades(range, about: count) : linear(range, about: count)
  }

  static func linear(_ range: ClosedRange<Double>, about count: Int) -> [Tick] {
    let span = range.upperBound - range.lowerBound
    guard span > 0, span.isFinite else {
      return [Tick(value: range.lowerBound, label: NumberText.short(range.lowerBound))]
    }
    let step = step(span / Double(max(count, 1)))
    let first = (range.lowerBound / step - 1e-9).rounded(.up)
    let last = (range.upperBound / step + 1e-9).rounded(.down)
    guard last >= first, last - first < 1000 else { return [] }
    return stride(from: first, through: last, by: 1).map { index in
      let value = index * step
      return Tick(value: value, label: label(value, step: step))
    }
  }

  /// The smallest of 1, 2, 5 times a power of ten that is not below `rough`.
  static func step(_ rough: Double) -> Double {
    let power = pow(10, log10(rough).rounded(.down))
    for factor in [1.0, 2, 5] where factor * power >= rough * (1 - 1e-9) { return factor * power }
    return 10 * power
  }

  private static func decades(_ range: ClosedRange<Double>, about count: Int) -> [Tick] {
    let low = log10(range.lowerBound)
    let high = log10(range.upperBound)
    let first = Int((low - 1e-9).rounded(.up))
    let last = Int((high + 1e-9).rounded(.down))
    let every = max(1, (last - first + count) / max(count, 1))
    var values: [Double] = []
    if first <= last {
      values = stride(from: first, through: last, by: every).map { power(of: $0) }
    }
    if values.count < 3 {
      let low = range.lowerBound * (1 - 1e-9)
      let high = range.upperBound * (1 + 1e-9)
      values = []
      for exponent in (first - 1)...max(last, first) {
        for factor in [1.0, 2, 5] {
          let value = factor * power(of: exponent)
          if value >= low, value <= high { values.append(value) }
        }
      }
    }
    if values.count < 2 { return linear(range, about: count) }
    return values.map { value in
      let isPlain = value >= 1e-4 && value < 1e5
      let exponent = Int(log10(value).rounded(.down))
      let plain = value < 1 ? String(format: "%.\(max(0, -exponent))f", value) : grouped(value)
      let factor = Int((value / power(of: exponent)).rounded())
      return Tick(value: value, label: isPlain ? plain : "\(factor)e\(exponent)")
    }
  }

  private static func power(of exponent: Int) -> Double {
    exponent < 0 ? 1 / pow(10, Double(-exponent)) : pow(10, Double(exponent))
  }

  private static func label(_ value: Double, step: Double) -> String {
    if abs(value) < step / 2 { return "0" }
    let decimals = max(0, Int((-log10(step) - 1e-9).rounded(.up)))
    if decimals > 5 || abs(value) >= 1e7 { return String(format: "%.3g", value) }
    if decimals > 0 { return minus(String(format: "%.\(decimals)f", value)) }
    return grouped(value)
  }

  private static func grouped(_ value: Double) -> String {
    let whole = Int(value.rounded())
    return minus(abs(whole) >= 10_000 ? NumberText.grouped(whole) : String(whole))
  }

  private static func minus(_ text: String) -> String { text.replacing("-", with: "−") }
}
