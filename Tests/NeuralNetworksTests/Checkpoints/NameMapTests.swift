import NeuralNetworks
import Tensors
import Testing

@Suite struct NameMapTests {
  private func net(seed: UInt64) -> ResNet {
    var generator = SeededGenerator(seed: seed)
    return ResNet(blocks: [1, 1], widths: [2, 3], channels: 1, classes: 2, using: &generator)
  }

  @Test func aResNetHasTorchvisionsNames() {
    let names = net(seed: 1).torchvisionNames
    let theirs = Set(names.entries.map(\.theirs))
    // torchvision.models.resnet18().state_dict(), narrowed to two stages of one block.
    let block = ["conv1.weight", "conv2.weight"] + ["bn1", "bn2"].flatMap(Self.norm)
    let shortcut = ["downsample.0.weight"] + Self.norm("downsample.1")
    let wanted =
      ["conv1.weight", "fc.weight", "fc.bias"] + Self.norm("bn1")
      + block.map { "layer1.0." + $0 } + (block + shortcut).map { "layer2.0." + $0 }
    #expect(theirs == Set(wanted))
    #expect(names.ignored.contains("layer2.0.downsample.1.num_batches_tracked"))
    #expect(names.entries.filter(\.isTransposed).map(\.theirs) == ["fc.weight"])
  }

  private static func norm(_ name: String) -> [String] {
    ["weight", "bias", "running_mean", "running_var"].map { "\(name).\($0)" }
  }

  @Test func aGRUHasTorchsNames() {
    var generator = SeededGenerator(seed: 42)
    let names = NameMap(GRU(2, 3, layers: 2, using: &generator)).entries.map(\.theirs)
    // torch.nn.GRU(2, 3, 2).state_dict()
    #expect(
      names
        == ["0", "1"].flatMap { layer in
          ["weight_ih_l", "weight_hh_l", "bias_ih_l", "bias_hh_l"].map { $0 + layer }
        })
  }

  @Test func aStateGoesThereAndBack() throws {
    let (first, second) = (net(seed: 1), net(seed: 2))
    let x = Tensor.ones([2, 1, 12, 12])
    _ = first(x)  // changes the running averages
    try second.torchvisionNames.load(first.torchvisionNames.state(of: first), into: second)
    for model in [first, second] { model.train(false) }
    #expect(first(x) == second(x))
    #expect(first.namedBuffers.count == 2 * 6)
  }

  @Test func whatDoesNotFitIsRefusedAndLeavesTheModelAsItWas() throws {
    let model = net(seed: 1)
    let names = model.torchvisionNames
    let before = names.state(of: model)
    func refuses(_ change: (inout [String: Tensor]) -> Void, _ message: String) {
      var state = names.state(of: net(seed: 2))
      change(&state)
      #expect(throws: NameMapError.self) { try names.load(state, into: model) }
      do { try names.load(state, into: model) } catch { #expect("\(error)".contains(message)) }
      #expect(names.state(of: model) == before)
    }
    refuses({ $0["fc.bias"] = nil }, "fc.bias is missing")
    refuses({ $0["fc.bias"] = .zeros([3]) }, "fc.bias gives a shape of [3]")
    refuses({ $0["layer9.weight"] = .zeros([3]) }, "layer9.weight has no place")
    refuses({ $0["bn1.running_var"] = .zeros([2, 1]) }, "bn1.running_var gives a shape")
  }
}
