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
}
