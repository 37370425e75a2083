import NeuralNetworks
import ReferenceReader
import Tensors
import Testing
import Training

/// A body and fastai's head under one cycle of AdamW, with layer groups frozen and at their own rates, against PyTorch's
/// parameter groups from the same weights (`Tests/References/transfer.py`).
@Suite struct TransferReferenceTests {
  private struct Numbers: Decodable {
    let shape: [Int]
    let values: [Float]
    var tensor: Tensor { Tensor(values, shape: shape) }
  }

  private struct File: Decodable {
    struct Case: Decodable {
      let name: String
      let rates: [Double]
      let steps: Int
      let unfreezeAt: Int
      let norm: String
      let losses: [Double]
      let state: [String: Numbers]
    }
    let sizes: [String: Int]
    let beta2, epsilon, weightDecay: Double
    let state: [String: Numbers]
    let images: [Numbers]
    let labels: [[Int]]
    let cases: [Case]
  }

  private final class Net: Module, Layer {
    let early: Sequential
    let late: Sequential
    let head: ClassifierHead

    init(_ sizes: [String: Int]) throws {
      var generator = SeededGenerator(seed: 42)
      func size(_ name: String) throws -> Int { try #require(sizes[name]) }
      func step(_ channels: Int, _ filters: Int, stride: Int) -> Sequential {
        Sequential(
          Convolution2d(
            channels, filters, kernel: 3, stride: stride, padding: 1, hasBias: false,
            using: &generator),
          BatchNorm(filters), ReLU())
      }
      early = step(try size("channels"), try size("first"), stride: 1)
      late = step(try size("first"), try size("second"), stride: 2)
      head = ClassifierHead(
        features: try size("second"), classes: try size("classes"), hidden: try size("hidden"),
        dropouts: (0, 0), using: &generator)
    }

    func forward(_ x: Tensor) -> Tensor { head(late(early(x))) }

    var names: NameMap {
      NameMap(
        self,
        renaming: [
          ("early.layers", "early"), ("late.layers", "late"), ("norm1", "2"), ("linear1", "4"),
          ("norm2", "6"), ("linear2", "8"),
        ])
    }
  }

  private struct Unfreeze: Callback {
    let step: Int
    let groups: LayerGroups
    func beforeBatch(_ loop: TrainingLoop) {
      if loop.record.losses.count == step { groups.unfreeze() }
    }
  }

  private func rates(_ c: File.Case) throws -> DiscriminativeRates {
    switch c.name {
    case "slice of two, geometric": .between(2e-4, 2e-2)
    case "slice of two, the notes' middle": .between(2e-4, 2e-2, spacing: .arithmetic)
    case "slice of one, a tenth", "frozen, then not": .onlyLast(2e-2)
    default: .same(0.02)
    }
  }

  @Test func stepsOfLayerGroupsMatchPyTorch() throws {
    let file: File = try References.read("transfer.json", in: References.committed)
    #expect(file.cases.count == 7)
    for c in file.cases {
      let net = try Net(file.sizes)
      try net.names.load(file.state.mapValues(\.tensor), into: net)
      let groups = LayerGroups([net.early], [net.late], [net.head])
      let adam = Adam(
        net.parameters, learningRate: 0, beta2: file.beta2, epsilon: file.epsilon,
        weightDecay: .decoupled(file.weightDecay))
      let loop = TrainingLoop(net, optimizer: adam, seed: 1) { _ in
        0..<c.steps
      } loss: { step in
        let batch = step % file.images.count
        return crossEntropy(net(file.images[batch].tensor), file.labels[batch])
      }
      if c.unfreezeAt > 0 { groups.freeze(keepingBatchNorm: c.norm == "learns") }
      if c.norm == "eval" { loop.callbacks.append(FrozenBatchNorm()) }
      loop.callbacks.append(Unfreeze(step: c.unfreezeAt, groups: groups))
      let rates = try rates(c)
      #expect(c.rates.count == 3)
      for (ours, theirs) in zip(rates.rates(groups: 3), c.rates) {
        #expect((ours - theirs).magnitude <= 1e-12 * theirs)
      }
      rates.apply(to: adam, groups: groups)
      try loop.fit(epochs: 1, schedule: OneCycle(maximum: rates.last, steps: c.steps))
      // PyTorch in 32 bits stays within 9e-7 of its losses and of the size of its tensors; another order of sums may
      // take a few times that.
      for (ours, theirs) in zip(loop.record.losses, c.losses) {
        #expect((ours - theirs).magnitude <= 5e-6, "\(c.name): losses \(loop.record.losses)")
      }
      #expect(loop.record.losses.count == c.losses.count)
      let state = net.names.state(of: net)
      #expect(Set(state.keys) == Set(c.state.keys))
      for (name, theirs) in c.state {
        let size = 1 + (theirs.values.map(\.magnitude).max() ?? 0)
        let ours = try #require(state[name])
        let apart = zip(ours.values, theirs.values).map { ($0 - $1).magnitude }.max() ?? .nan
        #expect(apart <= 5e-6 * size, "\(c.name): \(name)")
      }
    }
  }
}
