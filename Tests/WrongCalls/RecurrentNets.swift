import NeuralNetworks
import Tensors

extension Table {
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
