import DataPipeline
import NeuralNetworks
import ReferenceReader
import Tensors
import Testing
import Training

/// Rates of `torch.optim.lr_scheduler` (`Tests/References/schedules.py`).
@Suite struct ScheduleTests {
  private struct Case: Decodable {
    struct Settings: Decodable {
      let rate: Double
      let factor, minimum, start, share, division: Double?
      let every, steps, warm: Int?
    }
    let schedule: String
    let settings: Settings
    let rates: [Double]
    let momenta: [Double]?
  }

  private func schedule(_ c: Case) throws -> any Schedule {
    let s = c.settings
    switch c.schedule {
    case "constant": return ConstantRate(s.rate)
    case "step":
      return StepDecay(s.rate, factor: try #require(s.factor), every: try #require(s.every))
    case "exponential": return ExponentialDecay(s.rate, factor: try #require(s.factor))
    case "cosine":
      return CosineAnnealing(s.rate, to: try #require(s.minimum), steps: try #require(s.steps))
    case "warmUpThenCosine":
      return LinearWarmUp(
        steps: try #require(s.warm), from: try #require(s.start),
        then: CosineAnnealing(s.rate, to: try #require(s.minimum), steps: try #require(s.steps)))
    case "oneCycle":
      return OneCycle(
        maximum: s.rate, steps: try #require(s.steps), division: try #require(s.division),
        rising: try #require(s.share))
    default:
      Issue.record("the test does not know the schedule \(c.schedule)")
      return ConstantRate(.nan)
    }
  }

  @Test func ratesMatchPyTorch() throws {
    let cases: [Case] = try References.read("schedules.json")
    #expect(Set(cases.map(\.schedule)).count == 6)
    for c in cases {
      let schedule = try schedule(c)
      let optimizer = Adam([Parameter(Tensor(0))], learningRate: 0)
      for (step, wanted) in c.rates.enumerated() {
        schedule.apply(to: optimizer, at: step)
        // Twelve digits are written, and PyTorch multiplies from step to step: some 30 roundings of 1e-16.
        #expect(
          (optimizer.learningRate - wanted).magnitude <= 1e-11 * c.settings.rate,
          "\(c.schedule) at step \(step)")
        #expect(schedule.learningRate(at: step) == optimizer.learningRate)
        if let momenta = c.momenta {
          #expect(((optimizer.momentum ?? 0) - momenta[step]).magnitude <= 1e-11)
        } else {
          #expect(optimizer.momentum == 0.9)
        }
      }
    }
  }

  @Test func annealingStaysAtItsMinimumAndAWarmUpStartsFromItsShare() {
    let cosine = CosineAnnealing(1, to: 0.25, steps: 10)
    #expect(cosine.learningRate(at: 10) == 0.25)
    #expect(cosine.learningRate(at: 17) == 0.25)
    let warm = LinearWarmUp(steps: 4, then: ConstantRate(2))
    #expect((0..<6).map { warm.learningRate(at: $0) } == [0, 0.5, 1, 1.5, 2, 2])
  }

  @Test func aWarmUpBeforeOneCycleLeavesTheMomentumToIt() {
    let cycle = OneCycle(maximum: 1, steps: 10)
    let optimizer = Adam([Parameter(Tensor(0))], learningRate: 0)
    let schedule = LinearWarmUp(steps: 5, then: cycle)
    schedule.apply(to: optimizer, at: 8)
    #expect(optimizer.learningRate == cycle.learningRate(at: 3))
    #expect(optimizer.momentum == cycle.momentum(at: 3))
  }

  @Test func aLearnerFollowsAnyScheduleAndClips() throws {
    let digits = try Digits.load()
    var generator = SeededGenerator(seed: 42)
    let model = Sequential(Linear(64, 10, using: &generator))
    let before = model.parameters.map(\.value)
    let learner = Learner(
      model, train: digits[0..<256], valid: digits[1437..<1797],
      optimizer: SGD(model.parameters, learningRate: 7), seed: 42)
    learner.clipping = .norm(1e-3)
    let schedule = StepDecay(1, factor: 0.5, every: 3)
    try learner.fit(epochs: 1, schedule: schedule)
    #expect(learner.record.learningRates == [1, 1, 1, 0.5])
    // Four steps, each no longer than rate · 1e-3; the sums of 650 squares round by 1e-6.
    let moved = zip(before, model.parameters).reduce(Float(0)) {
      $0 + ($1.0 - $1.1.value).square().sum().item
    }
    #expect(moved.squareRoot() <= 3.5e-3 * (1 + 1e-4) && moved.squareRoot() > 1e-3)
  }
}
