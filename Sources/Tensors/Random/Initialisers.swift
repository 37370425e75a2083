#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension RandomNumberGenerator {
  /// A number in 0..<1 from the top 24 bits: every such `Float` step is equally likely.
  public mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// Two independent numbers of the standard normal distribution (Box and Muller 1958).
  mutating func normalPair() -> (Float, Float) {
    let radius = sqrtf(-2 * logf(1 - uniform()))
    let angle = 2 * Float.pi * uniform()
    return (radius * cosf(angle), radius * sinf(angle))
  }
}

extension Tensor {
  /// Numbers spread evenly over a range.
  public static func uniform(
    _ shape: [Int], in range: Range<Float>, using generator: inout some RandomNumberGenerator,
    file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    let y = Tensor(unfilled: shape, in: "uniform", file: file, line: line)
    let width = range.upperBound - range.lowerBound
    expect(
      width.isFinite, "uniform expects a range of finite width, got \(range)", file: file,
      line: line)
    for i in 0..<y.count { y.storage.start[i] = range.lowerBound + width * generator.uniform() }
    return y
  }

  /// Numbers of the normal distribution.
  public static func normal(
    _ shape: [Int], mean: Float = 0, deviation: Float = 1,
    using generator: inout some RandomNumberGenerator, file: StaticString = #fileID,
    line: UInt = #line
  ) -> Tensor {
    expect(
      deviation >= 0 && deviation.isFinite,
      "normal expects a deviation of 0 or more, got \(deviation)", file: file, line: line)
    expect(mean.isFinite, "normal expects a finite mean, got \(mean)", file: file, line: line)
    let y = Tensor(unfilled: shape, in: "normal", file: file, line: line)
    for i in stride(from: 0, to: y.count, by: 2) {
      let (first, second) = generator.normalPair()
      y.storage.start[i] = mean + deviation * first
      if i + 1 < y.count { y.storage.start[i + 1] = mean + deviation * second }
    }
    return y
  }
}
