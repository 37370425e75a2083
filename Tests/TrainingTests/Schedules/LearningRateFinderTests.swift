import Foundation
import NeuralNetworks
import Tensors
import Testing
import Training

@Suite struct LearningRateFinderTests {
  /// Loss by x = log₁₀ of the rate, every 0.08 from −7 on: a logistic fall, steepest at x = −2.96, where its slope is
  /// greatest by symmetry, then a rise from x = −1 with slope 10.
  @Test func aFallThenARiseIsMarkedAtBothPlaces() throws {
    let x = (0...90).map { -7 + 0.08 * Double($0) }
    func loss(_ x: Double) -> Double { 2 / (1 + exp((x + 2.96) / 0.2)) + max(0, 10 * (x + 1)) }
    let finder = LearningRateFinder(rates: x.map { pow(10, $0) }, losses: x.map(loss))
    let steepest = try #require(finder.steepest)
    #expect(abs(x[steepest] + 2.96) < 0.041)  // half a step
    #expect(finder.suggestion == finder.rates[steepest])
    // The highest point is 12 above the floor, at x = 0.2; the rise passes a tenth of that at −1 + 0.12 = −0.88, so
    // the last point before is −0.92 or −1: the grid has −0.92 (76 steps).
    let before = try #require(finder.beforeRise)
    #expect(abs(x[before] + 0.92) < 1e-9)
    let suggestion = try #require(finder.suggestionBeforeRise)
    #expect(abs(log10(suggestion) + 1.92) < 1e-9)
  }

  /// The curve of a net that has learned already: flat, a little noisy, then up. The notes read "before it shoots up, divided by
  /// 10" from such a curve, which rises at 1e-1 there: 1e-2.
  @Test func aFlatCurveHasItsMarkBeforeTheRise() throws {
    let x = (0...60).map { -6 + 0.1 * Double($0) }
    let losses = x.indices.map { i in
      0.3 + 0.005 * Double(i % 3) + (x[i] > -1.05 ? 2 * (x[i] + 1.05) : 0)
    }
    let finder = LearningRateFinder(rates: x.map { pow(10, $0) }, losses: losses)
    let suggestion = try #require(finder.suggestionBeforeRise)
    #expect(suggestion > 0.5e-2 && suggestion < 2e-2)
  }

  @Test func aCurveThatOnlyFallsHasNoRise() {
    let finder = LearningRateFinder(
      rates: (0..<30).map { pow(1.5, Double($0)) }, losses: (0..<30).map { 3 - 0.1 * Double($0) })
    #expect(finder.beforeRise == nil)
    #expect(finder.suggestionBeforeRise == nil)
    #expect(finder.lowest == 29)
  }

