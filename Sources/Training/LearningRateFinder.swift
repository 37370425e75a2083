import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The learning-rate finder (Smith 2015): a short mock training in which the rate grows from step to
/// step, with the loss noted. Afterwards the training stands where it stood, to the last bit: weights and
/// buffers, the optimizer's memory and rate, and every generator that a checkpoint knows of.
///
/// As in fastai v1: rates from 1e-7 to 10 in equal ratios over 100 batches; it stops early when the
/// smoothed loss passes four times its best.
///
/// Two suggestions, neither a law: where the loss falls steepest, for a net that has much to learn; and a tenth
/// of the rate before the loss shoots up, for one that has learned already and whose curve has no fall.
public struct LearningRateFinder: Sendable {
  public let rates: [Double]
  /// Averaged with β = 0.98 and corrected for the start.
  public let losses: [Double]

  public init(rates: [Double], losses: [Double]) {
    expect(
      rates.count == losses.count,
      "LearningRateFinder expects a loss for each rate, got \(rates.count) and \(losses.count)")
    self.rates = rates
    self.losses = losses
  }

  /// Where the smoothed loss falls fastest per factor of the rate, between the first tenth, in which
  /// the average still rests on few batches, and the lowest loss.
  public var steepest: Int? {
    let first = max(1, losses.count / 10)
    guard let lowest, lowest > first + 1 else { return nil }
    return (first..<lowest).min { slope($0) < slope($1) }
  }

  /// Where the smoothed loss is least.
  public var lowest: Int? { losses.indices.min { losses[$0] < losses[$1] } }

  /// The last point before the loss shoots up: from the lowest on, the last before one that lies more than a tenth
  /// of the curve's height above it. There is none where the curve ends before it rises.
  public var beforeRise: Int? {
    guard let lowest, let top = losses.max() else { return nil }
    let limit = losses[lowest] + (top - losses[lowest]) / 10
    return losses[lowest...].firstIndex { $0 > limit }.map { $0 - 1 }
  }

  /// The rate at the steepest fall.
  public var suggestion: Double? { steepest.map { rates[$0] } }

  /// A tenth of the rate before the rise.
  public var suggestionBeforeRise: Double? { beforeRise.map { rates[$0] / 10 } }

  private func slope(_ i: Int) -> Double {
    (losses[i + 1] - losses[i - 1]) / (log(rates[i + 1]) - log(rates[i - 1]))
  }

  public static func run(
    _ learner: Learner, from start: Double = 1e-7, to end: Double = 10, steps: Int = 100
  ) -> LearningRateFinder {
    run(learner.loop, from: start, to: end, steps: steps)
  }

  public static func run(
    _ loop: TrainingLoop, from start: Double = 1e-7, to end: Double = 10, steps: Int = 100
  ) -> LearningRateFinder {
    expect(
      start > 0 && end > start && steps > 1,
      "LearningRateFinder expects two rates above 0 in order and 2 steps or more, got \(start), \(end) and \(steps)"
    )
    let afterStep = loop.afterStep
    loop.afterStep = nil  // these are not the steps that it waits for
    defer { loop.afterStep = afterStep }
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
