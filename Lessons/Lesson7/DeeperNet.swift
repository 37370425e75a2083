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
  let gradients = page.run {
    let labels = (0..<32).map { $0 % 10 }
    crossEntropy(simple(image), labels).backward()
    let grads = simple.namedParameters.map { ($0.name, $0.parameter.grad.abs().statistics.maximum) }
    for name in ["layers.layers.3.weight", "layers.layers.3.bias"] {
      page.show(
        "largest gradient of \(name)", Double(grads.first { $0.0 == name }?.1 ?? .nan))
    }
    return grads
  }
  let biases = gradients.filter { isConvolutionBias($0.0) }.map { Double($0.1) }
  page.check(
    "resmnist/simple/bias-gradient", "largest gradient of any bias before a batch norm",
    biases.max() ?? .nan, equals: 0, within: 1e-6,
    because: "a sum of 32-bit gradients whose exact sum is 0; each is about 1e-3, rounded at 1e-10",
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

/// "layers.layers.0.bias": the only parameters named bias are those of convolutions (batch norm has gamma and beta).
private func isConvolutionBias(_ name: String) -> Bool { name.hasSuffix(".bias") }

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
