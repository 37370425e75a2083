import Foundation
import Unrolled

/// Conv2(Conv1(x)) and x + Conv2(Conv1(x)): what reaches the first layer through a deep stack of each.
func gradientAndDepth(_ page: Page) throws {
  page.question("Why is x + F(x) easier to train than F(x)?")
  page.say(
    """
    Both are one line of Swift. The difference is in the derivative: through a chain of blocks the gradient is a product of the \
    blocks' derivatives, and in a residual block each factor has a 1 in it.
    """)
  page.formula(
    #"y = F(x):\; \frac{\partial y}{\partial x} = F'(x) \qquad y = x + F(x):\; \frac{\partial y}{\partial x} = 1 + F'(x)"#,
    plain: "y = F(x): dy/dx = F′(x)      y = x + F(x): dy/dx = 1 + F′(x)")
  page.run {
    // 30 blocks of one number each, F(x) = w·x.
    for w in [0.5, -0.1, 0.1] as [Float] {
      @Parameter var x = Tensor(1)
      var plain = x
      var residual = x
      for _ in 0..<30 {
        plain = plain * w
        residual = residual + residual * w
      }
      plain.backward()
      let through = $x.grad.item
      $x.zeroGrad()
      residual.backward()
      page.print("w = \(w): dy/dx plain \(through), residual \($x.grad.item)")
    }
  }
  page.say(
    """
    The plain product shrinks to nothing. The residual one stays within reach as long as F is small, and grows without bound where F is not, \
    so a residual net wants its blocks to start small. Now in a net: the gradient's norm at the first convolution, for one batch, \
    before any training.
    """)
  let data = try DigitsData(page)
  let depths = [6, 10, 20, 40, 80]
  let nets: [(String, Bool, DeepNet.Start, Bool)] = [
    ("plain, PyTorch's default start", false, .torch, false),
    ("plain, He's start", false, .he, false),
    ("residual, He's start", true, .he, false), ("residual, blocks start from 0", true, .he, true),
  ]
  let batch = data.train.batch(0..<64)
  func norm(_ depth: Int, _ net: (String, Bool, DeepNet.Start, Bool)) -> Double {
    var generator = SeededGenerator(seed: page.seed)
    let model = DeepNet.make(
      depth: depth, isResidual: net.1, start: net.2, zeroStart: net.3, using: &generator)
    crossEntropy(model(batch.images.reshaped([-1, 1, 8, 8])), batch.labels).backward()
    let first = model.parameters[0].grad
    return Double(first.square().sum().item).squareRoot()
  }
  let norms = page.run { nets.map { net in depths.map { norm($0, net) } } }
  page.table(
    "Norm of the first layer's gradient", columns: ["net"] + depths.map { "\($0) layers" },
    rows: zip(nets, norms).map { net, row in [net.0] + row.map { String(format: "%.2g", $0) } })
  page.plot(
    Plot(
      "gradient-and-depth", "The gradient at the first layer, before training",
      alt:
        "On a logarithmic scale: with PyTorch's default start the plain net's gradient falls by many powers of ten with depth; with He's start it keeps its order of magnitude; residual blocks with He's start make it grow; blocks that start from zero leave it as it is.",
      x: Axis("layers"), y: Axis("norm of the gradient", scale: .log),
      layers: zip(nets, norms).map { net, row in
        // Zero has no place on a logarithmic scale: below what 32 bits hold, the line ends.
        .line(net.0, zip(depths, row).filter { $0.1 > 0 }.map { (x: Double($0.0), y: $0.1) })
      }))
  page.check(
    "res/gradient-through-zero-blocks",
    "gradient at the first layer, 80 layers / 6 layers, blocks from 0",
    (norms[3].last ?? .nan) / (norms[3].first ?? .nan), equals: 1, within: 1e-6,
    because: "the same numbers in the same order: 1 + F′ is 1 exactly where F starts from 0",
    source: "the formula above")
  page.seen(
    """
    He's start solves for the first step what PyTorch's default does not; it says nothing of the steps after. Residual blocks that start from 0 make the depth \
    invisible to the first layer at first. That is what a batch norm with γ = 0 at a block's end is for.
    """)
}
