import Tensors

/// A densely connected net: each layer sees the outputs of all layers before it in its block, side by side
/// (Huang et al. 2017, "Densely connected convolutional networks", table 1: DenseNet-BC).
///
/// Input `[n, channels, h, w]`, output `[n, classes]`. A layer adds `growth` channels; between blocks a
/// transition halves channels and size. Layers, order and initial weights are torchvision's; no dropout.
public final class DenseNet: Module, Layer {
  public let firstConvolution: Convolution2d
  public let firstNorm: BatchNorm
  public let maxPool = MaxPool2d(3, stride: 2, padding: 1)
  public let blocks: [Sequential]
  public let transitions: [Transition]
  public let lastNorm: BatchNorm
  public let averagePool = GlobalAveragePool()
  public let head: Linear

  /// `layers` in each block; `width` channels before the first.
  public init(
    layers: [Int], growth: Int = 32, width: Int = 64, channels: Int = 3, classes: Int,
    using generator: inout some RandomNumberGenerator, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    expect(!layers.isEmpty, "DenseNet expects at least one block", file: file, line: line)
    expectSizes(layers, "layers of each block", of: "DenseNet", file: file, line: line)
    expectSizes(
      [channels, classes], "channels and classes", of: "DenseNet", file: file, line: line)
    expectWidths([growth, width], "growth and width", of: "DenseNet", file: file, line: line)
    firstConvolution = Convolution2d(
      channels, width, kernel: 7, stride: 2, padding: 3, hasBias: false, using: &generator)
    firstNorm = BatchNorm(width)
    var width = width
    var blocks: [Sequential] = []
    var transitions: [Transition] = []
    for (i, count) in layers.enumerated() {
      var block: [DenseLayer] = []
      for _ in 0..<count {
        block.append(DenseLayer(width, growth: growth, using: &generator))
        width += growth
      }
      blocks.append(Sequential(block))
      guard i + 1 < layers.count else { break }
      transitions.append(Transition(width, width / 2, using: &generator))
      width /= 2
    }
    self.blocks = blocks
    self.transitions = transitions
    lastNorm = BatchNorm(width)
    head = Linear(width, classes, using: &generator)
    super.init()
    for case (_, let layer as Convolution2d) in namedModules {
      let shape = layer.weight.shape
      layer.weight = .heNormal(
        shape, inputs: shape[1] * shape[2] * shape[3], using: &generator)
    }
    head.bias = .zeros([classes])
  }

  public static func denseNet121(
    channels: Int = 3, classes: Int = 1000, using generator: inout some RandomNumberGenerator,
    file: StaticString = #fileID, line: UInt = #line
  ) -> DenseNet {
    DenseNet(
      layers: [6, 12, 24, 16], channels: channels, classes: classes, using: &generator,
      file: file, line: line)
  }

  public func forward(_ x: Tensor) -> Tensor {
    var x = maxPool(firstNorm.relu(firstConvolution(x)))
    for (i, block) in blocks.enumerated() {
      x = block(x)
      if i < transitions.count { x = transitions[i](x) }
    }
    return head(averagePool(lastNorm.relu(x)))
  }

  /// The names of torchvision's densenet121.
  public var torchvisionNames: NameMap {
    var renaming: [(String, String)] = []
    for (i, block) in blocks.enumerated() {
      for j in block.layers.indices {
        renaming.append(
          ("blocks.\(i).layers.\(j)", "features.denseblock\(i + 1).denselayer\(j + 1)"))
      }
    }
    renaming += transitions.indices.map { ("transitions.\($0)", "features.transition\($0 + 1)") }
    renaming += [
      ("firstConvolution", "features.conv0"), ("firstNorm", "features.norm0"),
      ("convolution1", "conv1"), ("convolution2", "conv2"), ("convolution", "conv"),
      ("lastNorm", "features.norm5"), ("head", "classifier"),
    ]
    return NameMap(self, renaming: renaming)
  }

  /// cat[x, conv3×3(relu(norm(conv1×1(relu(norm(x))))))]: the 1 × 1 convolution narrows all channels so far
  /// to 4 · growth (the B of DenseNet-BC).
  public final class DenseLayer: Module, Layer {
    public let norm1: BatchNorm
    public let convolution1: Convolution2d
    public let norm2: BatchNorm
    public let convolution2: Convolution2d

    init(_ channels: Int, growth: Int, using generator: inout some RandomNumberGenerator) {
      norm1 = BatchNorm(channels)
      convolution1 = Convolution2d(
        channels, 4 * growth, kernel: 1, hasBias: false, using: &generator)
      norm2 = BatchNorm(4 * growth)
      convolution2 = Convolution2d(
        4 * growth, growth, kernel: 3, padding: 1, hasBias: false, using: &generator)
    }

    public func forward(_ x: Tensor) -> Tensor {
      let narrow = convolution1(norm1.relu(x))
      return concatenate([x, convolution2(norm2.relu(narrow))], axis: 1)
    }
  }

  /// Halves the size, and the channels (the C of DenseNet-BC).
  public final class Transition: Module, Layer {
    public let norm: BatchNorm
    public let convolution: Convolution2d
    public let pool = AveragePool2d(2)

    init(_ channels: Int, _ filters: Int, using generator: inout some RandomNumberGenerator) {
      norm = BatchNorm(channels)
      convolution = Convolution2d(channels, filters, kernel: 1, hasBias: false, using: &generator)
    }

    public func forward(_ x: Tensor) -> Tensor { pool(convolution(norm.relu(x))) }
  }
}
