import Foundation
import Testing
import Unrolled

private let folder = ProcessInfo.processInfo.environment["REAL_DATA"]

/// Real pictures through the data block to a trained net, beside PyTorch (Tests/References/tiny_images.py, ten seeds, the
/// same settings). Means of our seeds and of PyTorch's agree if they lie within three standard errors of their
/// difference: with other processors' rounding every training is another draw, and of 370 such pairs one lies outside.
@Suite(.serialized, .enabled(if: folder != nil)) struct RealDataImageTests {
  private func path(_ name: String) -> String { (folder ?? "") + "/" + name }

  /// 3 or 7 from PNG files in folders. The course's figure for this set is .99, with a larger net that had been trained before.
  @Test func mnistTiny() throws {
    let stage = try ImageList.from(path("mnist_tiny"))
      .inFolders(["train", "valid"])
      .splitByFolder()
      .labelledByFolder()
      .withTest(ImageList.from(path("mnist_tiny/test")))
      .transformed(channels: 1)
    #expect(stage.kind.names == ["3", "7"])
    #expect(stage.train.items.count == 709 && stage.valid.items.count == 699)
    #expect(stage.test.items.count == 20)
    let data = try stage.batches(of: 64).normalised()
    let accuracies = try (0..<5).map { seed in
      var generator = SeededGenerator(seed: UInt64(seed))
      var layers: [any Layer] = []
      for (channels, filters) in [(1, 8), (8, 16), (16, 32)] {
        layers += [
          Convolution2d(channels, filters, kernel: 3, stride: 2, padding: 1, using: &generator),
          BatchNorm(filters), ReLU(),
        ]
      }
      layers += [GlobalAveragePool(), Linear(32, 2, using: &generator)]
      let model = Sequential(layers)
      try train(model, 10, 0.01, steps: 12, seed, data.train) {
        crossEntropy(model($0.images), $0.labels)
      }
      let valid = data.valid.map { ($0.labels, predict(model, $0.images)) }
      return accuracy(concatenate(valid.map(\.1)), valid.flatMap(\.0))
    }
    try compare("mnist_tiny", accuracies)
  }

  /// Streets of Cambridge with the class of each pixel. Every fifth picture is for validation; since many follow each other
  /// in time, that is an easy split.
  @Test func camVidTiny() throws {
    let codes = try Masks.codes(in: path("camvid_tiny/codes.txt"))
    let data = try ImageList.from(path("camvid_tiny/images"))
      .split(validAt: stride(from: 0, to: 100, by: 5))
      .labelledByMask(codes: codes, void: "Void") {
        "../labels/" + $0.name.replacing(".png", with: "_P.png")
      }
      .transformed()
      .batches(of: 8)
      .normalised()
    let void = try #require(data.stage.kind.void)
    let accuracies = try (0..<5).map { seed in
      var generator = SeededGenerator(seed: UInt64(seed))
      let encoder = ResNet(
        blocks: [1, 1, 1], widths: [16, 32, 64], classes: 1, using: &generator)
      let model = UNet(
        encoder: encoder.body, classes: codes.count, size: (96, 128), using: &generator)
      try train(model, 12, 0.005, steps: 10, seed, data.train) {
        crossEntropy(pixels: model($0.images), $0.labels)
      }
      let valid = data.valid.map { ($0.labels, predict(model, $0.images)) }
      return pixelAccuracy(concatenate(valid.map(\.1)), valid.flatMap(\.0), void: void)
    }
    let reference = try compare("camvid_tiny", accuracies)
    // What naming the most frequent class everywhere would reach.
    let baseline = try #require(reference["baseline"] as? Double)
    #expect(accuracies.allSatisfy { $0 > 2 * baseline })
  }

  private func train<Batch>(
    _ model: Module, _ epochs: Int, _ rate: Double, steps: Int, _ seed: Int,
    _ batches: @escaping (inout SeededGenerator) -> AnySequence<Batch>,
    loss: @escaping (Batch) -> Tensor
  ) throws {
    let optimizer = Adam(
      model.parameters, learningRate: rate, beta2: 0.99, weightDecay: .decoupled(0.01))
    let loop = TrainingLoop(
      model, optimizer: optimizer, seed: UInt64(seed), batches: batches, loss: loss)
    try loop.fit(epochs: epochs, schedule: OneCycle(maximum: rate, steps: epochs * steps))
    #expect(loop.record.losses.count == epochs * steps)
  }

  private func predict(_ model: any Layer, _ images: Tensor) -> Tensor {
    model.train(false)
    return withoutGradients { model(images) }
  }

  /// Our mean and spread beside PyTorch's.
  @discardableResult private func compare(
    _ name: String, _ ours: [Double]
  ) throws -> [String: Any] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "References/tiny_images.json")
    let all = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    let reference = try #require(all?[name] as? [String: Any])
    let runs = try #require(reference["runs"] as? [[String: Any]])
    let theirs = runs.compactMap { $0["accuracy"] as? Double }
    func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }
    func variance(_ x: [Double]) -> Double {
      x.reduce(0) { $0 + ($1 - mean(x)) * ($1 - mean(x)) } / Double(x.count - 1)
    }
    let difference = mean(ours) - mean(theirs)
    let error = (variance(ours) / Double(ours.count) + variance(theirs) / Double(theirs.count))
      .squareRoot()
    print(
      name, "accuracy", ours, "mean", mean(ours), "deviation", variance(ours).squareRoot(),
      "PyTorch", mean(theirs), variance(theirs).squareRoot(), "standard errors apart",
      difference / error)
    #expect(abs(difference) < 3 * error)
    return reference
  }
}
