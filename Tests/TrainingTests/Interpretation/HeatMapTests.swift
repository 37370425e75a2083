import DataPipeline
import Foundation
import NeuralNetworks
import ReferenceReader
import Tensors
import Testing
import Training

@Suite struct HeatMapTests {
  private struct Reference: Decodable {
    struct Numbers: Decodable {
      let shape: [Int]
      let values: [Float]
      var tensor: Tensor { Tensor(values, shape: shape) }
    }
    struct Maps: Decodable { let activation, paper, course, enlarged: Numbers }
    let classes: [Int]
    let images: Numbers
    let state: [String: Numbers]
    let layers: [String: Maps]
  }

  private func net() throws -> (Sequential, Reference) {
    let reference = try JSONDecoder().decode(
      Reference.self,
      from: Data(contentsOf: References.folder.appending(path: "heat_maps.json")))
    var generator = SeededGenerator(seed: 42)
    let model = Sequential(
      Convolution2d(3, 5, kernel: 3, padding: 1, using: &generator), ReLU(),
      Convolution2d(5, 6, kernel: 3, stride: 2, padding: 1, hasBias: false, using: &generator),
      BatchNorm(6), ReLU(), Flatten(), Linear(120, 3, using: &generator))
    try NameMap(identity: model).load(reference.state.mapValues(\.tensor), into: model)
    return (model, reference)
  }

  // PyTorch in Float32 is off by 7.6e-8·(1 + |value|) here; ten times that, and a little for sums in another order.
  private func close(_ a: Tensor, _ b: Tensor, _ what: String) {
    #expect(a.shape == b.shape, "\(what)")
    for (x, y) in zip(a.values, b.values) {
      #expect((x - y).magnitude <= 1e-6 * (1 + y.magnitude), "\(what): \(x), not \(y)")
    }
  }

  @Test func matchesPyTorchsHooksAtEveryLayer() throws {
    let (model, reference) = try net()
    let images = reference.images.tensor
    #expect(reference.layers.count == 3)
    for (name, maps) in reference.layers {
      let layer = try #require(model.namedModules.first { $0.name == name }?.module)
      func gradCAM(_ form: GradCAM.Form) -> HeatMap {
        HeatMap(gradCAM: model, images, classes: reference.classes, layer: layer, form: form)
      }
      close(
        HeatMap(of: model, images, layer: layer).cells, maps.activation.tensor,
        "\(name) activation")
      close(gradCAM(.paper).cells, maps.paper.tensor, "\(name) paper")
      close(gradCAM(.course).cells, maps.course.tensor, "\(name) course")
      close(gradCAM(.paper).enlarged, maps.enlarged.tensor, "\(name) enlarged")
    }
  }

  @Test func theLastConvolutionIsMeantAndTheModelStaysAsItWas() throws {
    let (model, reference) = try net()
    model.parameters[0].isFrozen = true
    let before = model.namedState.map(\.tensor.value)
    let map = HeatMap(
      gradCAM: model, reference.images.tensor, classes: reference.classes, form: .paper)
    close(map.cells, try #require(reference.layers["layers.2"]).paper.tensor, "last convolution")
    #expect(map.overImages.map(\.count) == [80, 80])
    #expect(model.namedState.map(\.tensor.value) == before)
    #expect(model.namedModules.allSatisfy { $0.module.isTraining })
    #expect(model.parameters.map(\.isFrozen) == [true] + Array(repeating: false, count: 6))
    #expect(model.parameters.allSatisfy { !$0.hasGrad })
  }

  /// On the tape and off it, with its fused operations and without, a model puts out the same.
  @Test func aWatchChangesNoOutput() throws {
    let (model, reference) = try net()
    let x = reference.images.tensor
    let watch = LayerWatch(on: model.layers[0], in: model) { model(x) }
    model.train(false)
    #expect(watch.output == model(x))
    #expect(watch.activation == model.layers[0](x))
  }
}
