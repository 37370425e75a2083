import Foundation
import Unrolled

/// The chain rule on a tape, drawn before and after, and two ways to get it wrong.
func backPropagation(_ page: Page) throws {
  page.question("Where does the gradient come from?")
  page.say(
    """
    While an expression is computed, every operation leaves a note: what it was made from, and how \
    a small change of the result goes back to each input. The notes form a **tape**. A number declared with `@Parameter` is on it, and `$w` is the parameter itself, with its gradient. `backward()` \
    walks it from the result to the parameters and multiplies the local derivatives: the chain rule. \
    Where a value was used twice, both shares are added.
    """)
  page.correction(
    "F5",
    says: "back propagation updates the weights, with `param.grad()` subtracted from the product",
    standard: """
      Back propagation only computes ∂L/∂w. An *optimizer* then updates: \
      `w -= rate * $w.grad`. The gradient is a value, not a call, and the product of rate and \
      gradient is what is subtracted.
      """)
  page.say("First a check that anyone can repeat: the expression of the micrograd README.")
  let (g, da, db) = page.run {
    @Parameter var a = Tensor(-4)
    @Parameter var b = Tensor(2)
    var c = a + b
    var d = a * b + b.pow(3)
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    let e = c - d
    let f = e.square()
    var g = f / 2
    g += 10 / f
    g.backward()
    page.show("g", g.item)
    page.show("∂g/∂a", $a.grad.item)
    page.show("∂g/∂b", $b.grad.item)
    return (g.item, $a.grad.item, $b.grad.item)
  }
  for (id, label, value, reference) in [
    ("g", "g", g, 24.7041), ("da", "∂g/∂a", da, 138.8338), ("db", "∂g/∂b", db, 645.5773),
  ] {
    page.check(
      "micrograd/\(id)", label, value, equals: reference, within: id == "db" ? 1e-4 : 6e-5,
      because:
        "5e-5 for the figures' four decimals; one rounding in 32 bits is 3e-5 at 645 and less below",
      source: "README of karpathy/micrograd")
  }

  page.say(
    """
    A smaller one, drawn: the loss of one point of the line, x = 14, y = 58, at slope 1 and \
    intercept 1. Before `backward()` there is no gradient: not 0, but not run yet.
    """)
  let drawings = page.run {
    @Parameter var slope = Tensor(1)
    @Parameter var intercept = Tensor(1)
    let prediction = (slope * 14).named("slope·x") + intercept
    let error = prediction.named("ŷ") - 58
    let loss = error.named("error").square().named("loss")
    let tape = Tape(of: loss, parameters: [("slope", $slope), ("intercept", $intercept)])
    let before = Drawing(of: tape, id: "tape-before", title: "The tape before backward()")
    loss.backward()
    let after = Drawing(of: tape, id: "tape-after", title: "The tape after backward()")
    page.show("∂loss/∂slope", $slope.grad.item)
    page.show("∂loss/∂intercept", $intercept.grad.item)
    return (before, after, $slope.grad.item, $intercept.grad.item)
  }
  page.draw(drawings.0)
  page.draw(drawings.1)
  page.table(
    "The chain rule on this tape, from the loss back",
    columns: ["step", "local derivative", "gradient so far"],
    rows: [
      ["loss = error²", "2·error = −86", "1 · −86 = −86"],
      ["error = ŷ − 58", "1", "−86"],
      ["ŷ = slope·x + intercept", "1 for each", "−86, so ∂loss/∂intercept = −86"],
      ["slope·x", "x = 14", "−86 · 14 = −1204 = ∂loss/∂slope"],
    ])
  page.say(
    """
    That is all of back propagation. The optimizer's step is another thing: with η = 1e-4, \
    slope ← 1 − 1e-4·(−1204) = 1.1204 and intercept ← 1 − 1e-4·(−86) = 1.0086, the first row of the \
    section before.
    """)
  page.check(
    "tape/slope", "∂loss/∂slope = 2·(ŷ − y)·x", drawings.2, equals: -1204, within: 0,
    because: "whole numbers below 2²⁴ are exact in 32 bits", source: "by hand: 2·(15 − 58)·14")
  page.check(
    "tape/intercept", "∂loss/∂intercept = 2·(ŷ − y)", drawings.3, equals: -86, within: 0,
    because: "whole numbers below 2²⁴ are exact in 32 bits", source: "by hand: 2·(15 − 58)")

  page.say(
    """
    A gradient can always be checked without any calculus: move the parameter by h both ways and \
    divide the change of the loss by 2h. The course's sheet does this with h = 0.01.
    """)
  let audit = page.run {
    func loss(_ slope: Double, _ intercept: Double) -> Double {
      let error = slope * 14 + intercept - 58
      return error * error
    }
    let h = 0.01
    let slope = (loss(1 + h, 1) - loss(1 - h, 1)) / (2 * h)
    let intercept = (loss(1, 1 + h) - loss(1, 1 - h)) / (2 * h)
    page.show("difference, slope", slope)
    page.show("difference, intercept", intercept)
    return (slope, intercept)
  }
  page.check(
    "audit/slope", "tape against central difference, slope", drawings.2, equals: audit.0,
    within: 1e-6, because: "for a square the central difference is exact but for rounding",
    source: "central difference in double precision, h = 0.01, as in graddesc.xlsm")
  page.check(
    "audit/intercept", "tape against central difference, intercept", drawings.3, equals: audit.1,
    within: 1e-6, because: "for a square the central difference is exact but for rounding",
    source: "central difference in double precision, h = 0.01, as in graddesc.xlsm")

  page.broken(
    "no topological order",
    """
    Why does the tape have to be sorted? Here are two versions of the same twenty lines. One lets each \
    value pass its gradient on as soon as it gets some; the other waits until all of it has arrived.
    """)
  page.source(of: "final class Value")
  let (right, hasty) = page.run {
    let results = [true, false].map { isSorted in
      let a = Value(3)
      let b = a + a
      let c = b + b
      c.backward(sorted: isSorted)
      return a.gradient
    }
    page.show("∂c/∂a, sorted", results[0])
    page.show("∂c/∂a, as it comes", results[1])
    return (results[0], results[1])
  }
  page.check(
    "order/sorted", "∂c/∂a of c = 2·(2a), sorted", right, equals: 4, within: 0,
    because: "whole numbers are exact", source: "by hand: c = 4a")
  page.check(
    "order/hasty", "∂c/∂a as it comes: the mistake", hasty, equals: 6, within: 0,
    because: "whole numbers are exact",
    source: "by hand: b passes on 1·2, then (1 + 1)·2 on top of it: 2 + 4")
  page.say(
    """
    Without the order the answer is \(text(hasty, 0)), not 4: `b` is told of its gradient twice, once \
    for each time `c` uses it, and the second time passes on the first share again.
    """)

  page.broken(
    "gradients not zeroed",
    "`backward()` adds to the gradients that are there. Leave out `zeroGrad()` and each step uses the sum of all gradients so far."
  )
  let curves = page.run {
    [true, false].map { isZeroed in
      @Parameter var w = Tensor(0)
      var losses: [Float] = []
      for _ in 0..<40 {
        let loss = (w - 3).square()
        loss.backward()
        w -= 0.1 * $w.grad
        if isZeroed { $w.zeroGrad() }
        losses.append(loss.item)
      }
      return losses
    }
  }
  let (zeroed, piled) = (curves[0], curves[1])
  page.plot(
    Plot(
      "not-zeroed", "Minimising (w − 3)², with and without zeroing",
      alt: """
        Loss against step. With zeroed gradients it falls smoothly to 0; without, it swings up and \
        down for ever, because the summed gradient acts like a momentum of 1.
        """,
      x: Axis("step"), y: Axis("loss"),
      layers: [
        .line("zeroed", values: zeroed), .line("not zeroed", values: piled, style: .dashed),
      ]))
  page.check(
    "zeroed/last", "loss after 39 steps, zeroed", zeroed[39], equals: 9 * pow(0.8, 78),
    within: 1e-9,
    because: "32 bits hold w, near 3, to 2e-7: the square of (w − 3) = 5e-4 is then off by 2e-10",
    source: "by hand: 9·0.8^(2·39)")
  page.seen(
    """
    The tape gives the gradients that calculus gives, to the last bit here. Sorting is not a nicety: \
    without it any value that is used twice spoils what lies behind it. And unzeroed gradients turn \
    descent into an oscillation that never ends (largest loss in the last ten steps: \
    \(text(piled.suffix(10).max() ?? 0, 1))).
    """)
}

