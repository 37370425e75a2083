import DataPipeline
import Foundation
import NeuralNetworks
import Tensors
import Training

/// An epoch over 2,000 JPEG files of 128 × 128 pixels, each turned, zoomed, warped, lit and mirrored by chance.
///
/// `Tests/Benchmarks/torch_pictures.py` does the same with PyTorch's DataLoader and Pillow on the same files.
struct PictureEpoch {
  static let count = 2000
  static let side = 128
  static let batchSize = 64

  let folder: String
  /// Threads that read and transform, and those of the training.
  let threads: Int

  /// Makes the files that the folder lacks: the same ones everywhere, up to the version of libjpeg.
  func makeFiles() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for number in 0..<Self.count {
      let path = Self.path(folder, number)
      if FileManager.default.fileExists(atPath: path) { continue }
      try Self.picture(number).writeJPEG(path, quality: 90)
    }
  }

  private static func path(_ folder: String, _ number: Int) -> String {
    String(format: "%@/%04d.jpg", folder, number)
  }

  /// Something like a photograph to a JPEG coder: waves of all lengths, longer ones stronger, two edges and a grain.
  private static func picture(_ number: Int) -> Image {
    var generator = SeededGenerator(seed: UInt64(number))
    func uniform(_ low: Double, _ high: Double) -> Double {
      .random(in: low...high, using: &generator)
    }
    let waves = (0..<24).map { k -> (x: Double, y: Double, phase: Double, colour: [Double]) in
      let frequency = 0.03 * Double(k + 1)
      let angle = uniform(0, 2 * .pi)
      let strength = 40 / Double(k + 1).squareRoot()
      return (
        frequency * cos(angle), frequency * sin(angle), uniform(0, 2 * .pi),
        (0..<3).map { _ in strength * uniform(0.2, 1) }
      )
    }
    let base = (0..<3).map { _ in uniform(70, 180) }
    let (edgeX, edgeY) = (uniform(20, 108), uniform(20, 108))
    var pixels: [UInt8] = []
    pixels.reserveCapacity(side * side * 3)
    for y in 0..<side {
      for x in 0..<side {
        let step: Double = (Double(x) > edgeX ? 25 : -25) + (Double(y) > edgeY ? 20 : -20)
        let heights = waves.map { sin($0.x * Double(x) + $0.y * Double(y) + $0.phase) }
        for c in 0..<3 {
          let sum = zip(waves, heights).reduce(base[c] + step) { $0 + $1.0.colour[c] * $1.1 }
          pixels.append(UInt8(min(max(sum + uniform(-6, 6), 0), 255)))
        }
      }
    }
    return Image(width: side, height: side, channels: 3, pixels: pixels)
  }

  private func batches(epoch: Int) throws -> ImageBatches<Int> {
    let folder = folder
    let transforms = ImageTransforms(
      ImageTransforms.usual(), size: Self.side, padding: .reflection)
    var generator = SeededGenerator(seed: UInt64(epoch))
    return try ImageBatches(
      Array(0..<Self.count).shuffled(using: &generator), batchSize: Self.batchSize,
      transforms: transforms, seed: 42, epoch: epoch, threads: threads
    ) { number in
      let path = Self.path(folder, number)
      return ImageSample(try Image(contentsOf: path, channels: 3), number % 10, name: path)
    }
  }

  /// Seconds of an epoch whose batches nobody uses.
  func alone(epoch: Int) throws -> Double {
    let batches = try batches(epoch: epoch)
    var pictures = 0
    while let batch = try batches.next() { pictures += batch.images.shape[0] }
    guard pictures == Self.count else { throw DataError("only \(pictures) pictures came") }
    return batches.seconds
  }

  /// Seconds of an epoch that trains a small net, and the share of them in which it waits for pictures; with `isFed`, all
  /// batches are one and the same and cost nothing.
  func training(epoch: Int, isFed: Bool = false) throws -> (seconds: Double, shareWaited: Double) {
    var generator = SeededGenerator(seed: 0)
    let model = Sequential(
      ConvLayer(3, 16, stride: 2, using: &generator),
      ConvLayer(16, 32, stride: 2, using: &generator),
      ConvLayer(32, 64, stride: 2, using: &generator), GlobalAveragePool(),
      Linear(64, 10, using: &generator))
    let optimizer = Adam(model.parameters, learningRate: 1e-3)
    func step(_ batch: ImageBatch<Int>) {
      optimizer.zeroGrad()
      crossEntropy(model(batch.images), batch.targets).backward()
      optimizer.step()
    }
    let batches = try batches(epoch: epoch)
    if isFed {
      guard let batch = try batches.next() else { return (0, 0) }
      batches.cancel()
      let start = ContinuousClock.now
      for _ in 0..<(Self.count / Self.batchSize + 1) { step(batch) }
      return ((ContinuousClock.now - start) / .seconds(1), 0)
    }
    while let batch = try batches.next() { step(batch) }
    return (batches.seconds, batches.shareWaited)
  }
}
