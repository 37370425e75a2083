import Unrolled

/// Parameters, activations, layers: the words for what a net is made of, shown on the net for the table.
func netWords(_ page: Page) throws {
  page.question("What is stored in the net for the table, and what does it compute for one row?")
  page.say(
    """
    Two kinds of numbers make up a net. **Parameters** are stored, and training changes them: the embeddings' vectors, the \
    matrices, the biases, the scales of batch norm. **Activations** are computed anew for every row: each result of a \
    matrix product, and each result of an activation function. A **layer** is what computes the one from the other. Here is \
    the net of the section `table`, trained again, and the first of the people it has not seen.
    """)
  let census = Census(people: 10_000, seed: page.seed)
  let (model, row, sixteen) = try page.run {
    let data = try TabularData(census, valid: 2000)
    let model = try TableTrial(data: data, epochs: 5, isOneCycle: true).run(page.seed).model
    model.train(false)
    return (model, data.valid.table.inputs([0]), data.valid.table.inputs(0..<16))
  }
  let person = census.people[8000]
  page.print(
    "the row: " + person.words.map { $0 ?? "missing" }.joined(separator: ", ")
      + ", \(Int(person.age)) years, \(person.hours.map { "\(Int($0))" } ?? "missing") hours")
  let trace = ModelTrace(model, on: row.numbers) {
    model(categories: row.categories, numbers: $0[0])
  }
  page.table(
    "Parameters: what is stored", columns: ["layer", "parameters", "how many"],
    rows: trace.steps.filter(\.hasParameters).map { step in
      [
        "\(step.name) \(step.type)",
        step.parameters.map { "\($0.name) \(shape($0.shape))" }.joined(separator: ", "),
        "\(step.parameterCount)",
      ]
    } + [["sum", "", "\(model.parameterCount)"]])
  page.check(
    "words/parameters", "parameters of the net for the table", Double(model.parameterCount),
    equals: 26_658, within: 0, because: "a count",
    source:
      "by hand: embeddings 9·5 + 8·5 + 5·4 + 4·3 + 6·4 + 3·3; batch norm 2·3 + 2·200 + 2·100; layers 27·200 + 200, 200·100 + 100, 100·2 + 2"
  )
  activations(page, model, row)
  page.table(
    "Layers: two kinds", columns: ["layer", "kind", "activations it makes", "parameters"],
    rows: trace.steps.map { step in
      [
        step.isOperation ? step.type : "\(step.name) \(step.type)",
        step.hasParameters ? "with parameters" : "without",
        shape(step.output), "\(step.parameterCount)",
      ]
    })
  // Of one row, two columns may have the same category number, which a trace takes for the same input.
  let several = ModelTrace(model, on: sixteen.numbers) {
    model(categories: sixteen.categories, numbers: $0[0])
  }
  page.draw(
    Drawing(
      diagramOf: several, id: "table-net", title: "The net for the table, as it ran on 16 rows",
      caption: "A category's number goes in at each embedding; the vectors meet the numbers below.")
  )
  try functions(page, model, row)
  whiteboard(page, row.numbers)
  page.seen(
    """
    \(model.parameterCount) stored numbers, the same for every row; a few hundred activations, new for each. Layers with \
    parameters mix all their inputs; activation functions work on each number alone.
    """)
}

/// Layer by layer, then the same sums as plain loops.
private func activations(
  _ page: Page, _ model: TabularModel, _ row: (categories: [[Int]], numbers: Tensor)
) {
  page.say("Activations, layer by layer, for that one row:")
  let output = page.run {
    let vectors = zip(model.embeddings, row.categories).map { $0($1) }
    page.show("vector of education", vectors[0])
    page.show("numbers, normalised", row.numbers)
    let numbers = model.norm.map { $0(row.numbers) } ?? row.numbers
    var x = concatenate(vectors + [numbers], axis: 1)
    page.show("all together", x)
    for layer in model.layers.layers {
      x = layer(x)
      page.show("\(type(of: layer))", x)
    }
    return x
  }
  let byHand = TableNetByHand(model).outputs(
    row.categories.map { $0[0] }, row.numbers.values.map { Double($0) })
  page.check(
    "words/output", "second output, recomputed number by number", output.values[1],
    equals: byHand[1], within: 1e-4,
    because: "32 bits keep seven digits of sums of up to 200 numbers of size 1 to 10",
    source: "the same sums written as plain loops in double precision")
}

