import Unrolled

/// x + Conv2(Conv1(x)): drawn, run, and exactly the identity at first.
func residualBlock(_ page: Page) throws {
  page.question("What does a residual block do with its input?")
  page.say(
    """
    It keeps it. Every two convolutions the input of the pair is added to the pair's result: a *skip* or *identity connection*. What the two layers learn is only the \
    difference, the residual, between what came in and what should go out.
    """)
  page.formula(
    #"\text{plain: } \mathrm{Conv2}(\mathrm{Conv1}(x)) \qquad \text{residual: } x + \mathrm{Conv2}(\mathrm{Conv1}(x))"#,
    plain: "plain: Conv2(Conv1(x))    residual: x + Conv2(Conv1(x))")
  let x = Tensor.normal([4, 8, 14, 14], from: page.seed)
  page.run {
    var generator = SeededGenerator(seed: page.seed)
    let conv1 = ConvLayer(8, 8, using: &generator)
    let conv2 = ConvLayer(8, 8, using: &generator)
    func plain(_ x: Tensor) -> Tensor { conv2(conv1(x)) }
    func residual(_ x: Tensor) -> Tensor { x + conv2(conv1(x)) }
    page.show("plain(x)", plain(x))
    page.show("residual(x)", residual(x))
    page.show("largest |residual(x) − plain(x) − x|", difference(residual(x) - plain(x), x))
  }
  page.say(
    "As a module of the engine, with the one thing that differs between a residual and a dense block, the merge, in a type of its own:"
  )
  page.source(
    of: "public final class ResBlock", file: "Sources/NeuralNetworks/Layers/ResBlock.swift")
  page.source(of: "public enum Merge", file: "Sources/NeuralNetworks/Layers/Merge.swift")
  let (block, y) = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let block = ResBlock(8, using: &generator)
    let y = block(x)
    page.show("F(x)", block.second(block.first(x)))
    page.show("x + F(x)", y)
    page.show("largest difference between the block's output and x", difference(y, x))
    return (block, y)
  }
  page.check(
    "res/identity", "largest |block(x) − x| of an untrained block", difference(y, x), equals: 0,
    within: 0, because: "γ = 0 makes every output of F exactly 0, and x + 0 is x",
    source: "the formula of batch norm: γ·x̂ + β with γ = β = 0")
  page.say(
    """
    An untrained block is the identity, because the batch norm at its end starts from γ = 0. (fastai gives its batch norms a shift of 0.001 at the \
    start, so there the block adds 0.001.) The gradient of γ is not 0, so the block wakes with the first step:
    """)
  page.run {
    let target = Tensor.normal(x.shape, from: page.seed + 1)
    for step in 0..<3 {
      block.zeroGrad()
      mse(block(x), target).backward()
      let parameters = block.namedParameters
      for (name, parameter) in parameters
      where name == "second.norm.gamma" || name == "first.convolution.weight" {
        page.print(
          "step \(step): largest gradient of \(name): \(parameter.grad.abs().statistics.maximum)")
      }
      for (_, parameter) in parameters { parameter.wrappedValue -= 1 * parameter.grad }
    }
  }
  page.say(
    "He et al. draw the block with a ReLU after the sum. The notes' form and the course's code have none:"
  )
  drawBlocks(page)
  page.run {
    let positive = x.relu()
    page.show("ReLU(x + 0) − x for any x", difference((x + 0).relu(), x))
    page.show("ReLU(x + 0) − x for x ≥ 0", difference((positive + 0).relu(), positive))
  }
  page.say(
    """
    With that ReLU a block that starts from F = 0 is the identity only for what is not negative. In He's nets that is always so, since the block before ended \
    in a ReLU too.
    """)
  page.broken(
    "a block that sleeps for ever",
    """
    Without batch norm one may start the second *convolution* from 0 instead. If a ReLU follows it, as in conv → ReLU, the block never wakes: the ReLU sees \
    exactly 0, where its derivative is 0, and no gradient reaches the weights.
    """)
  let asleep = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let second = Convolution2d(8, 8, kernel: 3, padding: 1, hasBias: false, using: &generator)
    second.weight = .zeros([8, 8, 3, 3])
    let first = Convolution2d(8, 8, kernel: 3, padding: 1, using: &generator)
    mse(x + second(first(x).relu()).relu(), .zeros(x.shape)).backward()
    let withReLU = Double(second.$weight.grad.abs().statistics.maximum)
    second.zeroGrad()
    mse(x + second(first(x).relu()), .zeros(x.shape)).backward()
    page.show("largest gradient of its weights, ReLU last", withReLU)
    page.show(
      "largest gradient of its weights, no ReLU", second.$weight.grad.abs().statistics.maximum)
    return withReLU
  }
  page.check(
    "res/asleep", "largest gradient of a second convolution at 0 under a ReLU", asleep, equals: 0,
    within: 0, because: "the derivative of ReLU at 0 is taken as 0, so this is exact",
    source: "PyTorch's convention, Tests/References/operations/relu.json")
  page.say("The tape's gradient of a block with weights of its own, beside central differences:")
  let audit = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let (first, second) = (ConvLayer(2, 2, using: &generator), ConvLayer(2, 2, using: &generator))
    let weights = Tensor.normal([2, 2, 3, 3], using: &generator)
    let checks = gradientCheck(at: [.normal([2, 2, 3, 3], using: &generator)]) { inputs in
      ResBlock(first, second)(inputs[0]) * weights
    }
    for check in checks.prefix(4) {
      page.print(
        "∂L/∂x[\(check.index)]: tape \(text(check.tape, 4)), difference \(text(check.difference, 4))"
          + (check.isAtKink ? "  ← near a kink of ReLU" : ""))
    }
    page.print("\(checks.count { $0.isAtKink }) of \(checks.count) lie near a kink")
    return checks
  }
  page.check(
    "res/gradient", "largest gap between tape and difference away from kinks",
    audit.filter { !$0.isAtKink }.map(\.error).max() ?? .nan, equals: 0, within: 0.005,
    because:
      "a kink that lies inside the step and bends the slope by less than the half percent at which it is told from a curve",
    source: "central differences")
  page.seen(
    """
    A residual block is one plus sign. It changes what "doing nothing" costs: a plain pair has to learn the identity, a residual pair starts as the \
    identity. Exercise 7.5 has you write one.
    """)
}

/// The largest |a − b|.
func difference(_ a: Tensor, _ b: Tensor) -> Double {
  Double((a - b).abs().statistics.maximum)
}
