extension Page {
  /// Compares a computed number with the same number from somewhere else.
  ///
  /// - Parameters:
  ///   - id: Names the number in `result.json`: "xl29/momentum/epoch5/intercept".
  ///   - tolerance: The largest difference that still counts as equal.
  ///   - reason: Why the tolerance is as wide as it is.
  ///   - source: Where the reference comes from; never the code under test.
  public func check(
    _ id: String, _ label: String, _ value: Double, equals reference: Double,
    within tolerance: Double, because reason: String, source: String
  ) {
    claimID("check", id)
    add(
      .number(
        CheckedNumber(
          id: id, label: label, value: value, reference: reference, tolerance: tolerance,
          reason: reason, source: source)))
  }

  /// Compares a computed number with the same number from somewhere else.
  public func check(
    _ id: String, _ label: String, _ value: some BinaryFloatingPoint, equals reference: Double,
    within tolerance: Double, because reason: String, source: String
  ) {
    check(
      id, label, Double(value), equals: reference, within: tolerance, because: reason,
      source: source)
  }

  /// Measures a sentence of the notes: one paired effect a seed, then an interval and a verdict.
  ///
  /// - Parameters:
  ///   - says: The claim, in our words.
  ///   - measure: What an effect is, with its unit. Bigger must favour the claim.
  ///   - threshold: The claim holds if the 95 % interval of the mean effect lies above it.
  ///   - thresholdText: The threshold in words, if the number alone says too little.
  ///   - setting: Data, model and size.
  ///   - seeds: The page's paired seeds if left out.
  ///   - effect: With minus without, for one seed.
  @discardableResult
  public func claim(
    _ id: String, says: String, measure: String, threshold: Double, thresholdText: String? = nil,
    setting: String, seeds: [UInt64]? = nil, effect: (UInt64) throws -> Double
  ) rethrows -> ClaimResult {
    claimID("claim", id)
    let seeds = seeds ?? self.seeds
    let progress = progress("claim \(id)", total: seeds.count)
    defer { progress.finish() }
    var effects: [Double] = []
    for seed in seeds {
      effects.append(try effect(seed))
      progress.advance()
    }
    progress.finish()
    let result = ClaimResult(
      id: id, says: says, measure: measure, threshold: threshold,
      thresholdText: thresholdText ?? "mean effect above \(NumberText.short(threshold))",
      setting: setting, seeds: seeds, effects: effects)
    add(.claim(result))
    return result
  }
}
