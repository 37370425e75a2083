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
