import Foundation

/// From values to pixels along one axis.
struct PlotScale {
  let range: ClosedRange<Double>
  let kind: Axis.Scale
  /// The pixels of the range's two ends.
  let start: Double
  let end: Double

  /// The pixel of a value, nil where there is none (not finite, or not positive on a log axis).
  func callAsFunction(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    let part: Double
    if kind == .log {
      guard value > 0 else { return nil }
      part =
        (log10(value) - log10(range.lowerBound))
        / (log10(range.upperBound) - log10(range.lowerBound))
    } else {
      part = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    }
    return start + part * (end - start)
  }

  /// The range of an axis: the one asked for, or that of the data with a little room.
  static func range(
    _ axis: Axis, of values: [Double], pad: Double, includesZero: Bool = false
  ) -> ClosedRange<Double> {
    if let range = axis.range, range.upperBound > range.lowerBound,
      axis.scale == .linear || range.lowerBound > 0
    {
      return range
    }
    let isLog = axis.scale == .log
    let usable = values.filter { $0.isFinite && (!isLog || $0 > 0) }
    guard var low = usable.min(), var high = usable.max() else { return isLog ? 1...10 : 0...1 }
    if isLog {
      let room = low == high ? 2 : pow(high / low, pad)
      return low / room...high * room
    }
    let hasFloor = includesZero && low >= 0
    let hasCeiling = includesZero && high <= 0
    if includesZero {
      low = min(low, 0)
      high = max(high, 0)
    }
    let span = high > low ? high - low : max(abs(high), 1) * 0.5
    if pad > 0 || high == low {
      let room = span * max(pad, high == low ? 0.5 : 0)
      // Values that are never negative keep zero as their floor.
      let floor = low >= 0 ? 0 : -Double.infinity
      if !hasFloor { low = max(low - room, floor) }
      if !hasCeiling { high += room }
    }
    return low...high
  }
}
