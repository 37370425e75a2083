extension Tensor {
  /// Numbers of the normal distribution, those further than `bound` deviations from the mean drawn anew.
  ///
  /// No weight starts far out. Cut at two deviations, as usual, 4.6 % are drawn anew, and the numbers that
  /// come out have 0.8796 of the deviation. (`torch.nn.init.trunc_normal_` takes its bounds in absolute
  /// numbers; with a deviation of 1 both are the same distribution.)
  public static func truncatedNormal(
    _ shape: [Int], mean: Float = 0, deviation: Float = 1, bound: Float = 2,
    using generator: inout some RandomNumberGenerator, file: StaticString = #fileID,
    line: UInt = #line
  ) -> Tensor {
    expect(
      bound > 0, "truncatedNormal expects a positive bound, got \(bound)", file: file, line: line)
    // Within a narrower one hardly a number in a thousand falls.
    expect(
      bound >= 1e-3, "truncatedNormal expects a bound of 0.001 deviations or more, got \(bound)",
      file: file, line: line)
    expect(
      mean.isFinite && deviation >= 0 && deviation.isFinite,
      "truncatedNormal expects a finite mean and a deviation of 0 or more, got \(mean) and \(deviation)",
      file: file, line: line)
    let y = Tensor(unfilled: shape, in: "truncatedNormal", file: file, line: line)
    var i = 0
    while i < y.count {
      let (first, second) = generator.normalPair()
      for z in [first, second] where z.magnitude <= bound && i < y.count {
        y.storage.start[i] = mean + deviation * z
        i += 1
      }
    }
    return y
  }
}
