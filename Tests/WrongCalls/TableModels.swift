import NeuralNetworks
import Tensors

extension Table {
  mutating func tableModels() {
    let range: ClosedRange<Float> = 0...5
    of("DotProductBias.init(users: Int, items: Int, factors: Int, range: ClosedRange<Float>?)")
    for wrong in 0..<3 {
      for value in [0, -1] {
        stops {
          var sizes = [4, 5, 2]
          sizes[wrong] = value
          return DotProductBias(
            users: sizes[0], items: sizes[1], factors: sizes[2], range: range, using: &generator)
        }
      }
    }
    stops(anyWord) { DotProductBias(users: huge, items: 5, factors: 2, using: &generator) }
    stops("ange") {
      DotProductBias(users: 4, items: 5, factors: 2, range: 0...(.infinity), using: &generator)
    }
    of("DotProductBias.callAsFunction(users: [Int], items: [Int])")
    let model = { DotProductBias(users: 4, items: 5, factors: 2, using: &generator) }
    stops { model()(users: [0], items: [0, 1]) }
    stops("expects") { model()(users: [4], items: [0]) }
    stops("expects") { model()(users: [0], items: [-1]) }
    returns { model()(users: [], items: []).shape == [0] }

    of(
      "TabularModel.init(categories: [(count: Int, features: Int)], numbers: Int, hidden: [Int], outputs: Int, dropouts: [Float]?, embeddingDropout: Float, range: ClosedRange<Float>?)"
    )
    let tabular = {
      (
        categories: [(count: Int, features: Int)], numbers: Int, hidden: [Int], outputs: Int,
        dropouts: [Float]?
      ) in
      TabularModel(
        categories: categories, numbers: numbers, hidden: hidden, outputs: outputs,
        dropouts: dropouts, using: &generator)
    }
    stops { tabular([(0, 2)], 3, [4], 1, nil) }
    stops { tabular([(5, 0)], 3, [4], 1, nil) }
    stops { tabular([(5, -2)], 3, [4], 1, nil) }
    stops { tabular([], 0, [4], 1, nil) }
    stops { tabular([(5, 2)], -1, [4], 1, nil) }
    stops { tabular([(5, 2)], 3, [0], 1, nil) }
    stops { tabular([(5, 2)], 3, [-4], 1, nil) }
    stops { tabular([(5, 2)], 3, [4], 0, nil) }
    stops { tabular([(5, 2)], 3, [4], -1, nil) }
    stops { tabular([(5, 2)], 3, [4], 1, [0.1, 0.1]) }
    stops("ropout") { tabular([(5, 2)], 3, [4], 1, [1]) }
    stops("ropout") { tabular([(5, 2)], 3, [4], 1, [-1]) }
    stops("ropout") { tabular([(5, 2)], 3, [4], 1, [.nan]) }
    stops(anyWord) { tabular([(5, 2)], huge, [4], 1, nil) }
    stops(anyWord) { tabular([(5, huge), (5, huge)], 3, [4], 1, nil) }
    stops("ropout") {
      TabularModel(
        categories: [], numbers: 3, hidden: [4], outputs: 1, embeddingDropout: 1,
        using: &generator)
    }
    of("TabularModel.callAsFunction(categories: [[Int]], numbers: Tensor)")
    let net = { tabular([(5, 2)], 3, [4], 1, nil) }
    stops { net()(categories: [[0]], numbers: matrix) }
    stops { net()(categories: [], numbers: matrix) }
    stops { net()(categories: [[0, 1]], numbers: scalar) }
    stops { net()(categories: [[0, 1, 2]], numbers: vector) }
    stops { net()(categories: [[0, 1]], numbers: .ones([2, 4])) }
    stops("expects") { net()(categories: [[0, 5]], numbers: matrix) }
    stops("expects") { net()(categories: [[0, -1]], numbers: matrix) }
    stops { tabular([(5, 2)], 0, [4], 1, nil)(categories: [[0, 1]], numbers: scalar) }
    for name in ["features", "featuresByHalf"] {
      of("TabularModel.\(name)(for: Int)")
      let rule = {
        name == "features"
          ? TabularModel.features(for: $0) : TabularModel.featuresByHalf(for: $0)
      }
      stops { rule(0) }
      stops { rule(-1) }
      stops { rule(.min) }
      returns { rule(huge) == (name == "features" ? 600 : 50) }
    }
  }
}
