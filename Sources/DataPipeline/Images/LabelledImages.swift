import Kernels
import Tensors

/// A batch: images as rows of numbers, and their labels.
public struct LabelledBatch {
  /// `[batch, height·width]`, each pixel divided by the set's largest.
  public let images: Tensor
  public let labels: [Int]
}

/// Grey images of one size with a class each, kept as bytes and turned into numbers a batch at a time.
public struct LabelledImages: Sendable {
  public let name: String
  public let height: Int
  public let width: Int
  public let classes: Int
  /// The byte that stands for white.
  public let white: UInt8
  public let pixels: [UInt8]
  public let labels: [Int]

  public var count: Int { labels.count }
  public var inputs: Int { height * width }

  /// The images of a range, in the same order.
  public subscript(range: Range<Int>) -> LabelledImages {
    LabelledImages(
      name: name, height: height, width: width, classes: classes, white: white,
      pixels: Array(pixels[(range.lowerBound * inputs)..<(range.upperBound * inputs)]),
      labels: Array(labels[range]))
  }

  /// The images with the given numbers, in that order, as a set of its own.
  public func sample(_ numbers: some Collection<Int>) -> LabelledImages {
    LabelledImages(
      name: name, height: height, width: width, classes: classes, white: white,
      pixels: numbers.flatMap { pixels[($0 * inputs)..<(($0 + 1) * inputs)] },
      labels: numbers.map { labels[$0] })
  }

  /// The images with the given numbers, in that order, as numbers.
  public func batch(_ numbers: some Collection<Int>) -> LabelledBatch {
    let images = Tensor(unfilled: [numbers.count, inputs])
    var target = images.start
    pixels.withUnsafeBufferPointer { pixels in
      guard let base = pixels.baseAddress else { return }
      for number in numbers {
        Kernels.convert(
          base + number * inputs, dividedBy: Float(white), into: MutablePointer(mutating: target),
          inputs)
        target += inputs
      }
    }
    return LabelledBatch(images: images, labels: numbers.map { labels[$0] })
  }

  /// All of them in one batch.
  public var all: LabelledBatch { batch(0..<count) }

  /// Batches in a new random order, to train on; a last one follows the rule of `LastBatch`.
  public func batches(
    of size: Int, using generator: inout some RandomNumberGenerator
  ) -> some Sequence<LabelledBatch> {
    let kept = LastBatch.itemsPerEpoch(count, batchesOf: size)
    return batches(Array(Array(0..<count).shuffled(using: &generator).prefix(kept)), size)
  }

  /// How many batches in a random order an epoch has.
  public func stepsPerEpoch(batchesOf size: Int) -> Int {
    LastBatch.stepsPerEpoch(count, batchesOf: size)
  }

  /// Batches in the order of the file; the last may be short.
  public func batches(of size: Int) -> some Sequence<LabelledBatch> {
    batches(Array(0..<count), size)
  }

  private func batches(_ order: [Int], _ size: Int) -> some Sequence<LabelledBatch> {
    expect(size > 0, "LabelledImages.batches expects a size of 1 or more, got \(size)")
    return stride(from: 0, to: order.count, by: size).lazy.map { start in
      batch(order[start..<Swift.min(start + size, order.count)])
    }
  }
}
