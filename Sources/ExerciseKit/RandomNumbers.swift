/// SplitMix64: small, quick, and the same numbers on every machine.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// Numbers spread evenly over `range`; the same seed gives the same numbers. They are rounded to
/// hundredths, so that a failing input is short enough to be pasted into a test.
public func randomNumbers(count: Int, in range: ClosedRange<Double>, seed: Int) -> [Double] {
  var generator = SplitMix64(state: UInt64(bitPattern: Int64(seed)))
  return (0..<count).map { _ in
    let value = (Double.random(in: range, using: &generator) * 100).rounded() / 100
    return min(max(value, range.lowerBound), range.upperBound)
  }
}
