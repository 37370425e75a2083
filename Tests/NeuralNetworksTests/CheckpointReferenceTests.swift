import Foundation
import NeuralNetworks
import ReferenceReader
import Tensors
import Testing

/// Checkpoints that PyTorch wrote give PyTorch's outputs (`Tests/References/checkpoints.py`).
@Suite struct CheckpointReferenceTests {
  private struct Outputs: Decodable {
    struct Numbers: Decodable {
      let shape: [Int]
      let values: [Float]
      var tensor: Tensor { Tensor(values, shape: shape) }
    }
    struct Net: Decodable {
      let widths: [Int]
      let classes: Int
      let input, output: Numbers
    }
    struct Recurrent: Decodable {
      let inputs, hidden, layers: Int
      let input, output, state: Numbers
    }
    let resnet: Net
    let gru: Recurrent
    let types: [String: [Float]]
  }

  private func outputs() throws -> Outputs {
    try References.read("checkpoints/outputs.json")
  }

  private func path(_ name: String) -> String {
    References.folder.appending(path: "checkpoints/\(name)").path
  }

  // Sums of up to 147 products through eight layers, each normalised: some tens of roundings of 1e-7.
  private func close(_ a: Tensor, _ b: Tensor) {
    #expect(a.shape == b.shape)
    for (x, y) in zip(a.values, b.values) { #expect((x - y).magnitude <= 5e-6 * (1 + y.magnitude)) }
  }

  @Test func aResNetOfPyTorchGivesItsOutputs() throws {
    let wanted = try outputs().resnet
    var generator = SeededGenerator(seed: 42)
    let model = ResNet(
      blocks: [1, 2], widths: wanted.widths, classes: wanted.classes, using: &generator)
    try Checkpoint.load(
      path("resnet.safetensors"), into: model, names: model.torchvisionNames)
    model.train(false)
    close(model(wanted.input.tensor), wanted.output.tensor)
  }

  @Test func aGRUOfPyTorchGivesItsOutputsAndState() throws {
    let wanted = try outputs().gru
    var generator = SeededGenerator(seed: 42)
    let gru = GRU(wanted.inputs, wanted.hidden, layers: wanted.layers, using: &generator)
    try Checkpoint.load(path("gru.safetensors"), into: gru, names: NameMap(gru))
    let result = gru(wanted.input.tensor)
    close(result.output, wanted.output.tensor)
    close(result.h, wanted.state.tensor)
  }

  @Test func otherTypesAreConvertedExactly() throws {
    let wanted = try outputs().types
    let file = try Safetensors(contentsOf: path("types.safetensors"))
    #expect(file.names == ["BF16", "F16", "F32", "F64", "I64"])
    #expect(wanted.keys.sorted() == ["BF16", "F16", "F32", "F64"])
    for (type, values) in wanted {
      let read = try file.tensor(type).values.map(\.bitPattern)
      #expect(read == values.map(\.bitPattern), "\(type)")
    }
    #expect(
      throws: CheckpointError("I64 holds I64, a tensor needs F32, F16, BF16 or F64")
    ) { try file.tensor("I64") }
  }

  /// What PyTorch wrote, loaded and written again under its names, is the same file but for the counters of
  /// batches and the order.
  @Test func whatIsLoadedIsWrittenAgain() throws {
    let wanted = try outputs().resnet
    var generator = SeededGenerator(seed: 42)
    let model = ResNet(
      blocks: [1, 2], widths: wanted.widths, classes: wanted.classes, using: &generator)
    let names = model.torchvisionNames
    try Checkpoint.load(path("resnet.safetensors"), into: model, names: names)
    let copy = NSTemporaryDirectory() + "unrolled-\(UUID().uuidString).safetensors"
    defer { unlink(copy) }
    try Checkpoint.save(model, to: copy, names: names)
    let (theirs, ours) = (
      try Safetensors(contentsOf: path("resnet.safetensors")), try Safetensors(contentsOf: copy)
    )
    #expect(ours.names == theirs.names.filter { !$0.hasSuffix("num_batches_tracked") })
    #expect(ours.names.count > 20)
    for name in ours.names { #expect(try ours.tensor(name) == theirs.tensor(name)) }
  }
}
