import Foundation
import NeuralNetworks
import Tensors
import Testing
import Training

/// Three steps of the course's image nets beside PyTorch's: Tests/References/image_nets.json.
@Suite struct ImageNetReferenceTests {
  struct Reference: Decodable {
    let losses: [Double]
    let after: Double
    let float32Deviation: Double
  }

  /// The stream of numbers that image_nets.py describes.
  struct Stream {
    var state: UInt32 = 1

    mutating func take(_ shape: [Int], _ f: (Double) -> Double = { $0 }) -> Tensor {
      Tensor(
        (0..<shape.reduce(1, *)).map { _ in
          state = state &* 1_664_525 &+ 1_013_904_223
          return Float(f(Double(state) / 0x1p31 - 1))
        }, shape: shape)
    }
  }

  private func reference(_ name: String) throws -> Reference {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../References/image_nets.json")
    struct File: Decodable {
      let simple: Reference
      let layers: Reference
      let residual: Reference
    }
    let all = try JSONDecoder().decode(File.self, from: Data(contentsOf: file))
    return name == "simple" ? all.simple : name == "layers" ? all.layers : all.residual
  }

  private func losses(_ model: any Layer) -> [Double] {
    var stream = Stream()
    let x = stream.take([16, 1, 28, 28])
    let labels = (0..<16).map { $0 % 10 }
    for (_, module) in model.namedModules {
      if let layer = module as? Convolution2d {
        let shape = layer.weight.shape
        let bound = (6 / Double(shape[1...].reduce(1, *))).squareRoot()
        layer.weight = stream.take(shape) { bound * $0 }
        if let bias = layer.bias { bias.value = stream.take(bias.value.shape) { 0.1 * $0 } }
      } else if let norm = module as? BatchNorm {
        norm.gamma = stream.take(norm.gamma.shape) { 1 + 0.5 * $0 }
        norm.beta = stream.take(norm.beta.shape) { 0.1 * $0 }
      }
    }
    let optimizer = SGD(model.parameters, learningRate: 0.05)
    var losses: [Double] = []
    for _ in 0..<3 {
      optimizer.zeroGrad()
      let loss = crossEntropy(model(x), labels)
      loss.backward()
      optimizer.step()
      losses.append(Double(loss.item))
    }
    model.train(false)
    return losses + [Double(crossEntropy(model(x), labels).item)]
  }

  @Test(arguments: ["simple", "layers", "residual"])
  func threeStepsGivePyTorchsLosses(_ name: String) throws {
    var generator = SeededGenerator(seed: 42)
    let model: any Layer =
      switch name {
      case "simple": SimpleCNN(using: &generator)
      case "layers": ConvLayerCNN(using: &generator)
      default: SmallResNet(using: &generator)
      }
    let reference = try reference(name)
    // Ten times what PyTorch itself is off in Float32, which sums in another order than we do.
    let tolerance = 10 * reference.float32Deviation
    #expect(reference.losses.count == 3)
    for (ours, theirs) in zip(losses(model), reference.losses + [reference.after]) {
      #expect(abs(ours - theirs) <= tolerance, "\(ours) beside \(theirs)")
    }
  }
}
