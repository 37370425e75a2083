import Foundation
import NeuralNetworks
import Tensors
import Testing
import Training

// Processes of their own came with Swift 6.2.
/// A wrong call stops with one sentence.
@Suite struct WrongCallTests {
  private static func adam(_ shape: [Int] = [2]) -> Adam {
    Adam([Parameter(.ones(shape))], learningRate: 0.1)
  }

  private static let schedules: [(sentence: String, call: @Sendable () -> Void)] = [
    ("ConstantRate expects a finite rate above 0, got 0.0", { _ = ConstantRate(0) }),
    ("ConstantRate expects a finite rate above 0, got nan", { _ = ConstantRate(.nan) }),
    (
      "OneCycle expects a finite rate above 0, got -1.0",
      { _ = OneCycle(maximum: -1, steps: 3) }
    ),
    ("OneCycle expects 1 step or more, got 0", { _ = OneCycle(maximum: 1, steps: 0) }),
    (
      "OneCycle expects a rising share from 0 to 1, got 30.0",
      { _ = OneCycle(maximum: 1, steps: 3, rising: 30) }
    ),
    (
      "OneCycle expects a division above 0, got 0.0",
      { _ = OneCycle(maximum: 1, steps: 3, division: 0) }
    ),
    (
      "OneCycle expects momenta from 0 to below 1, got 1.0 and 0.85",
      { _ = OneCycle(maximum: 1, steps: 3, momenta: (1, 0.85)) }
    ),
    (
      "CosineAnnealing expects a last rate of 0 or more, got -0.1",
      { _ = CosineAnnealing(1, to: -0.1, steps: 2) }
    ),
    (
      "CosineAnnealing expects a positive number of steps, got 0",
      { _ = CosineAnnealing(1, steps: 0) }
    ),
    (
      "StepDecay expects a factor from 0 to 1, got 10.0",
      { _ = StepDecay(1, factor: 10, every: 2) }
    ),
    (
      "StepDecay expects a positive number of steps, got 0",
      { _ = StepDecay(1, every: 0) }
    ),
    (
      "ExponentialDecay expects a factor from 0 to 1, got nan",
      { _ = ExponentialDecay(1, factor: .nan) }
    ),
    (
      "LinearWarmUp expects a starting share from 0 to 1, got 2.0",
      { _ = LinearWarmUp(steps: 2, from: 2, then: ConstantRate(1)) }
    ),
    (
      "DiscriminativeRates expects a finite rate above 0, got 0.0",
      { _ = DiscriminativeRates.between(0, 1).rates(groups: 2) }
    ),
    (
      "DiscriminativeRates expects at least one group, got 0",
      { _ = DiscriminativeRates.same(1).rates(groups: 0) }
    ),
  ]

  private static let optimizers: [(sentence: String, call: @Sendable () -> Void)] = [
    ("finite learning rate of 0 or more, got -0.1", { _ = SGD([], learningRate: -0.1) }),
    ("finite learning rate of 0 or more, got nan", { adam().learningRate = .nan }),
    ("Adam expects a β₁ from 0 to below 1, got 1.0", { adam().beta1 = 1 }),
    (
      "Adam expects a β₂ from 0 to below 1, got nan",
      { _ = Adam([], learningRate: 0.1, beta2: .nan) }
    ),
    (
      "Adam expects an ε of 0 or more, got -1.0",
      { _ = Adam([], learningRate: 0.1, epsilon: -1) }
    ),
    (
      "Momentum expects a β from 0 to below 1, got 1.5",
      { _ = Momentum([], learningRate: 0.1, beta: 1.5) }
    ),
    (
      "RMSProp expects a β from 0 to below 1, got -0.5",
      { _ = RMSProp([], learningRate: 0.1, beta: -0.5) }
    ),
    (
      "WeightDecay expects a λ of 0 or more, got -0.01",
      { _ = SGD([], learningRate: 0.1, weightDecay: .l2(-0.01)) }
    ),
    (
      "WeightDecay expects a λ of 0 or more, got inf",
      { adam().weightDecay = .decoupled(.infinity) }
    ),
    (
      "Optimizer expects each parameter once",
      {
        let w = Parameter(Tensor(1))
        _ = SGD([w, w], learningRate: 0.1)
      }
    ),
    (
      "Adam remembers averages of shape [2] for parameter 0, whose shape is [3] now",
      {
        var w = Tensor.ones([3])
        adam().update(&w, gradient: w, number: 0)
      }
    ),
    (
      "Adam remembers [\"averages\", \"squares\"] of shapes [[2]], got averages of shapes [[1]]",
      { adam().memory = [("averages", [Tensor([1])])] }
    ),
    (
      "Adam remembers [\"averages\", \"squares\"] of shapes [[2]], got steps of shapes [[2]]",
      { adam().memory = [("steps", [Tensor([1, 1])])] }
    ),
    (
      "Adam expects a gradient of the parameter's shape [2], got [1]",
      {
        var w = Tensor([1, 2])
        adam().update(&w, gradient: Tensor([1]), number: 0)
      }
    ),
    (
      "Adam has 1 parameters, there is no number 3",
      {
        var w = Tensor([1, 2])
        adam().update(&w, gradient: w, number: 3)
      }
    ),
    (
      "ParameterGroup expects finite factors that are not negative, got nan and 1.0",
      { _ = ParameterGroup([], rateFactor: .nan) }
    ),
    (
      "GradientClipping expects a norm of 0 or more, got -1.0",
      { GradientClipping.norm(-1).apply(to: []) }
    ),
    (
      "GradientClipping expects a limit of 0 or more, got nan",
      { GradientClipping.value(.nan).apply(to: []) }
    ),
    (
      "LossScaling expects a patience of 1 step or more, got 0",
      { _ = LossScaling(2, kind: .dynamic(patience: 0)) }
    ),
    ("MovingAverage expects a β from 0 to below 1, got 1.0", { _ = MovingAverage(beta: 1) }),
  ]

