import Tensors

/// A U-Net on any encoder: down as the encoder goes, then up again, and at each size the encoder's output is
/// put beside what comes from below (Ronneberger et al. 2015; in the form of fastai's DynamicUnet).
///
/// Input `[n, channels, h, w]`, output `[n, classes, h, w]`. A trial pass finds where the encoder changes the
/// size; its last output before each change is a cross connection. Upwards, sizes grow by pixel shuffle. Unlike
/// the paper, convolutions are padded, so that nothing is cropped, and normalised. Unlike fastai, there is no
/// weight normalisation, no self-attention and no blur, and the last convolution has a bias instead of a batch
/// norm.
public final class UNet: Module, Layer {
  public let encoder: [any Layer]
  public let norm: BatchNorm
  public let bottom: Convolutions
  public let ups: [Up]
  /// Back to the size of the input, where the encoder's first layer has left it.
  public let lastUp: PixelShuffle?
  public let last: Convolutions
  public let head: Convolution2d
  /// Which of the encoder's outputs are cross connections, from the bottom up.
  public let crossings: [Int]

  /// `size`: of an image for the trial pass; images of other sizes work too.
  public init(
    encoder: [any Layer], channels: Int = 3, classes: Int, size: (height: Int, width: Int),
    using generator: inout some RandomNumberGenerator, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    expectSizes(
      [channels, classes, size.height, size.width], "channels, classes, height and width",
      of: "UNet", file: file, line: line)
    var shapes = [[1, channels, size.height, size.width]]
    for layer in encoder { shapes.append(ModelTrace(layer, on: .zeros(shapes.last!)).output) }
    let input = shapes.removeFirst()
    let crossings = shapes.indices.dropLast().filter {
      shapes[$0].suffix(2) != shapes[$0 + 1].suffix(2)
    }
    expect(
      !crossings.isEmpty && shapes.allSatisfy { $0.count == 4 },
      "UNet expects an encoder that makes images smaller, got \(shapes)", file: file, line: line)
    self.encoder = encoder
    self.crossings = crossings.reversed()

    var width = shapes.last![1]
    norm = BatchNorm(width)
    bottom = Convolutions([width, 2 * width, width], using: &generator)
    var ups: [Up] = []
    for (i, crossing) in self.crossings.enumerated() {
      let isLast = i + 1 == crossings.count
      let up = Up(width, cross: shapes[crossing][1], halves: isLast, using: &generator)
      ups.append(up)
      width = up.filters
    }
    self.ups = ups
    lastUp =
      shapes[0].suffix(2) == input.suffix(2)
      ? nil : PixelShuffle(width, width, using: &generator)
    width += channels
    last = Convolutions([width, width, width], using: &generator)
    head = Convolution2d(width, classes, kernel: 1, using: &generator)
  }

  public func forward(_ image: Tensor) -> Tensor {
    var x = image
    var outputs: [Tensor] = []
    for layer in encoder {
      x = layer(x)
      outputs.append(x)
    }
    x = bottom(norm.relu(x))
    for (up, crossing) in zip(ups, crossings) { x = up(x, outputs[crossing]) }
    x = concatenate([(lastUp?(x) ?? x).resized(as: image), image], axis: 1)
    return head(x + last(x))
  }

  /// From below and from the side: grow, put side by side, two convolutions.
  public final class Up: Module {
    public let shuffle: PixelShuffle
    public let norm: BatchNorm
    public let convolutions: Convolutions
    let filters: Int

    init(
      _ channels: Int, cross: Int, halves: Bool, using generator: inout some RandomNumberGenerator
    ) {
      shuffle = PixelShuffle(channels, channels / 2, using: &generator)
      norm = BatchNorm(cross)
      let width = channels / 2 + cross
      filters = halves ? width / 2 : width
      convolutions = Convolutions([width, filters, filters], using: &generator)
    }

    public func callAsFunction(_ x: Tensor, _ cross: Tensor) -> Tensor {
      expect(
        x.rank == 4 && cross.rank == 4,
        "UNet.Up expects two tensors [n, channels, h, w], got \(x.shape) and \(cross.shape)")
      return traced(x, cross) {
        let grown = shuffle(x).resized(as: cross)
        return convolutions(concatenate([grown, norm(cross)], axis: 1).relu())
      }
    }
  }

  /// Twice a 3 × 3 convolution, ReLU and batch norm, in fastai's order.
  public final class Convolutions: Module, Layer {
    public let convolution1: Convolution2d
    public let norm1: BatchNorm
    public let convolution2: Convolution2d
    public let norm2: BatchNorm

    /// `widths`: channels before, between and after.
    init(_ widths: [Int], using generator: inout some RandomNumberGenerator) {
      convolution1 = Convolution2d(
        widths[0], widths[1], kernel: 3, padding: 1, hasBias: false, using: &generator)
      norm1 = BatchNorm(widths[1])
      convolution2 = Convolution2d(
        widths[1], widths[2], kernel: 3, padding: 1, hasBias: false, using: &generator)
      norm2 = BatchNorm(widths[2])
    }

    public func forward(_ x: Tensor) -> Tensor {
      norm2(convolution2(norm1(convolution1(x).relu())).relu())
    }
  }
}

extension Tensor {
  /// Of the height and width of another image: odd sizes do not come back by doubling.
  fileprivate func resized(as other: Tensor) -> Tensor {
    shape.suffix(2) == other.shape.suffix(2)
      ? self : resizedNearest((height: other.shape[2], width: other.shape[3]))
  }
}
