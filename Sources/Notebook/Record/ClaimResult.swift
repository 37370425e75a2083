/// A sentence of the notes, measured: the effect for each seed and what follows from it.
///
/// Effects are signed so that bigger favours the claim.
public struct ClaimResult: Codable, Equatable, Sendable {
  /// What the interval says about the claim in this setting. Never "true".
  public enum Verdict: String, Codable, Sendable {
    case holds, fails, undecided

    /// The verdict as the report words it.
    public var words: String {
      switch self {
      case .holds: "holds here"
      case .fails: "fails here"
      case .undecided: "undecided"
      }
    }
  }

  public var id: String
  public var says: String
  public var measure: String
  public var threshold: Double
  public var thresholdText: String
  public var setting: String
  public var seeds: [UInt64]
  public var effects: [Double]

  /// The mean effect.
  public var mean: Double {
    effects.isEmpty ? .nan : effects.reduce(0, +) / Double(effects.count)
  }

  /// The 95 % interval of the mean, nil when there are too few effects for one.
  public var interval: ClosedRange<Double>? {
    StudentT.interval(of: effects).map { $0.lower...$0.upper }
  }

  /// Holds if the whole interval lies above the threshold, fails if it lies below.
  public var verdict: Verdict {
    guard let interval else { return .undecided }
    if interval.lowerBound > threshold { return .holds }
    if interval.upperBound < threshold { return .fails }
    return .undecided
  }
}