  private static let measures: [(sentence: String, call: @Sendable () -> Void)] = [
    (
      "accuracy expects labels in 0..<2, got -100 at position 1",
      { _ = accuracy(.zeros([2, 2]), [0, -100]) }
    ),
    ("accuracy expects one label or more, got none", { _ = accuracy(.zeros([0, 2]), []) }),
    (
      "errorRate expects labels in 0..<2, got 2 at position 0",
      { _ = errorRate(.zeros([1, 2]), [2]) }
    ),
    (
      "perplexity expects labels in 0..<2, got 5 at position 0",
      { _ = perplexity(.zeros([1, 2]), [5], ignoring: 6) }
    ),
    (
      "pixelAccuracy expects labels in 0..<2, got 255 at position 1",
      { _ = pixelAccuracy(.zeros([1, 2, 1, 2]), [0, 255]) }
    ),
    (
      "dice expects labels in 0..<2, got 255 at position 1",
      { _ = dice(.zeros([1, 2, 1, 2]), [0, 255]) }
    ),
    ("rmse expects one number or more, got shape [0]", { _ = rmse(.zeros([0]), .zeros([0])) }),
    (
      "fBeta expects a finite β of 0 or more and a threshold, got -1.0 and 0.2",
      { _ = fBeta(.zeros([1, 2]), .zeros([1, 2]), beta: -1) }
    ),
    (
      "ConfusionMatrix expects classes in 0..<2, got 1 and 2",
      { _ = ConfusionMatrix([0, 1], [0, 2], classes: 2) }
    ),
    (
      "ConfusionMatrix expects 1 class or more, got -1",
      { _ = ConfusionMatrix([], [], classes: -1) }
    ),
    (
      "Interpretation expects labels in 0..<2, got 2 at position 0",
      { _ = Interpretation(.zeros([1, 2]), [2]) }
    ),
    (
      "topLosses expects a count of 0 or more, got -1",
      { _ = Interpretation(.zeros([1, 2]), [1]).topLosses(-1) }
    ),
    (
      "PrincipalComponents: project expects [n, 2], got [3, 3]",
      { _ = PrincipalComponents(Tensor([[1, 2], [3, 5], [4, 4]])).project(.ones([3, 3])) }
    ),
    (
      "GradientBoosting expects numbers, column 1 has a NaN",
      { _ = GradientBoosting([[1, 2], [.nan, 1]], labels: [0, 1], trees: 1, depth: 1) }
    ),
    (
      "GradientBoosting expects 1 columns of as many rows each, got columns of [1, 1]",
      {
        _ = GradientBoosting([[1, 2]], labels: [0, 1], trees: 1, depth: 1)
          .logOdds([[1], [2]])
      }
    ),
    (
      "LearningRateFinder expects finite rates above 0 in order",
      { _ = LearningRateFinder(rates: [1, 0.1], losses: [1, 1]) }
    ),
  ]

  static let wrong = schedules + optimizers + measures

  @Test(arguments: 0..<51) func stopsWithItsSentence(number: Int) async {
    #expect(Self.wrong.count == 51)
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      [number = number as Int] in
      Self.wrong[number].call()
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains(Self.wrong[number].sentence), "printed: \(text)")
  }

  /// A disk that takes no more than 4,000 bytes of a file.
  @Test func aFullDiskIsSaidAndTheOldFileStays() async throws {
    let path = NSTemporaryDirectory() + "unrolled-\(UUID().uuidString).safetensors"
    defer { unlink(path) }
    try Safetensors.write([("a", Tensor([1]))], to: path)
    await #expect(processExitsWith: .success) { [path = path as String] in
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 4000, rlim_max: 4000)
      #if canImport(Glibc)
        setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      #else
        setrlimit(RLIMIT_FSIZE, &limit)
      #endif
      let sentence = CheckpointError("\(path): could not be written: File too large")
      do {
        try Safetensors.write([("a", Tensor.ones([2000]))], to: path)
        exit(1)
      } catch { exit(error as? CheckpointError == sentence ? 0 : 1) }
    }
    #expect(try Safetensors(contentsOf: path).tensor("a").values == [1])
  }
}