/// ReLU, its derivative, and what "element by element" means.
private func functions(
  _ page: Page, _ model: TabularModel, _ row: (categories: [[Int]], numbers: Tensor)
) throws {
  page.say(
    """
    An **activation function** takes each number by itself and leaves the shape as it is. **ReLU** is max(0, x): of the 200 \
    numbers that the first matrix product made, it keeps those above 0. Its derivative is 1 where it kept one and 0 where it \
    did not, so the gradient of a row flows through the kept ones alone. (At x = 0 there is no derivative; the field takes 0.)
    """)
  page.formula(
    #"\mathrm{relu}(x) = \max(0, x) \qquad \mathrm{relu}'(x) = \begin{cases} 1 & x > 0 \\ 0 & x < 0 \end{cases}"#,
    plain: "relu(x) = max(0, x)      relu'(x) = 1 for x > 0, 0 for x < 0")
  let (before, after, slopes) = page.run {
    let vectors = zip(model.embeddings, row.categories).map { $0($1) }
    let numbers = model.norm.map { $0(row.numbers) } ?? row.numbers
    let z = Parameter(model.layers.layers[0](concatenate(vectors + [numbers], axis: 1)).detached())
    let kept = z.wrappedValue.relu()
    kept.sum().backward()
    page.show("before", z.value)
    page.show("after", kept)
    page.show("derivative", z.grad)
    return (z.value, kept.detached(), z.grad)
  }
  page.plot(
    Plot(
      "words-relu", "200 activations of one row, before and after ReLU",
      alt: "Points on the line max(0, x): negative numbers become 0, others stay.",
      x: Axis("before"), y: Axis("after"),
      layers: [.scatter("activations", x: before.values, y: after.values)]))
  let wrong = zip(before.values, slopes.values).count { ($0 > 0 ? 1 : 0) != $1 }
  page.check(
    "words/relu", "of 200 derivatives on the tape, those that are not 1 above 0 and 0 below",
    Double(wrong), equals: 0, within: 0, because: "ones and zeros", source: "the definition above")
  page.say(
    """
    **Element by element** has a test: shuffle the 200 numbers, then apply ReLU, or apply ReLU, then shuffle; it is the same. \
    With a matrix product it is not, for it gives each place a meaning of its own.
    """)
  var generator = SeededGenerator(seed: page.seed)
  let order = Array(0..<200).shuffled(using: &generator)
  func shuffled(_ x: Tensor) -> Tensor { Tensor(order.map { x.values[$0] }, shape: x.shape) }
  func gap(_ a: Tensor, _ b: Tensor) -> Float { (a - b).abs().max().item }
  let product = Linear(200, 200, using: &generator)
  let gaps = [
    ("ReLU", gap(shuffled(before.relu()), shuffled(before).relu())),
    ("sigmoid", gap(shuffled(before.sigmoid()), shuffled(before).sigmoid())),
    ("tanh", gap(shuffled(before.tanh()), shuffled(before).tanh())),
    ("a matrix product", gap(shuffled(product(before)), product(shuffled(before)))),
  ]
  page.table(
    "Shuffle first or last: the largest difference", columns: ["function", "difference"],
    rows: gaps.map { [$0.0, text($0.1, 3)] })
  page.check(
    "words/elementwise", "largest difference of the three activation functions",
    gaps[..<3].map(\.1).max() ?? .nan, equals: 0, within: 0,
    because: "the same function of the same numbers", source: "elementwise by definition")
}

/// The notes' picture: 3 → 5 → 8 → 10, on the row's three numbers.
private func whiteboard(_ page: Page, _ numbers: Tensor) {
  page.say(
    """
    The course draws these words on a whiteboard for a smaller net: a vector of 3 numbers meets a matrix of 3 × 5, the 5 \
    results a ReLU, then a matrix of 5 × 8, a ReLU, a matrix of 8 × 10; the 10 outputs are compared with a target in \
    which one place is 1. Here it is with random parameters (and biases, which the whiteboard leaves out) on the \
    row's age, hours and weight.
    """)
  let (net, trace) = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let net = Sequential(
      Linear(3, 5, using: &generator), ReLU(), Linear(5, 8, using: &generator), ReLU(),
      Linear(8, 10, using: &generator))
    let output = net(numbers)
    page.show("outputs", output)
    page.show("target", Tensor.oneHot([3], classes: 10))
    page.show("cross entropy", crossEntropy(output, [3]).item)
    return (net, ModelTrace(net, on: numbers))
  }
  page.draw(
    Drawing(
      of: trace, id: "whiteboard-net", title: "Parameters, activations, layers: 3 → 5 → 8 → 10",
      caption: "The notes' picture, drawn from the net that ran."))
  let matrices = net.parameters.filter { $0.value.shape.count == 2 }.map(\.value.count)
  page.check(
    "words/matrices", "numbers inside the three matrices", Double(matrices.reduce(0, +)),
    equals: 135, within: 0, because: "a count", source: "by hand: 3·5 + 5·8 + 8·10")
}

private func shape(_ shape: [Int]) -> String {
  shape.map(String.init).joined(separator: " × ")
}
