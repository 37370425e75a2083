import NeuralNetworks
import ReferenceReader
import Tensors

/// Runs a case of `Tests/References/activations.py`, `normalisations.py` and `selections.py`.
func operatorCase(_ c: ReferenceCase, _ x: [Tensor], arguments: Arguments) throws -> Tensor {
  switch c.operation {
  case "gelu": x[0].gelu(try arguments.take("form") == "tanh" ? .tanh : .exact)
  case "dropout": inUse(Dropout(try arguments.take("p"), seed: 1))(x[0])
  case "elu": x[0].elu(try arguments.take("alpha"))
  case "softplus":
    x[0].softplus(beta: try arguments.take("beta"), threshold: try arguments.take("threshold"))
  case "relu6": x[0].relu6()
  case "layerNorm":
    x[0].layerNormalized(
      try arguments.take("lengths", or: [x[0].shape[x[0].rank - 1]]),
      weight: x.dropFirst().first, bias: x.dropFirst(2).first,
      epsilon: try arguments.take("epsilon", or: 1e-5))
  case "groupNorm":
    x[0].groupNormalized(
      groups: try arguments.take("groups"), weight: x.dropFirst().first,
      bias: x.dropFirst(2).first, epsilon: try arguments.take("epsilon"))
  case "instanceNorm":
    x[0].instanceNormalized(
      weight: x.dropFirst().first, bias: x.dropFirst(2).first,
      epsilon: try arguments.take("epsilon"))
  case "min": try reduce(x[0], arguments, over: x[0].min()) { $0.min(axes: $1, keepingAxes: $2) }
  case "minAlong": x[0].min(axis: try arguments.take("axis"))
  case "where": Tensor.where(try condition(arguments), x[0], x[1])
  case "maximum": maximum(x[0], x[1])
  case "minimum": minimum(x[0], x[1])
  case "power": x[0].pow(x[1])
  case "gather":
    x[0].gathered(
      axis: try arguments.take("axis"), c.labels, shape: try arguments.take("shape"))
  case "indexSelect": x[0].selected(axis: try arguments.take("axis"), c.labels)
  case "sliceWithSteps": try slice(x[0], try arguments.take("ranges"))
  case "matmulBroadcast": matmul(x[0], x[1])
  case "resizeBilinearAligned2d": x[0].resizedBilinear(try size(arguments), alignsCorners: true)
  default: throw Unreadable("the tests do not know the operation \(c.operation)")
  }
}

/// A layer when training is over.
private func inUse<L: Layer>(_ layer: L) -> L {
  layer.train(false)
  return layer
}

private func condition(_ arguments: Arguments) throws -> Tensor {
  guard let condition = try arguments.optionalTensor("condition") else {
    throw Unreadable("where without a condition")
  }
  return condition
}

/// All axes at once; axis by axis must be the same.
private func slice(_ x: Tensor, _ ranges: [[Int]]) throws -> Tensor {
  let y = x.sliced(ranges.map { $0[0]..<$0[1] }, by: ranges.map { $0[2] })
  var inTurn = x.detached()
  for (axis, range) in ranges.enumerated() {
    inTurn = inTurn.sliced(axis: axis, range[0]..<range[1], by: range[2])
  }
  guard y.detached() == inTurn else { throw Unreadable("slices in turn differ") }
  return y
}
