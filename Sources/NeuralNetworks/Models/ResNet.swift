import Tensors

/// A residual net of blocks of two 3 × 3 convolutions: ResNet-18 and ResNet-34 (He et al. 2016, "Deep residual
/// learning for image recognition", table 1).
///
/// Input `[n, channels, h, w]`, output `[n, classes]`. Where a block changes the shape, its shortcut is a
/// 1 × 1 convolution (the paper's option B); layers, order and initial weights are torchvision's.
public final class ResNet: Module, Layer {
  public let convolution: Convolution2d
  public let norm: BatchNorm
  public let relu = ReLU()
  public let maxPool = MaxPool2d(3, stride: 2, padding: 1)
  public let stages: [Sequential]
  public let averagePool = GlobalAveragePool()
  public let head: Linear

  /// `blocks` in each stage, and the stages' `widths` in channels.
  public init(
    blocks: [Int], widths: [Int] = [64, 128, 256, 512], channels: Int = 3, classes: Int,
    using generator: inout some RandomNumberGenerator, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    expect(
      !blocks.isEmpty && blocks.count == widths.count,
      "ResNet expects a width for each stage, got \(blocks) and \(widths)", file: file, line: line)
    expectSizes(blocks, "blocks of each stage", of: "ResNet", file: file, line: line)
    expectSizes([channels, classes], "channels and classes", of: "ResNet", file: file, line: line)
    expectWidths(widths, "widths", of: "ResNet", file: file, line: line)
    var width = widths[0]
    convolution = Convolution2d(
      channels, width, kernel: 7, stride: 2, padding: 3, hasBias: false, using: &generator)
    norm = BatchNorm(width)
    var stages: [Sequential] = []
    for (stage, count) in blocks.enumerated() {
      var layers: [BasicBlock] = []
      for block in 0..<count {
        let stride = stage > 0 && block == 0 ? 2 : 1
        layers.append(BasicBlock(width, widths[stage], stride: stride, using: &generator))
        width = widths[stage]
      }
      stages.append(Sequential(layers))
    }
    self.stages = stages
    head = Linear(width, classes, using: &generator)
    super.init()
    // Counted over the filters, not the channels: gradients keep their size on the way back.
    for case (_, let layer as Convolution2d) in namedModules {
      let shape = layer.weight.shape
      layer.weight = .heNormal(
        shape, inputs: shape[0] * shape[2] * shape[3], using: &generator)
    }
  }

  public static func resNet18(
    channels: Int = 3, classes: Int = 1000, using generator: inout some RandomNumberGenerator,
    file: StaticString = #fileID, line: UInt = #line
  ) -> ResNet {
    ResNet(
      blocks: [2, 2, 2, 2], channels: channels, classes: classes, using: &generator, file: file,
      line: line)
  }

  public static func resNet34(
    channels: Int = 3, classes: Int = 1000, using generator: inout some RandomNumberGenerator,
    file: StaticString = #fileID, line: UInt = #line
  ) -> ResNet {
    ResNet(
      blocks: [3, 4, 6, 3], channels: channels, classes: classes, using: &generator, file: file,
      line: line)
  }

  /// Everything before the pooling and the head: an encoder for a U-Net.
  public var body: [any Layer] { [convolution, norm, relu, maxPool] + stages }

  public func forward(_ x: Tensor) -> Tensor {
    head(averagePool(run(body, on: x)))
  }

  /// The names of torchvision's resnet18 and resnet34.
  public var torchvisionNames: NameMap {
    NameMap(
      self,
      renaming: stages.indices.map { ("stages.\($0).layers", "layer\($0 + 1)") }
        + [("convolution", "conv1"), ("norm", "bn1"), ("head", "fc")] + Self.blockNames)
  }

  /// Of the parts of a block.
  public static let blockNames = [
    ("convolution1", "conv1"), ("norm1", "bn1"), ("convolution2", "conv2"), ("norm2", "bn2"),
    ("shortcut.layers", "downsample"),
  ]

  /// y = relu(x + F(x)), F(x) = norm(conv(relu(norm(conv(x))))) (figure 2).
  public final class BasicBlock: Module, Layer {
    public let convolution1: Convolution2d
    public let norm1: BatchNorm
    public let convolution2: Convolution2d
    public let norm2: BatchNorm
    /// Brings x to the shape of F(x), where they differ.
    public let shortcut: Sequential?

    public init(
      _ channels: Int, _ filters: Int, stride: Int = 1,
      using generator: inout some RandomNumberGenerator, file: StaticString = #fileID,
      line: UInt = #line
    ) {
      expectSizes(
        [channels, filters, stride], "channels, filters and stride", of: "BasicBlock", file: file,
        line: line)
      convolution1 = Convolution2d(
        channels, filters, kernel: 3, stride: stride, padding: 1, hasBias: false, using: &generator)
      norm1 = BatchNorm(filters)
      convolution2 = Convolution2d(
        filters, filters, kernel: 3, padding: 1, hasBias: false, using: &generator)
      norm2 = BatchNorm(filters)
      shortcut =
        stride == 1 && channels == filters
        ? nil
        : Sequential(
          Convolution2d(
            channels, filters, kernel: 1, stride: stride, hasBias: false, using: &generator),
          BatchNorm(filters))
    }

    public func forward(_ x: Tensor) -> Tensor {
      let hidden = norm1.relu(convolution1(x))
      return ((shortcut?(x) ?? x) + norm2(convolution2(hidden))).relu()
    }
  }
}
