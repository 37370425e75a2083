import Unrolled

/// The net on the notes' whiteboard: 3 inputs, 5 and 8 hidden activations, 10 outputs.
func layers(_ page: Page) throws {
  page.question("What is stored in a net, and what is computed?")
  page.say(
    """
    **Parameters** are stored: the numbers inside the weight matrices and biases. **Activations** are \
    computed: every result of a matrix product, and every result of an activation function. A \
    **layer** is a thing that computes: one kind holds parameters (a matrix product), the other holds \
    none (an activation function such as ReLU). The net below is the one on the notes' whiteboard, \
    3 → 5 → 8 → 10, with random parameters.
    """)
  let (trace, output, last) = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let net = Sequential(
      Linear(3, 5, using: &generator), ReLU(),
      Linear(5, 8, using: &generator), ReLU(),
      Linear(8, 10, using: &generator))
    var activations = Tensor([[1, 2, -1]])
    page.show("input", activations)
    for layer in net.layers {
      activations = layer(activations)
      page.show("\(type(of: layer))", activations)
    }
    return (ModelTrace(net, on: Tensor([[1, 2, -1]])), activations, net)
  }
  page.table(
    "The layers of the net", columns: ["layer", "kind", "output", "parameters"],
    rows: trace.steps.map { step in
      [
        "\(step.name) \(step.type)",
        step.hasParameters ? "with parameters" : "activation function",
        "\(step.output)", "\(step.parameterCount)",
      ]
    })
  page.draw(
    Drawing(
      of: trace, id: "net-3-5-8-10", title: "The net of the whiteboard: 3 → 5 → 8 → 10",
      caption: "Drawn from the net that ran."))
  page.check(
    "net/parameters", "parameters of 3 → 5 → 8 → 10", Double(last.parameterCount), equals: 158,
    within: 0, because: "a count", source: "by hand: (3·5 + 5) + (5·8 + 8) + (8·10 + 10)")
  let byHand = last.parameters.map { $0.value.values.map { Double($0) } }
  page.check(
    "net/output", "first output, recomputed number by number", output.values[0],
    equals: forwardByHand([1, 2, -1], byHand)[0], within: 1e-6,
    because: "32 bits keep seven digits of numbers near 1",
    source: "the same sums written as plain loops in double precision")

  page.say(
    """
    An **activation function** works on every element by itself: the shape stays, and the order of \
    the elements does not matter. **ReLU** is the plainest: max(0, x). Its derivative is 1 for positive \
    x and 0 for negative x; at the kink, x = 0, there is none, and the field agrees on 0.
    """)
  let table = page.run {
    let x = Tensor([[-2, -0.5, 0, 0.5], [1, 2, 3, -3], [0.1, -0.1, 4, -4]])
    page.show("x", x)
    page.show("relu(x)", x.relu())
    page.show("sigmoid(x)", x.sigmoid())
    page.show("tanh(x)", x.tanh())
    return x
  }
  let order = [11, 3, 7, 0, 9, 1, 5, 10, 2, 8, 4, 6]
  func shuffled(_ x: Tensor) -> Tensor { Tensor(order.map { x.values[$0] }, shape: x.shape) }
  let difference = zip(shuffled(table.tanh()).values, shuffled(table).tanh().values)
    .map { ($0 - $1).magnitude }.max()
  page.check(
    "activation/order", "tanh of shuffled elements − shuffled tanh", difference ?? .nan, equals: 0,
    within: 0, because: "the same function of the same number", source: "elementwise by definition")
  page.check(
    "activation/sigmoid", "sigmoid(2)", table.sigmoid().values[5], equals: 0.8807970779778823,
    within: 1e-7, because: "one unit in the last place of 32 bits is 6e-8 here",
    source: "1 / (1 + e⁻²)")
  page.check(
    "activation/tanh", "tanh(0.5)", table.tanh().values[3], equals: 0.46211715726000973,
    within: 1e-7, because: "two units in the last place of 32 bits", source: "tanh ½ by its series")

  let audit = page.run {
    let checks = gradientCheck(at: [Tensor([-2, -0.5, 0, 0.5, 2])]) { $0[0].relu() }
    for check in checks {
      page.print(
        "x = \(["-2", "-0.5", "0", "0.5", "2"][check.index]): tape \(check.tape), "
          + "difference \(text(check.difference, 4))\(check.isAtKink ? "  ← the kink" : "")")
    }
    return checks
  }
  page.check(
    "activation/relu-gradient", "largest gap between tape and difference away from the kink",
    audit.filter { !$0.isAtKink }.map(\.error).max() ?? .nan, equals: 0, within: 1e-4,
    because: "rounding of 1e-7 divided by the step 0.02, with room",
    source: "central differences")
  page.seen(
    """
    The net stores 158 numbers, its parameters; every activation above is computed anew for each input. At the kink of ReLU the central difference says ½ and the tape says 0: \
    neither is wrong, there is no derivative there.
    """)
}

/// The net's outputs by plain loops: weights and biases in turn, ReLU between.
private func forwardByHand(_ input: [Double], _ parameters: [[Double]]) -> [Double] {
  var x = input
  for layer in stride(from: 0, to: parameters.count, by: 2) {
    let (weight, bias) = (parameters[layer], parameters[layer + 1])
    let y = bias.indices.map { j in
      bias[j] + x.indices.reduce(0) { $0 + x[$1] * weight[$1 * bias.count + j] }
    }
    x = layer + 2 < parameters.count ? y.map { max(0, $0) } : y
  }
  return x
}
