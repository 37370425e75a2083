import Tensors
import Training

extension Table {
  mutating func schedules() {
    of(
      "OneCycle.init(maximum: Double, steps: Int, division: Double, rising: Double, momenta: (high: Double, low: Double))"
    )
    for steps in [0, -1] { stops { OneCycle(maximum: 0.1, steps: steps) } }
    for maximum in [-0.1, .nan, .infinity] { stops { OneCycle(maximum: maximum, steps: 10) } }
    for division in [0, -1, Double.nan] {
      stops { OneCycle(maximum: 0.1, steps: 10, division: division) }
    }
    for share in [-0.1, 1.1, .nan, .infinity] {
      stops { OneCycle(maximum: 0.1, steps: 10, rising: share) }
    }
    for momenta in [(1, 0.8), (0.9, -0.1), (.nan, 0.8)] as [(Double, Double)] {
      stops { OneCycle(maximum: 0.1, steps: 10, momenta: momenta) }
    }
    of("StepDecay.init(Double, factor: Double, every: Int)")
    for steps in [0, -1] { stops { StepDecay(0.1, every: steps) } }
    for rate in [-0.1, .nan] { stops { StepDecay(rate, every: 5) } }
    for factor in [-1, .nan] { stops { StepDecay(0.1, factor: factor, every: 5) } }
    of("CosineAnnealing.init(Double, to: Double, steps: Int)")
    for steps in [0, -1] { stops { CosineAnnealing(0.1, steps: steps) } }
    for rate in [-0.1, .nan] { stops { CosineAnnealing(rate, steps: 5) } }
    for minimum in [-0.1, .nan] { stops { CosineAnnealing(0.1, to: minimum, steps: 5) } }
    of("ExponentialDecay.init(Double, factor: Double)")
    for rate in [-0.1, .nan] { stops { ExponentialDecay(rate, factor: 0.9) } }
    for factor in [-1, .nan] { stops { ExponentialDecay(0.1, factor: factor) } }
    of("ConstantRate.init(Double)")
    for rate in [-0.1, .nan, .infinity] { stops { ConstantRate(rate) } }
    of("LinearWarmUp.init(steps: Int, from: Double, then: any Schedule)")
    for steps in [-1, .min] { stops { LinearWarmUp(steps: steps, then: ConstantRate(0.1)) } }
    for start in [-0.1, .nan] {
      stops { LinearWarmUp(steps: 5, from: start, then: ConstantRate(0.1)) }
    }
    let schedules: [(String, any Schedule)] = [
      ("OneCycle", OneCycle(maximum: 0.1, steps: 10)), ("StepDecay", StepDecay(0.1, every: 5)),
      ("CosineAnnealing", CosineAnnealing(0.1, steps: 10)),
      ("ExponentialDecay", ExponentialDecay(0.1, factor: 0.9)),
      ("ConstantRate", ConstantRate(0.1)),
      ("LinearWarmUp", LinearWarmUp(steps: 5, then: CosineAnnealing(0.1, steps: 10))),
    ]
    for (name, schedule) in schedules {
      of("\(name).learningRate(at: Int)")
      // A plan holds its ends.
      for step in [-1, .min] {
        returns { schedule.learningRate(at: step) == schedule.learningRate(at: 0) }
      }
      returns { (0...0.1).contains(schedule.learningRate(at: huge)) }
    }
    let optimizer = { SGD([learned([3])], learningRate: 0.1) }
    of("OneCycle.momentum(at: Int)")
    returns { OneCycle(maximum: 0.1, steps: 10).momentum(at: .min) == 0.95 }
    returns { OneCycle(maximum: 0.1, steps: 10).momentum(at: huge) == 0.95 }
    of("OneCycle.apply(to: Optimizer, at: Int)")
    returns {
      let (schedule, optimizer) = (OneCycle(maximum: 0.1, steps: 10), optimizer())
      schedule.apply(to: optimizer, at: -1)
      return optimizer.learningRate == schedule.learningRate(at: 0)
    }
    of("LinearWarmUp.apply(to: Optimizer, at: Int)")
    returns {
      let (schedule, optimizer) = (LinearWarmUp(steps: 5, then: ConstantRate(0.1)), optimizer())
      schedule.apply(to: optimizer, at: -1)
      return optimizer.learningRate == schedule.learningRate(at: 0)
    }
    of("Schedule.apply(to: Optimizer, at: Int)")
    returns {
      let (schedule, optimizer) = (StepDecay(0.1, every: 5), optimizer())
      schedule.apply(to: optimizer, at: -1)
      return optimizer.learningRate == schedule.learningRate(at: 0)
    }

    of("MovingAverage.init(beta: Double)")
    for beta in [-0.1, 1, .nan] { stops { MovingAverage(beta: beta) } }
    of("MovingAverage.smoothed([Double], beta: Double)")
    stops { MovingAverage.smoothed([1, 2], beta: 1) }
    returns { MovingAverage.smoothed([]).isEmpty }
    of("DiscriminativeRates.rates(groups: Int)")
    stops { DiscriminativeRates.same(0.1).rates(groups: 0) }
    stops { DiscriminativeRates.same(0.1).rates(groups: -1) }
    let wrong: [DiscriminativeRates] = [
      .same(-1), .same(.nan), .onlyLast(0.1, dividing: 0), .onlyLast(.nan), .between(0, 0.1),
      .between(0.1, -1), .between(.nan, 0.1),
    ]
    for rates in wrong { stops { rates.rates(groups: 3) } }
    of("DiscriminativeRates.apply(to: Optimizer, groups: LayerGroups)")
    for rates in wrong {
      stops("ates") {
        let layers = [linear(), linear(2, 2)]
        rates.apply(
          to: SGD(layers.flatMap(\.parameters), learningRate: 0.1),
          groups: LayerGroups([layers[0]], [layers[1]]))
      }
    }
    stops("group") {
      DiscriminativeRates.same(0.1).apply(to: optimizer(), groups: LayerGroups([linear()]))
    }
  }
}
