import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The learning-rate finder (Smith 2015): a short mock training in which the rate grows from step to
/// step, with the loss noted. Afterwards the training is what it was before: weights, running averages, the optimizer's
/// memory and every generator.
///
/// As in fastai v1: rates from 1e-7 to 10 in equal ratios over 100 batches; it stops early when the
/// smoothed loss passes four times its best.
public struct LearningRateFinder {
  public let rates: [Double]
  /// Averaged with β = 0.98 and corrected for the start.
  public let losses: [Double]

  /// Where the smoothed loss falls fastest per factor of the rate, between the first tenth, in which
  /// the average still rests on few batches, and the lowest loss. A suggestion, not a law.
  public var steepest: Int? {
    let first = max(1, losses.count / 10)
    guard let lowest, lowest > first + 1 else { return nil }
    return (first..<lowest).min { slope($0) < slope($1) }
  }

  /// Where the smoothed loss is least.
  public var lowest: Int? { losses.indices.min { losses[$0] < losses[$1] } }

  /// The rate at the steepest fall.
  public var suggestion: Double? { steepest.map { rates[$0] } }

  private func slope(_ i: Int) -> Double {
    (losses[i + 1] - losses[i - 1]) / (log(rates[i + 1]) - log(rates[i - 1]))
  }

  public static func run(
    _ learner: Learner, from start: Double = 1e-7, to end: Double = 10, steps: Int = 100
  ) -> LearningRateFinder {
    run(learner.loop, from: start, to: end, steps: steps)
  }

  /// The same for any training.
  public static func run(
    _ loop: TrainingLoop, from start: Double = 1e-7, to end: Double = 10, steps: Int = 100
  ) -> LearningRateFinder {
    expect(
      start > 0 && end > start && steps > 1,
      "LearningRateFinder expects rates from above 0 to a larger one and 2 steps or more, got \(start), \(end), \(steps)"
    )
    var rates: [Double] = []
    var losses: [Double] = []
    var average = MovingAverage()
    var best = Double.infinity
    let ratio = pow(end / start, 1 / Double(steps - 1))
    loop.probe(steps: steps) { step in
      start * pow(ratio, Double(step))
    } after: { step, loss in
      let smoothed = average.add(loss)
      best = min(best, smoothed)
      guard smoothed.isFinite, smoothed <= 4 * best else { return false }
      rates.append(start * pow(ratio, Double(step)))
      losses.append(smoothed)
      return true
    }
    return LearningRateFinder(rates: rates, losses: losses)
  }
}