/// A number that remembers how it was made: the whole of back propagation.
final class Value {
  let value: Double
  var gradient = 0.0
  private let inputs: [(Value, derivative: Double)]

  init(_ value: Double, from inputs: [(Value, derivative: Double)] = []) {
    self.value = value
    self.inputs = inputs
  }

  static func + (a: Value, b: Value) -> Value {
    Value(a.value + b.value, from: [(a, derivative: 1), (b, derivative: 1)])
  }

  static func * (a: Value, b: Value) -> Value {
    Value(a.value * b.value, from: [(a, derivative: b.value), (b, derivative: a.value)])
  }

  func backward(sorted isSorted: Bool) {
    gradient = 1
    if isSorted {
      for value in order().reversed() { value.passOn() }
    } else {
      passOnAtOnce()
    }
  }

  private func passOn() {
    for (input, derivative) in inputs { input.gradient += derivative * gradient }
  }

  private func passOnAtOnce() {  // the mistake: others may still add to this gradient
    for (input, derivative) in inputs {
      input.gradient += derivative * gradient
      input.passOnAtOnce()
    }
  }

  /// Every value behind this one, inputs before results, each once.
  private func order() -> [Value] {
    var order: [Value] = []
    func visit(_ value: Value) {
      guard !order.contains(where: { $0 === value }) else { return }
      for (input, _) in value.inputs { visit(input) }
      order.append(value)
    }
    visit(self)
    return order
  }
}
