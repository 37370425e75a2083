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
/// of the rate before the loss shoots up, for one that has learned already and whose curve has no fall. There is none
/// where the curve only wavers: `refusal` says why.
public struct LearningRateFinder: Sendable {
  public let rates: [Double]
  /// Averaged with β = 0.98 and corrected for the start.
  public let losses: [Double]
  /// How much the loss varies from batch to batch: one standard deviation.
  public let noise: Double

  /// - Parameter batchLosses: What the losses are averages of. Where only those are known, the noise is told from them.
  public init(rates: [Double], losses: [Double], batchLosses: [Double]? = nil) {
    expect(
      rates.count == losses.count && batchLosses.map { $0.count == losses.count } ?? true,
      "LearningRateFinder expects a loss for each rate, got \(rates.count) rates, \(losses.count) losses and \(batchLosses?.count ?? losses.count) of batches"
    )
    expect(
      rates.allSatisfy { $0 > 0 && $0.isFinite } && zip(rates, rates.dropFirst()).allSatisfy(<),
      "LearningRateFinder expects finite rates above 0 in order")
    self.rates = rates
    self.losses = losses
    noise = Self.noise(batchLosses ?? losses)
    curve = Array(losses.prefix { $0.isFinite })
  }

  /// The losses before the first that is no finite number.
  private let curve: [Double]

  /// Where the smoothed loss falls fastest per factor of the rate, between the first tenth, in which
  /// the average still rests on few batches, and the lowest loss. The slope at a point is that of the straight line
  /// through its neighbours, a twentieth of the curve on each side.
  public var steepest: Int? {
    guard refusal == nil, let lowest else { return nil }
    return (start..<lowest).min { slope($0) < slope($1) }
  }

  /// Where the smoothed loss is least.
  public var lowest: Int? { curve.indices.min { curve[$0] < curve[$1] } }

  /// The last point before the loss shoots up: from the lowest on, the last before one that lies more than a tenth
  /// of the curve's height above it. There is none where the curve ends before it rises.
  public var beforeRise: Int? {
    guard let lowest, let top = curve.max(), let end = curve[lowest...].max(),
      curve.count >= Self.fewest, end - curve[lowest] > least
    else { return nil }
    let limit = curve[lowest] + (top - curve[lowest]) / 10
    return curve[lowest...].firstIndex { $0 > limit }.map { $0 - 1 }
  }

  /// The rate at the steepest fall.
  public var suggestion: Double? { steepest.map { rates[$0] } }

  /// A tenth of the rate before the rise, if it is among those that were tried.
  public var suggestionBeforeRise: Double? {
    beforeRise.map { rates[$0] / 10 }.flatMap { $0 >= rates[0] ? $0 : nil }
  }

  /// Why there is no `suggestion`, in a sentence; nil if there is one.
  public var refusal: String? {
    guard let lowest else { return "The loss was no finite number from the first step on." }
    guard curve.count >= Self.fewest else {
      return "The curve has \(curve.count) points, a suggestion needs \(Self.fewest)."
    }
    let level = lowest > start ? (start...lowest).map { mean(around: $0, upTo: lowest) } : []
    let fall = (level.max() ?? 0) - (level.min() ?? 0)
    guard fall > least else {
      return
        "The loss did not fall: by \(fixed(fall, 4)) at most, where more than \(fixed(least, 4)) would not be chance."
    }
    return nil
  }

  private static let fewest = 10

  /// Where the average rests on enough batches.
  private var start: Int { max(1, curve.count / 10) }

  /// A fall or rise that is none of chance: more than two deviations of a batch's loss, and a twentieth of the level.
  private var least: Double { max(2 * noise, abs(curve[start]) / 20) }

  private func neighbours(_ i: Int) -> Range<Int> {
    let reach = max(1, curve.count / 20)
    return max(0, i - reach)..<min(curve.count, i + reach + 1)
  }

  private func mean(around i: Int, upTo last: Int) -> Double {
    let near = curve[neighbours(i).clamped(to: 0..<(last + 1))]
    return near.reduce(0, +) / Double(near.count)
  }

  /// Of the least-squares line through the points around one, against the logarithm of the rate.
  private func slope(_ i: Int) -> Double {
    let near = neighbours(i)
    let x = near.map { log(rates[$0]) }
    let (mx, my) = (x.reduce(0, +) / Double(x.count), curve[near].reduce(0, +) / Double(x.count))
    var (product, square) = (0.0, 0.0)
    for (x, y) in zip(x, curve[near]) {
      product += (x - mx) * (y - my)
      square += (x - mx) * (x - mx)
    }
    return product / square
  }

  /// The deviation of losses around a curve that bends little: of yᵢ − (yᵢ₋₁ + yᵢ₊₁) / 2, whose variance is 1.5 times
  /// theirs, the median size, 0.6745 deviations of a normal distribution. A few jumps do not move it.
  private static func noise(_ losses: [Double]) -> Double {
    let losses = losses.filter(\.isFinite)
    guard losses.count > 2 else { return 0 }
    let sizes: [Double] = losses.indices.dropFirst().dropLast().map { i in
      let middle = (losses[i - 1] + losses[i + 1]) / 2
      return (losses[i] - middle).magnitude
    }.sorted()
    return sizes[sizes.count / 2] / 0.6745 / 1.5.squareRoot()
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
      start > 0 && end > start && end.isFinite && steps > 1,
      "LearningRateFinder expects two finite rates above 0 in order and 2 steps or more, got \(start), \(end) and \(steps)"
    )
    let afterStep = loop.afterStep
    loop.afterStep = nil  // these are not the steps that it waits for
    defer { loop.afterStep = afterStep }
    var rates: [Double] = []
    var losses: [Double] = []
    var batchLosses: [Double] = []
    var average = MovingAverage()
    var best = Double.infinity
    let ratio = pow(end / start, 1 / Double(steps - 1))
    func rate(_ step: Int) -> Double { min(end, start * pow(ratio, Double(step))) }
    loop.probe(steps: steps, rate: rate) { step, loss in
      let smoothed = average.add(loss)
      best = min(best, smoothed)
      guard smoothed.isFinite, smoothed <= 4 * best else { return false }
      rates.append(rate(step))
      losses.append(smoothed)
      batchLosses.append(loss)
      return true
    }
    return LearningRateFinder(rates: rates, losses: losses, batchLosses: batchLosses)
  }
}
