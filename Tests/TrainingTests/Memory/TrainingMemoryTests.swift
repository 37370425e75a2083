import DataPipeline
import Foundation
import Kernels
import NeuralNetworks
import Tensors
import Testing

@testable import Training

@Suite(.serialized) struct TrainingMemoryTests {
  /// A model, a step of so many items, and a trace of some.
  private struct Kind {
    let name: String
    let model: Module
    let batches: [Int]
    let trace: (Int) -> ModelTrace
    let loss: (Int) -> Tensor
    var hasConvolutions: Bool { model.namedModules.contains { $0.module is Convolution2d } }
  }

  private static func kinds() -> [Kind] {
    var g = SeededGenerator(seed: 42)
    let wide = Sequential(
      Linear(64, 256, using: &g), ReLU(), Dropout(0.5, seed: 1), Linear(256, 256, using: &g),
      ReLU(), Linear(256, 10, using: &g))
    let layerNorms = Sequential(
      Linear(64, 256, using: &g), LayerNorm(256), GELU(), Linear(256, 256, using: &g), GELU(),
      LayerNorm(256), Linear(256, 10, using: &g))
    let images = SmallResNet(using: &g)
    let plain = SimpleCNN(using: &g)
    let gru = GRU(32, 64, layers: 2, using: &g)
    let words = Words(
      embedding: Embedding(50, 32, using: &g), net: gru, decoder: Linear(64, 50, using: &g))
    let table = TabularModel(
      categories: [(10, 5), (20, 8)], numbers: 6, hidden: [200, 100], outputs: 2,
      dropouts: [0.1, 0.1], using: &g)
    func labels(_ n: Int, _ classes: Int) -> [Int] { (0..<n).map { $0 % classes } }
    func image(_ n: Int) -> Tensor { .zeros([n, 1, 28, 28]) }
    return [
      Kind(
        name: "fully connected", model: wide, batches: [64, 512],
        trace: { ModelTrace(wide, on: .zeros([$0, 64])) },
        loss: { crossEntropy(wide(.zeros([$0, 64])), labels($0, 10)) }),
      Kind(
        name: "layer norms", model: layerNorms, batches: [64, 512],
        trace: { ModelTrace(layerNorms, on: .zeros([$0, 64])) },
        loss: { crossEntropy(layerNorms(.zeros([$0, 64])), labels($0, 10)) }),
      Kind(
        name: "residual", model: images, batches: [16, 128],
        trace: { ModelTrace(images, on: image($0)) },
        loss: { crossEntropy(images(image($0)), labels($0, 10)) }),
      Kind(
        name: "convolutional", model: plain, batches: [16, 128],
        trace: { ModelTrace(plain, on: image($0)) },
        loss: { crossEntropy(plain(image($0)), labels($0, 10)) }),
      Kind(
        name: "recurrent", model: words, batches: [16, 128],
        trace: { n in ModelTrace(words) { _ in words(labels(n * 20, 50), rows: n) } },
        loss: { crossEntropy(words(labels($0 * 20, 50), rows: $0), labels($0 * 20, 50)) }),
      Kind(
        name: "table", model: table, batches: [64, 512],
        trace: { n in
          ModelTrace(table) { _ in
            table(categories: [labels(n, 10), labels(n, 20)], numbers: .zeros([n, 6]))
          }
        },
        loss: { n in
          crossEntropy(
            table(categories: [labels(n, 10), labels(n, 20)], numbers: .zeros([n, 6])),
            labels(n, 2))
        }),
    ]
  }

  private final class Words: Module {
    let embedding: Embedding
    let net: GRU
    let decoder: Linear

    init(embedding: Embedding, net: GRU, decoder: Linear) {
      self.embedding = embedding
      self.net = net
      self.decoder = decoder
    }

    func callAsFunction(_ words: [Int], rows: Int) -> Tensor {
      let x = embedding(words).reshaped([rows, words.count / rows, -1])
      return decoder(net(x).output.reshaped([words.count, -1]))
    }
  }

  /// The factor within which the estimate has to lie of the pool's peak. Buffers have up to a fifth of slack, and what an
  /// operation frees early or late is not in the shapes.
  private static let factor = 1.3
  /// Of convolutions, in bytes, whatever the batch: tiles that fill the second cache, by the kernels' design.
  private static let workingSpace = 2_000_000

