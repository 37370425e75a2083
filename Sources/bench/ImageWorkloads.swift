import NeuralNetworks
import Tensors
import Training

extension Workload {
  /// Lesson 7: five convolutions of stride 2 with batch norm and ReLU, 28 × 28 digits.
  static func plainCNN() -> Workload {
    var generator = SeededGenerator(seed: 0)
    let model = Sequential(
      block(1, 8, using: &generator), block(8, 16, using: &generator),
      block(16, 32, using: &generator), block(32, 16, using: &generator),
      block(16, 10, using: &generator))
    return digits(model)
  }

  /// Lesson 7: a residual block after each of the first four.
  static func resnet() -> Workload {
    var generator = SeededGenerator(seed: 0)
    let model = Sequential(
      block(1, 8, using: &generator), Residual(8, using: &generator),
      block(8, 16, using: &generator), Residual(16, using: &generator),
      block(16, 32, using: &generator), Residual(32, using: &generator),
      block(32, 16, using: &generator), Residual(16, using: &generator),
      block(16, 10, using: &generator))
    return digits(model)
  }

  private static func digits(_ model: Sequential) -> Workload {
    let (x, y) = (input([64, 1, 28, 28], seed: 100), labels(64, below: 10, seed: 101))
    return Workload(Adam(model.parameters, learningRate: 1e-2), model.weights) {
      crossEntropy(model(x).reshaped([64, 10]), y)
    }
  }

  /// Lesson 1: ResNet-18 on 64 × 64 colour images.
  static func resnet18() -> Workload {
    var generator = SeededGenerator(seed: 0)
    let model = ResNet18(classes: 37, using: &generator)
    let (x, y) = (input([16, 3, 64, 64], seed: 100), labels(16, below: 37, seed: 101))
    return Workload(Adam(model.parameters, learningRate: 1e-3), model.weights) {
      crossEntropy(model(x), y)
    }
  }

  /// Lesson 3: three levels, concatenated skips, pixel shuffle up.
  static func unet() -> Workload {
    var generator = SeededGenerator(seed: 0)
    let model = ThreeLevelUNet(16, classes: 8, using: &generator)
    let (x, y) = (input([8, 3, 64, 64], seed: 100), labels(8 * 64 * 64, below: 8, seed: 101))
    return Workload(Adam(model.parameters, learningRate: 1e-3), model.weights) {
      crossEntropy(pixels: model(x), y)
    }
  }
}

/// Convolution 3 × 3 without bias, batch norm, ReLU.
private func block(
  _ channels: Int, _ filters: Int, stride: Int = 2,
  using generator: inout some RandomNumberGenerator
) -> Sequential {
  Sequential(
    Convolution2d(
      channels, filters, kernel: 3, stride: stride, padding: 1, hasBias: false, using: &generator),
    BatchNorm(filters), ReLU())
}

/// x + block(block(x))
private final class Residual: Module, Layer {
  let first: Sequential
  let second: Sequential

  init(_ channels: Int, using generator: inout some RandomNumberGenerator) {
    first = block(channels, channels, stride: 1, using: &generator)
    second = block(channels, channels, stride: 1, using: &generator)
  }

  func forward(_ x: Tensor) -> Tensor { x + second(first(x)) }
}

/// ResNet-18 (He et al. 2015, table 1).
private final class ResNet18: Module, Layer {
  final class Block: Module, Layer {
    let first: Sequential
    let second: Sequential
    let shortcut: Sequential?

    init(_ channels: Int, _ filters: Int, _ stride: Int, using generator: inout SeededGenerator) {
      first = block(channels, filters, stride: stride, using: &generator)
      second = Sequential(
        Convolution2d(
          filters, filters, kernel: 3, padding: 1, hasBias: false, using: &generator),
        BatchNorm(filters))
      shortcut =
        stride == 1 && channels == filters
        ? nil
        : Sequential(
          Convolution2d(
            channels, filters, kernel: 1, stride: stride, hasBias: false, using: &generator),
          BatchNorm(filters))
    }

    func forward(_ x: Tensor) -> Tensor {
      (second(first(x)) + (shortcut.map { $0(x) } ?? x)).relu()
    }
  }

  let stem: Sequential
  let blocks: [Block]
  let head: Linear

  init(classes: Int, using generator: inout SeededGenerator) {
    stem = Sequential(
      Convolution2d(3, 64, kernel: 7, stride: 2, padding: 3, hasBias: false, using: &generator),
      BatchNorm(64), ReLU())
    var blocks: [Block] = []
    var channels = 64
    for (filters, stride) in [(64, 1), (128, 2), (256, 2), (512, 2)] {
      blocks.append(Block(channels, filters, stride, using: &generator))
      blocks.append(Block(filters, filters, 1, using: &generator))
      channels = filters
    }
    self.blocks = blocks
    head = Linear(512, classes, using: &generator)
  }

  func forward(_ x: Tensor) -> Tensor {
    var x = stem(x).maxPool2d(3, stride: 2, padding: 1)
    for block in blocks { x = block(x) }
    return head(x.mean(axes: [2, 3]))
  }
}

/// A U-Net of three levels (Ronneberger et al. 2015) with pixel shuffle on the way up.
private final class ThreeLevelUNet: Module, Layer {
  let down: [Sequential]
  let up2: Convolution2d
  let up1: Convolution2d
  let join2: Sequential
  let join1: Sequential
  let out: Convolution2d

  init(_ c: Int, classes: Int, using generator: inout SeededGenerator) {
    func two(_ channels: Int, _ filters: Int, _ generator: inout SeededGenerator) -> Sequential {
      Sequential(
        block(channels, filters, stride: 1, using: &generator),
        block(filters, filters, stride: 1, using: &generator))
    }
    down = [
      two(3, c, &generator), two(c, 2 * c, &generator), two(2 * c, 4 * c, &generator),
    ]
    up2 = Convolution2d(4 * c, 8 * c, kernel: 1, using: &generator)
    up1 = Convolution2d(2 * c, 4 * c, kernel: 1, using: &generator)
    join2 = two(4 * c, 2 * c, &generator)
    join1 = two(2 * c, c, &generator)
    out = Convolution2d(c, classes, kernel: 1, using: &generator)
  }

  func forward(_ x: Tensor) -> Tensor {
    let a = down[0](x)
    let b = down[1](a.maxPool2d(2))
    var z = down[2](b.maxPool2d(2))
    z = join2(concatenate([up2(z).pixelShuffled(2), b], axis: 1))
    z = join1(concatenate([up1(z).pixelShuffled(2), a], axis: 1))
    return out(z)
  }
}
