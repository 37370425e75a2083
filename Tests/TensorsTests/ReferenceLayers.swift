import NeuralNetworks
import ReferenceReader
import Tensors

/// Losses by all their reductions, and layers with an own number for each axis. One that is not
/// here is an error.
func reduced(_ c: ReferenceCase, _ x: [Tensor], _ arguments: Arguments) throws -> Tensor {
  guard c.operation.hasSuffix("Reduced") else { return try ofAxes(c, x, arguments) }
  let reduction: LossReduction =
    switch try arguments.take("reduction") as String {
    case "none": .none
    case "sum": .sum
    case "mean": .mean
    case let other: throw Unreadable("there is no reduction \(other)")
    }
  switch c.operation {
  case "meanSquaredErrorReduced": return mse(x[0], x[1], reduction: reduction)
  case "l1Reduced": return l1Loss(x[0], x[1], reduction: reduction)
  case "smoothL1Reduced":
    return smoothL1Loss(
      x[0], x[1], beta: try arguments.take("beta", or: 1), reduction: reduction)
  case "binaryCrossEntropyReduced":
    return binaryCrossEntropy(x[0], x[1], reduction: reduction)
  case "binaryCrossEntropyWithLogitsReduced":
    return binaryCrossEntropy(logits: x[0], x[1], reduction: reduction)
  default: break
  }
  let weights = try arguments.optionalTensor("weights")?.values
  let ignored: Int? = arguments.optional("ignoreIndex")
  switch (c.operation, x[0].rank) {
  case ("crossEntropyReduced", 2):
    return crossEntropy(
      x[0], c.labels, weights: weights, ignoring: ignored, reduction: reduction)
  case ("crossEntropyReduced", _):
    return crossEntropy(
      pixels: x[0], c.labels, weights: weights, ignoring: ignored, reduction: reduction)
  case ("negativeLogLikelihoodReduced", 2):
    return negativeLogLikelihood(
      x[0], c.labels, weights: weights, ignoring: ignored, reduction: reduction)
  case ("negativeLogLikelihoodReduced", _):
    return negativeLogLikelihood(
      pixels: x[0], c.labels, weights: weights, ignoring: ignored, reduction: reduction)
  default: throw Unreadable("the tests do not know the operation \(c.operation)")
  }
}

private func ofAxes(_ c: ReferenceCase, _ x: [Tensor], _ arguments: Arguments) throws -> Tensor {
  guard c.operation.hasSuffix("Axes") else {
    return try operatorCase(c, x, arguments: arguments)
  }
  let stride: [Int] = try arguments.take("stride")
  let padding: [Int] = try arguments.take("padding")
  switch c.operation {
  case "convolution2dAxes":
    return convolution2d(
      x[0], x[1], bias: x.dropFirst(2).first, stride: stride, padding: padding,
      dilation: try arguments.take("dilation") as [Int], groups: try arguments.take("groups"))
  case "transposedConvolution2dAxes":
    return transposedConvolution2d(
      x[0], x[1], bias: x.dropFirst(2).first, stride: stride, padding: padding,
      outputPadding: try arguments.take("outputPadding") as [Int],
      dilation: try arguments.take("dilation") as [Int], groups: try arguments.take("groups"))
  case "maxPool2dAxes":
    return x[0].maxPool2d(
      try arguments.take("kernel") as [Int], stride: stride, padding: padding,
      ceilMode: try arguments.take("ceilMode"))
  case "averagePool2dAxes":
    return x[0].averagePool2d(
      try arguments.take("kernel") as [Int], stride: stride, padding: padding,
      ceilMode: try arguments.take("ceilMode"),
      countsPadding: try arguments.take("countsPadding"))
  default: throw Unreadable("the tests do not know the operation \(c.operation)")
  }
}
