import NeuralNetworks
import Tensors

extension Table {
  mutating func recurrentLayers() {
    let state = { Tensor.ones([2, 4]) }
    let layers: [(String, Int, (Tensor, Tensor, RecurrentWeights) -> Tensor)] = [
      (
        "rnnLayer(Tensor, h: Tensor, RecurrentWeights, isTanh: Bool)", 1,
        { rnnLayer($0, h: $1, $2, isTanh: true) }
      ),
      ("gruLayer(Tensor, h: Tensor, RecurrentWeights)", 3, { gruLayer($0, h: $1, $2) }),
      (
        "lstmLayer(Tensor, h: Tensor, c: Tensor, RecurrentWeights)", 4,
        { lstmLayer($0, h: $1, c: $1, $2).output }
      ),
    ]
    for (name, gates, layer) in layers {
      of(name)
      stops { layer(matrix, state(), weights(gates: gates)) }
      stops { layer(scalar, scalar, weights(gates: gates)) }
      stops { layer(.ones([2, 0, 3]), state(), weights(gates: gates)) }
      stops { layer(.ones([2, 5, 7]), state(), weights(gates: gates)) }
      stops { layer(texts, .ones([2, 5]), weights(gates: gates)) }
      stops { layer(texts, .ones([3, 4]), weights(gates: gates)) }
      stops { layer(texts, .ones([4]), weights(gates: gates)) }
      stops { layer(texts, state(), weights(gates: gates + 1)) }
      stops { layer(texts, state(), weights(gates: gates, input: [3, gates * 4])) }
      stops { layer(texts, state(), weights(gates: gates, hidden: [4, 4 * gates + 1])) }
      stops { layer(texts, state(), weights(gates: gates, inputBias: [1])) }
      stops { layer(texts, state(), weights(gates: gates, hiddenBias: [1])) }
      stops { layer(texts, state(), weights(gates: gates, hiddenBias: [])) }
      returns {
        layer(.zeros([0, 5, 3]), .zeros([0, 4]), weights(gates: gates)).shape == [0, 5, 4]
      }
    }
    stops { lstmLayer(texts, h: state(), c: .ones([2, 3]), weights(gates: 4)) }
    stops { lstmLayer(texts, h: state(), c: scalar, weights(gates: 4)) }
    none(
      "the shapes are checked by the layer that takes them",
      "RecurrentWeights.init(input: Tensor, hidden: Tensor, inputBias: Tensor, hiddenBias: Tensor)")
  }