  @Test func theEstimateIsNearThePeakForSixKindsOfModel() {
    for kind in Self.kinds() {
      let optimizer = Adam(kind.model.parameters, learningRate: 1e-3)
      let memory = TrainingMemory(
        kind.trace(4), items: 4, model: kind.model, optimizer: optimizer)
      #expect(
        memory.held == 4
          * (3 * kind.model.parameterCount
            + kind.model.namedBuffers.reduce(0) { $0 + $1.buffer.value.count }))
      for batch in kind.batches {
        func step() {
          optimizer.zeroGrad()
          kind.loss(batch).backward()
          optimizer.step()
          optimizer.zeroGrad()
        }
        step()  // the second is as all that follow
        let measured = TrainingMemory.measured(step)
        let ratio = Double(memory.step(batch)) / Double(measured)
        print(
          "\(kind.name), batch \(batch): estimated \(memory.step(batch)), measured \(measured), ratio \(ratio)"
        )
        #expect(ratio < Self.factor, "\(kind.name), \(batch): \(ratio)")
        let space = kind.hasConvolutions && batch < 100 ? Self.workingSpace : 0
        #expect(
          Double(measured - space) < Self.factor * Double(memory.step(batch)),
          "\(kind.name), \(batch): \(ratio)")
      }
    }
  }

  @Test func whatIsFrozenKeepsNothing() throws {
    var g = SeededGenerator(seed: 42)
    let model = SmallResNet(using: &g)
    let optimizer = SGD(model.parameters, learningRate: 0.1)
    func estimate() -> TrainingMemory {
      TrainingMemory(
        ModelTrace(model, on: .zeros([2, 1, 28, 28])), items: 2, model: model,
        optimizer: optimizer)
    }
    func measured() -> Int {
      TrainingMemory.measured {
        crossEntropy(model(.zeros([64, 1, 28, 28])), (0..<64).map { $0 % 10 }).backward()
        optimizer.zeroGrad()
      }
    }
    let whole = (estimate().step(64), measured())
    let head = try #require(model.namedModules.last { $0.module.parameters.count > 0 })
    for parameter in model.parameters { parameter.isFrozen = true }
    for parameter in head.module.parameters { parameter.isFrozen = false }
    let part = (estimate().step(64), measured())
    print("whole \(whole), head alone \(part)")
    #expect(part.0 < whole.0 / 4)
    #expect(part.1 < whole.1 / 2)  // the body's outputs come and go
  }

  @Test func theLargestBatchThatFitsIsTaken() {
    var g = SeededGenerator(seed: 42)
    let model = Linear(1000, 1, using: &g)
    let memory = TrainingMemory(
      ModelTrace(model, on: .zeros([1, 1000])), items: 1, model: model,
      optimizer: SGD(model.parameters, learningRate: 0.1))
    // By hand: the batch itself, kept for the weight's gradient, 4000 bytes an item, and 4 for the gradient of its
    // output; 4004 for the gradients of weight and bias.
    #expect(memory.step(100) == 100 * 4004 + 4004)
    #expect(memory.held == 4004)
    let sizes = [16, 32, 64, 128]
    #expect(memory.largestBatch(of: sizes, free: 1_000_000) == 128)
    // 128 takes 516,516 bytes, and of 400,000 only 300,000 may be used.
    #expect(memory.largestBatch(of: sizes, free: 400_000) == 64)
    #expect(memory.largestBatch(of: sizes, free: 10_000) == nil)
  }

  @Test func thePoolCountsWhatIsTaken() {
    let before = BufferPool.bytesInUse
    let peak = BufferPool.peakBytes {
      var x = Tensor.zeros([1024])  // 4096 bytes: one of the pool's sizes
      do {
        let y = Tensor.zeros([2048])
        x = x + y.sliced(axis: 0, 0..<1024)  // 4096 more for the slice, 4096 for the sum
      }
      #expect(BufferPool.bytesInUse == before + 4096)
      _ = x
    }
    #expect(peak == 4096 * 5)
    #expect(BufferPool.bytesInUse == before)
  }

  @Test func freeMemoryIsReadAsTheSystemWritesIt() throws {
    #expect(
      FreeMemory.available(
        meminfo: "MemTotal:       16384 kB\nMemFree: 100 kB\nMemAvailable:    2048 kB\n")
        == 2048 * 1024)
    #expect(FreeMemory.available(meminfo: "MemTotal: 1 kB\n") == nil)
    let root = FileManager.default.temporaryDirectory.appending(
      path: "unrolled-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    func write(_ path: String, _ text: String) throws {
      let file = root.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    // The second version: no limit of its own, one of the group around it.
    try write("a/b/memory.max", "max\n")
    try write("a/b/memory.current", "5000\n")
    try write("a/memory.max", "9000\n")
    try write("a/memory.current", "6000\n")
    try write("a/memory.stat", "anon 1\ninactive_file 500\n")
    #expect(FreeMemory.room(cgroup: "0::/a/b\n", root: root.path) == 3500)
    #expect(FreeMemory.room(cgroup: "0::/elsewhere\n", root: root.path) == nil)
    // The first.
    try write("memory/c/memory.limit_in_bytes", "7000\n")
    try write("memory/c/memory.usage_in_bytes", "6500\n")
    try write("memory/memory.limit_in_bytes", "9223372036854771712\n")
    try write("memory/memory.usage_in_bytes", "6500\n")
    #expect(
      FreeMemory.room(cgroup: "12:cpu:/\n4:memory,hugetlb:/c\n", root: root.path) == 500)
    let bytes = try #require(FreeMemory.bytes)
    #expect(bytes > 0 && bytes < 1 << 50)
  }
}
