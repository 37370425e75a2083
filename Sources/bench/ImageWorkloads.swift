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
    let model = ResNet.resNet18(classes: 37, using: &generator)
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