  mutating func recurrentNets() {
    let makers: [(String, (Int, Int, Int) -> RecurrentNet)] = [
      (
        "RNN.init(Int, Int, layers: Int, activation: RNN.Activation)",
        { RNN($0, $1, layers: $2, using: &generator) }
      ),
      ("GRU.init(Int, Int, layers: Int)", { GRU($0, $1, layers: $2, using: &generator) }),
      ("LSTM.init(Int, Int, layers: Int)", { LSTM($0, $1, layers: $2, using: &generator) }),
    ]
    for (name, make) in makers {
      of(name)
      stops { make(0, 4, 1) }
      stops { make(-3, 4, 1) }
      stops { make(3, 0, 1) }
      stops { make(3, -4, 1) }
      stops { make(3, 4, 0) }
      stops { make(3, 4, -1) }
      stops(anyWord) { make(huge, 4, 1) }
      stops(anyWord) { make(3, huge, 1) }
    }
    let nets: [(name: String, gates: Int, make: () -> RecurrentNet)] = [
      ("RNN", 1, { RNN(3, 4, layers: 2, using: &generator) }),
      ("GRU", 3, { GRU(3, 4, layers: 2, using: &generator) }),
      ("LSTM", 4, { LSTM(3, 4, layers: 2, using: &generator) }),
    ]
    for (name, gates, make) in nets {
      let state = { [Tensor](repeating: .ones([2, 4]), count: name == "LSTM" ? 2 : 1) }
      of("\(name).step(Tensor, [Tensor], \(name).Weights)")
      stops { make().step(.ones([2, gates * 4]), [], weights(gates: gates)) }
      stops { make().step(.ones([2, 3]), state(), weights(gates: gates)) }
      stops { make().step(scalar, state(), weights(gates: gates)) }
      stops { make().step(.ones([2, gates * 4]), state(), weights(gates: gates + 1)) }
      stops { make().step(.ones([2, gates * 4]), [vector, vector], weights(gates: gates)) }
      of("\(name).layer(Tensor, [Tensor], \(name).Weights)")
      stops { make().layer(texts, [], weights(gates: gates)) }
      stops { make().layer(matrix, state(), weights(gates: gates)) }
      stops { make().layer(texts, state(), weights(gates: gates + 1)) }
      stops { make().layer(texts, [vector, vector], weights(gates: gates)) }
      stops { make().layer(.ones([2, 0, 3]), state(), weights(gates: gates)) }
    }
    let runs: [(String, (Tensor, Tensor?) -> Tensor)] = [
      (
        "RNN.callAsFunction(Tensor, Tensor?)",
        { RNN(3, 4, layers: 2, using: &generator)($0, $1).output }
      ),
      (
        "GRU.callAsFunction(Tensor, Tensor?)",
        { GRU(3, 4, layers: 2, using: &generator)($0, $1).output }
      ),
      (
        "LSTM.callAsFunction(Tensor, (h: Tensor, c: Tensor)?)",
        { x, h in LSTM(3, 4, layers: 2, using: &generator)(x, h.map { ($0, $0) }).output }
      ),
      (
        "WeightDrop.callAsFunction(Tensor, Tensor?)",
        {
          WeightDrop(GRU(3, 4, layers: 2, using: &generator), 0.5, seed: 1)($0, $1).output
            + WeightDrop(RNN(3, 4, layers: 2, using: &generator), 0.5, seed: 1)($0, $1).output
        }
      ),
      (
        "WeightDrop.callAsFunction(Tensor, (h: Tensor, c: Tensor)?)",
        { x, h in
          WeightDrop(LSTM(3, 4, layers: 2, using: &generator), 0.5, seed: 1)(
            x, h.map { ($0, $0) }
          ).output
        }
      ),
    ]
    for (name, run) in runs {
      of(name)
      // A WeightDrop speaks of the net inside.
      let word = name.hasPrefix("WeightDrop") ? "expects" : ""
      stops(word) { run(matrix, nil) }
      stops(word) { run(scalar, nil) }
      stops(word) { run(.ones([2, 5, 2]), nil) }
      stops(word) { run(.ones([2, 0, 3]), nil) }
      stops(word) { run(texts, .ones([2, 4])) }
      stops(word) { run(texts, .ones([2, 3, 4])) }
      stops(word) { run(texts, scalar) }
      returns { run(.zeros([0, 5, 3]), nil).shape == [0, 5, 4] }
    }
    of("WeightDrop.init(Net, Float, seed: UInt64)")
    for p: Float in [-0.1, 1, 1.5, .nan, .infinity] {
      stops { WeightDrop(GRU(3, 4, using: &generator), p, seed: 1) }
    }
    for name in ["inputWeight", "hiddenWeight", "inputBias", "hiddenBias"] {
      of("RecurrentNet.Cell.\(name)")
      for shape in [[], [1], [5, 12]] {
        stops("keeps its shape") {
          let net = GRU(3, 4, using: &generator)
          switch name {
          case "inputWeight": net.cells[0].inputWeight = .ones(shape)
          case "hiddenWeight": net.cells[0].hiddenWeight = .ones(shape)
          case "inputBias": net.cells[0].inputBias = .ones(shape)
          default: net.cells[0].hiddenBias = .ones(shape)
          }
          return net(texts)
        }
      }
    }
    none(
      "each kind of net has its own", "RecurrentNet.step(Tensor, [Tensor], RecurrentNet.Weights)",
      "RecurrentNet.layer(Tensor, [Tensor], RecurrentNet.Weights)")
  }
}
