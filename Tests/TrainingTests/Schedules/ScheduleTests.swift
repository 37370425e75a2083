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
      return ConstantRate(1)
    }
  }

  @Test func ratesMatchPyTorch() throws {
    let cases: [Case] = try References.read("schedules.json")
    #expect(Set(cases.map(\.schedule)).count == 6)
    #expect(References.hold(cases.count, committed: 18) && cases.allSatisfy { $0.rates.count > 7 })
    var worst = 0.0
    for c in cases {
      let schedule = try schedule(c)
      let optimizer = Adam([Parameter(Tensor(0))], learningRate: 0)
      for (step, wanted) in c.rates.enumerated() {
        schedule.apply(to: optimizer, at: step)
        // Twelve digits are written, and PyTorch multiplies from step to step: some 30 roundings of 1e-16.
        let error = (optimizer.learningRate - wanted).magnitude / c.settings.rate
        #expect(error <= 1e-11, "\(c.schedule) at step \(step)")
        worst = max(worst, error)
        #expect(schedule.learningRate(at: step) == optimizer.learningRate)
        if let momenta = c.momenta {
          #expect(((optimizer.momentum ?? 0) - momenta[step]).magnitude <= 1e-11)
        } else {
          #expect(optimizer.momentum == 0.9)
        }
      }
    }
    print("\(cases.count) cases of schedules, off by \(worst) of the first rate at most")
  }

  @Test func annealingStaysAtItsMinimumAndAWarmUpStartsFromItsShare() {
    let cosine = CosineAnnealing(1, to: 0.25, steps: 10)
    #expect(cosine.learningRate(at: 10) == 0.25)
    #expect(cosine.learningRate(at: 17) == 0.25)
    let warm = LinearWarmUp(steps: 4, then: ConstantRate(2))
    #expect((0..<6).map { warm.learningRate(at: $0) } == [0, 0.5, 1, 1.5, 2, 2])
  }

  /// Where a plan has an end, its last rate holds; before step 0, its first.
  @Test func everyScheduleHoldsItsEnds() {
    let cycle = OneCycle(maximum: 1, steps: 12)
    let schedules: [(schedule: any Schedule, end: Int, last: Double)] = [
      (cycle, 12, 1 / 25e4), (OneCycle(maximum: 1, steps: 1), 1, 1 / 25e4),
      (OneCycle(maximum: 1, steps: 1, rising: 1), 1, 1),
      (OneCycle(maximum: 1, steps: 7, rising: 1), 7, 1),
      (OneCycle(maximum: 1, steps: 7, rising: 0), 7, 1 / 25e4),
      (OneCycle(maximum: 1, steps: .max, rising: 1), .max, 1),
      (CosineAnnealing(1, to: 0.25, steps: 10), 10, 0.25), (CosineAnnealing(1, steps: 1), 1, 0),
      (ConstantRate(0.5), 0, 0.5), (StepDecay(1, factor: 0, every: 1), 1, 0),
      (ExponentialDecay(1, factor: 1), 0, 1),
      (LinearWarmUp(steps: 5, then: cycle), 17, 1 / 25e4),
      (LinearWarmUp(steps: 0, then: ConstantRate(2)), 0, 2),
    ]
    #expect(schedules.count == 13)
    for (schedule, end, last) in schedules {
      let steps = [end, end < .max ? end + 1 : end, end < .max / 2 ? 2 * end : end, .max]
      for step in steps {
        #expect(
          (schedule.learningRate(at: step) - last).magnitude <= 1e-16, "\(schedule) at \(step)")
      }
      for step in [-1, -7, .min] {
        #expect(schedule.learningRate(at: step) == schedule.learningRate(at: 0), "\(schedule)")
        let optimizer = Adam([Parameter(Tensor(0))], learningRate: 0)
        schedule.apply(to: optimizer, at: step)
        #expect(optimizer.learningRate == schedule.learningRate(at: 0))
      }
    }
    for step in [12, 13, 24, 1000, .max] {
      let optimizer = Adam([Parameter(Tensor(0))], learningRate: 0)
      cycle.apply(to: optimizer, at: step)
      #expect(cycle.momentum(at: step) == 0.95)
      #expect(optimizer.momentum == 0.95)
      #expect((optimizer.learningRate - cycle.end).magnitude <= 1e-16)
    }
    #expect(cycle.momentum(at: -3) == 0.95)
    // Decay without an end goes on to nothing.
    #expect(StepDecay(1, factor: 0.5, every: 3).learningRate(at: .max) == 0)
    #expect(ExponentialDecay(1, factor: 0.5).learningRate(at: .max) == 0)
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
