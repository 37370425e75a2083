import NeuralNetworks
import Tensors

extension Table {
  mutating func traces() {
    of("ModelTrace.init(some Module & Layer, on: Tensor)")
    stops("Linear") { ModelTrace(linear(), on: .ones([2, 4])) }
    stops("Linear") { ModelTrace(linear(), on: scalar) }
    returns { ModelTrace(linear(), on: .zeros([0, 3])).output == [0, 2] }
    of("ModelTrace.init(Module, on: Tensor..., run: ([Tensor]) -> Tensor)")
    stops("Linear") {
      let layer = linear()
      return ModelTrace(layer, on: pictures) { layer($0[0]) }
    }
    returns {
      let layer = linear()
      return ModelTrace(layer) { _ in layer(matrix) }.output == [2, 2]
    }
    let trace = { ModelTrace(pictureNet(), on: pictures) }
    of("ModelSummary.init(ModelTrace, detail: Int?)")
    stops { ModelSummary(trace(), detail: -1) }
    returns { ModelSummary(trace(), detail: huge).rows.count == 4 }
    of("ModelOutline.init(ModelTrace, detail: Int)")
    stops { ModelOutline(trace(), detail: -1) }
    returns { !ModelOutline(trace(), detail: 0).nodes.isEmpty }
    returns { !ModelOutline(trace(), detail: huge).nodes.isEmpty }
    of("ModelOutline.init(ModelTrace, limit: Int)")
    stops { ModelOutline(trace(), limit: 0) }
    stops { ModelOutline(trace(), limit: -1) }
    returns { !ModelOutline(trace(), limit: huge).nodes.isEmpty }
    of("grouped(Int)")
    returns { grouped(.min) == "-9,223,372,036,854,775,808" }

    of("LayerWatch.init(on: Module, in: Module, run: () -> Tensor)")
    stops {
      let net = pictureNet()
      return LayerWatch(on: linear(), in: net) { net(pictures) }
    }
    stops {
      let net = pictureNet()
      return LayerWatch(on: net.layers[0], in: net) { scalar }
    }
    of("LayerWatch.gradient(of: Tensor)")
    let watch = {
      let net = pictureNet()
      return LayerWatch(on: net.layers[0], in: net) { net(pictures) }
    }
    stops { watch().gradient(of: scalar) }
    stops("backward") {
      let watch = watch()
      return watch.gradient(of: watch.output)
    }
    stops("backward") {
      let watch = watch()
      let sum = watch.output.sum()
      _ = watch.gradient(of: sum)
      return watch.gradient(of: sum)
    }
    let counts: [(String, ([Int], [Int]) -> Int)] = [
      ("Linear", { linear().multiplyAdds(input: $0, output: $1) }),
      ("Convolution2d", { convolution().multiplyAdds(input: $0, output: $1) }),
      (
        "TransposedConvolution2d",
        {
          TransposedConvolution2d(3, 4, kernel: 3, using: &generator)
            .multiplyAdds(input: $0, output: $1)
        }
      ),
      (
        "TiedDecoder",
        { TiedDecoder(Embedding(5, 3, using: &generator)).multiplyAdds(input: $0, output: $1) }
      ),
      (
        "RecurrentNet", { GRU(3, 4, using: &generator).multiplyAdds(input: $0, output: $1) }
      ),
      (
        "WeightDrop",
        {
          WeightDrop(GRU(3, 4, using: &generator), seed: 1).multiplyAdds(input: $0, output: $1)
        }
      ),
    ]
    for (name, count) in counts {
      of("\(name).multiplyAdds(input: [Int], output: [Int])")
      stops("multiplyAdds") { count([], []) }
      stops("multiplyAdds") { count([-2, 5, 3], [2, 5, -4]) }
      stops("multiplyAdds") { count([huge, huge, 3], [huge, huge, 4]) }
    }
  }

  mutating func checkpoints() {
    of("Checkpoint.load(String, into: Module, names: NameMap?)")
    `throws` { try Checkpoint.load("/no/such/file", into: linear()) }
    of("Checkpoint.save(Module, to: String, names: NameMap?, metadata: [String : String])")
    `throws` { try Checkpoint.save(linear(), to: "/no/such/folder/file") }
    stops("map") {
      try Checkpoint.save(linear(), to: "/no/such/folder/file", names: NameMap(pictureNet()))
    }
    of("NameMap.load([String : Tensor], into: Module)")
    `throws` { try NameMap(linear()).load([:], into: linear()) }
    `throws` { try NameMap(linear()).load(["weight": scalar, "bias": scalar], into: linear()) }
    `throws` { try NameMap(pictureNet()).load([:], into: linear()) }
    `throws` { try NameMap(linear(4, 4)).load(["weight": vector, "bias": vector], into: linear()) }
    of("NameMap.state(of: Module)")
    stops("name map") { NameMap(pictureNet()).state(of: linear()) }
    of(
      "NameMap.init(Module, renaming: [(ours: String, theirs: String)], within: String?, ignored: Set<String>)"
    )
    // Two of ours under one name: one of them would be lost.
    stops("name map") {
      let model = Sequential(linear(), linear(2, 2))
      return NameMap(model, renaming: [("layers.0", "x"), ("layers.1", "x")]).state(of: model)
    }
    of(
      "Safetensors.write([(name: String, tensor: Tensor)], metadata: [String : String], to: String)"
    )
    `throws` { try Safetensors.write([("a", scalar)], to: "/no/such/folder/file") }
    stops("checkpoint") {
      try Safetensors.write([("a", scalar), ("a", scalar)], to: "/no/such/folder/file")
    }
    stops("checkpoint") {
      try Safetensors.write([("__metadata__", scalar)], to: "/no/such/folder/file")
    }
    of("Safetensors.init(contentsOf: String)")
    `throws` { try Safetensors(contentsOf: "/no/such/file") }
    `throws` { try Safetensors(contentsOf: "") }
    `throws` { try Safetensors(contentsOf: "/") }
  }
}