  /// 100 rates from 1e-7 to 10, the loss of each batch a curve and a normal deviate.
  private func batches(_ curve: (Double) -> Double, noise: Float, seed: UInt64) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    let deviates = Tensor.normal([100], deviation: noise, using: &generator).values
    return zip(exponents, deviates).map { curve($0) + Double($1) }
  }

  private let exponents = (0..<100).map { -7 + 8 * Double($0) / 99 }
  private var rates: [Double] { exponents.map { pow(10, $0) } }

  /// A fall of 2 around 1e-3 and a rise from 0.3 on, under noise: the mark stays on the fall, or behind it where the
  /// average lags. On a single batch's noise it would stand anywhere.
  @Test func aMarkUnderNoiseStaysOnTheFall() throws {
    func curve(_ x: Double) -> Double {
      3.6 - 2 / (1 + exp(-(x + 3) / 0.3)) + pow(max(0, 4 * (x + 0.5)), 2)
    }
    for seed in UInt64(0)..<20 {
      for noise in [Float(0.02), 0.1, 0.2] {
        let losses = batches(curve, noise: noise, seed: seed)
        let plain = LearningRateFinder(rates: rates, losses: losses)
        let mark = log10(try #require(plain.suggestion))
        #expect(mark > -3.8 && mark < -2.2, "seed \(seed), noise \(noise): \(mark)")
        let averaged = LearningRateFinder(
          rates: rates, losses: MovingAverage.smoothed(losses), batchLosses: losses)
        let later = log10(try #require(averaged.suggestion))
        #expect(later > -3 && later < -1.2, "seed \(seed), noise \(noise): \(later)")
        #expect(plain.refusal == nil && averaged.refusal == nil)
      }
    }
  }

  /// A loss that stays where it is, or only rises.
  @Test func whereNothingFellThereIsNoSuggestionButASentence() {
    let curves: [(name: String, curve: (Double) -> Double)] = [
      ("flat", { _ in 3.6 }), ("a rise", { 3.6 + pow(max(0, 3 * ($0 + 1)), 2) }),
      ("a rise all the way", { 4 + $0 / 4 }),
    ]
    for (name, curve) in curves {
      for seed in UInt64(0)..<20 {
        for noise in [Float(0), 0.01, 0.1, 0.4] {
          let losses = batches(curve, noise: noise, seed: seed)
          let finder = LearningRateFinder(
            rates: rates, losses: MovingAverage.smoothed(losses), batchLosses: losses)
          #expect(finder.suggestion == nil, "\(name), noise \(noise)")
          #expect(finder.steepest == nil)
          #expect(finder.refusal?.hasPrefix("The loss did not fall") == true)
          if name == "flat" { #expect(finder.suggestionBeforeRise == nil) }
        }
      }
    }
    let short = LearningRateFinder(rates: [1e-3, 1e-2, 1e-1], losses: [3, 2, 1])
    #expect(short.suggestion == nil)
    #expect(short.refusal == "The curve has 3 points, a suggestion needs 10.")
    for losses in [[], [Double.nan, 1, 2], [.infinity]] {
      let finder = LearningRateFinder(rates: Array(rates[..<losses.count]), losses: losses)
      #expect(finder.suggestion == nil && finder.suggestionBeforeRise == nil)
      #expect(finder.lowest == nil)
      #expect(finder.refusal == "The loss was no finite number from the first step on.")
    }
  }

  /// What comes after a number that is none is not read.
  @Test func aCurveEndsBeforeItsFirstNaN() throws {
    var losses = exponents.map { 3 - 2 / (1 + exp(-($0 + 3) / 0.3)) }
    for i in 70..<100 { losses[i] = i % 2 == 0 ? .nan : -100 }
    let finder = LearningRateFinder(rates: rates, losses: losses)
    #expect((log10(try #require(finder.suggestion)) + 3).magnitude < 0.1)
    #expect(try #require(finder.lowest) < 70)
  }

  @Test func aSuggestionIsAmongTheRatesThatWereTried() throws {
    // A rise right at the start: a tenth of the rate before it was never tried.
    let finder = LearningRateFinder(
      rates: Array(rates[..<20]), losses: exponents[..<20].map { 1 + 10 * max(0, $0 + 6.8) })
    #expect(finder.beforeRise != nil)
    #expect(finder.suggestionBeforeRise == nil)
    let (loop, _) = try SampleTrainings.digits()
    let found = LearningRateFinder.run(loop, from: 1e-5, to: 3, steps: 60)
    #expect(found.rates.first == 1e-5 && found.rates.allSatisfy { $0 <= 3 })
  }

  /// Weights, buffers, generators, memory and rate come back where there is nothing to find, too.
  @Test func aLossThatIsNaNFromTheStartLeavesTheTrainingAlone() throws {
    let model = Sequential(BatchNorm(2), Dropout(0.5, seed: 3))
    let loop = TrainingLoop(
      model, optimizer: Adam(model.parameters, learningRate: 0.01), seed: 1
    ) { generator in
      [Tensor.normal([4, 2], using: &generator)]
    } loss: {
      model($0).sum() * Float.nan
    }
    let before = SampleTrainings.state(loop)
    let finder = LearningRateFinder.run(loop)
    #expect(finder.rates.isEmpty && finder.suggestion == nil)
    #expect(finder.refusal == "The loss was no finite number from the first step on.")
    #expect(SampleTrainings.state(loop) == before)
    #expect(loop.optimizer.learningRate == 0.01 && loop.optimizer.steps == 0)
  }

  /// Bit for bit, whatever a training remembers.
  @Test func aFitAfterAFinderEqualsOneWithout() throws {
    let (plain, _) = try SampleTrainings.digits()
    let (found, _) = try SampleTrainings.digits()
    var seen = 0
    found.afterStep = { _, _ in seen += 1 }
    // 8 steps an epoch: the finder goes through several.
    let finder = LearningRateFinder.run(found, steps: 30)
    #expect(finder.rates.count > 8)
    #expect(seen == 0)
    for loop in [plain, found] {
      try loop.fit(epochs: 2, schedule: OneCycle(maximum: 1e-2, steps: 16))
    }
    #expect(seen == 16)
    #expect(SampleTrainings.state(found) == SampleTrainings.state(plain))
    #expect(found.record.losses == plain.record.losses)
  }

  @Test func itFitsAnyTrainingAndPutsACarriedStateBack() throws {
    let (plain, found) = (SampleTrainings.words(), SampleTrainings.words())
    // In the middle of its life: there is a state to put back, and an optimizer that has steps behind it.
    for loop in [plain, found] { try loop.fit(epochs: 1) }
    let (losses, rate) = (found.record.losses, found.optimizer.learningRate)
    #expect(LearningRateFinder.run(found).rates.count > 20)
    #expect(found.record.losses == losses)
    #expect(found.optimizer.learningRate == rate)
    #expect(found.optimizer.steps == 12)
    for loop in [plain, found] { try loop.fit(epochs: 1) }
    #expect(SampleTrainings.state(found) == SampleTrainings.state(plain))
    #expect(found.record.losses == plain.record.losses)
  }
}
