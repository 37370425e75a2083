import Unrolled

/// The course's nets for digits, their shapes and counts; deeper by layers that keep the size.
func deeperNet(_ page: Page) throws {
  page.question("How can a net become deeper when every layer halves the image?")
  page.say(
    """
    The course begins with five convolutions of stride 2. Each halves the image, 28 → 14 → 7 → 4 → 2 → 1, and the ten \
    channels of the last single pixel are the ten logits. After five layers no pixel is left to halve.
    """)
  let (simple, layered, residual) = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let simple = SimpleCNN(using: &generator)
    let layered = ConvLayerCNN(using: &generator)
    let residual = SmallResNet(using: &generator)
    return (simple, layered, residual)
  }
  for (id, name, model, count) in [
    ("simple", "SimpleCNN", simple as any Layer, 12_126.0),
    ("layers", "ConvLayerCNN", layered, 12_044), ("residual", "SmallResNet", residual, 41_132),
  ] {
    page.check(
      "resmnist/\(id)/parameters", "parameters of \(name)", Double(model.parameterCount),
      equals: count, within: 0, because: "a count",
      source: "PyTorch's count of the same layers, asserted in Tests/References/mnist_residual.py")
  }
  page.say(
    """
    The first two differ in the order of things. `SimpleCNN` is written out by hand: convolution with a bias, batch norm, ReLU, and it \
    ends in batch norm. `ConvLayerCNN` uses fastai's `conv_layer`: convolution without a bias, ReLU, batch norm, and so it ends in \
    ReLU and batch norm. 82 biases are the whole difference in parameters. In the first order they do nothing, because batch norm \
    subtracts the mean and the bias with it. The gradient says so:
    """)
  let image = Tensor.normal([32, 1, 28, 28], from: page.seed)
  page.run {
    crossEntropy(simple(image), (0..<32).map { $0 % 10 }).backward()
    for (name, parameter) in simple.namedParameters where name.hasPrefix("layers.layers.3") {
      page.show("largest gradient of \(name)", parameter.grad.abs().statistics.maximum)
    }
  }
  // Batch norm has gamma and beta: the only parameters named bias are those of convolutions.
  let biases = simple.namedParameters.filter { $0.name.hasSuffix(".bias") }
  page.check(
    "resmnist/simple/bias-gradient", "largest gradient of any bias before a batch norm",
    biases.map { $0.parameter.grad.abs().statistics.maximum }.max() ?? .nan, equals: 0,
    within: 1e-6,
    because:
      "exactly 0 but for rounding: sums of 32 bits over up to 6,272 numbers, of a size at which each addition is off by about 1e-8",
    source: "the derivative: batch norm's output does not change with a constant added to its input"
  )
  simple.zeroGrad()
  page.say(
    """
    Now deeper: after each convolution of stride 2 another one of stride 1. With padding 1 a kernel of 3 × 3 leaves the size as it \
    is, so any number of these fits in.
    """)
  let deeper = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let widths = SimpleCNN.widths
    var layers: [any Layer] = []
    for (channels, filters) in zip(widths, widths.dropFirst()) {
      layers.append(ConvLayer(channels, filters, stride: 2, using: &generator))
      if filters != 10 { layers.append(ConvLayer(filters, filters, stride: 1, using: &generator)) }
    }
    return Sequential(layers + [Flatten()])
  }
  let trace = ModelTrace(deeper, on: image)
  let convolutions = trace.steps.filter { $0.type == "Convolution2d" }
  page.table(
    "Every second convolution keeps the size",
    columns: ["convolution", "input", "output", "stride", "parameters"],
    rows: convolutions.enumerated().map { i, step in
      let stride = step.input[2] == step.output[2] && step.input[2] > 1 ? 1 : 2
      return [
        "\(i + 1)", shapeText(step.input), shapeText(step.output), "\(stride)",
        "\(step.parameterCount)",
      ]
    })
  page.show("parameters in all", deeper.parameterCount)
  page.seen(
    """
    Nine convolutions instead of five: \(convolutions.map { "\($0.output[2])" }.joined(separator: ", ")) pixels wide. Nothing but patience limits \
    the number. One would expect the deeper net to fit its training images better, and in the end too well. The next \
    section looks.
    """)
}

func shapeText(_ shape: [Int]) -> String {
  shape.dropFirst().map(String.init).joined(separator: " × ")
}

extension Tensor {
  /// Numbers of the normal distribution from a seed of their own.
  static func normal(_ shape: [Int], from seed: UInt64) -> Tensor {
    var generator = SeededGenerator(seed: seed)
    return .normal(shape, using: &generator)
  }
}
