import Foundation
import NeuralNetworks
import ReferenceReader
import Tensors

/// One case of `Tests/References/operations`: what PyTorch computed, in double precision.
struct ReferenceCase {
  let operation: String
  let arguments: Arguments
  let inputs: [Tensor]
  let labels: [Int]
  let upstream: Tensor
  let output: Tensor
  /// What a layer carries on: running statistics, or a recurrent net's state.
  let state: [String: Tensor]
  /// The gradients that flow into that state.
  let upstreamState: [String: Tensor]
  /// Of the first inputs; a loss's target comes last and has none.
  let gradients: [Tensor]
  /// Of output, states and gradients by name, where it is not 1: the size of what was rounded on
  /// the way.
  let scales: [String: Float]

  init(_ json: [String: Any]) throws {
    operation = try value(json, "operation")
    arguments = Arguments(try value(json, "arguments"))
    inputs = try (value(json, "inputs") as [[String: Any]]).map(tensor)
    labels = json["labels"] as? [Int] ?? []
    upstream = try tensor(value(json, "upstream"))
    output = try tensor(value(json, "output"))
    gradients = try (value(json, "gradients") as [[String: Any]]).map(tensor)
    state = try (json["state"] as? [String: [String: Any]] ?? [:]).mapValues(tensor)
    upstreamState = try (json["upstreamState"] as? [String: [String: Any]] ?? [:]).mapValues(tensor)
    scales = (json["scales"] as? [String: NSNumber] ?? [:]).mapValues(\.floatValue)
    let known: Set = [
      "operation", "about", "arguments", "inputs", "labels", "upstream", "output", "gradients",
      "state", "upstreamState", "scales", "float32",
    ]
    if let other = json.keys.first(where: { !known.contains($0) }) {
      throw Unreadable("\(operation) has an unknown field \(other)")
    }
  }

  /// All cases of the folders, by file.
  static func all(in folders: [String] = ["operations", "drawn", "layers"]) throws
    -> [ReferenceCase]
  {
    let files = try folders.flatMap {
      try FileManager.default.contentsOfDirectory(
        at: References.folder.appending(path: $0), includingPropertiesForKeys: nil)
    }
    return try files.sorted { $0.path < $1.path }.flatMap { file in
      let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
      guard let cases = json as? [[String: Any]] else { throw Unreadable(file.path) }
      return try cases.map(ReferenceCase.init)
    }
  }
}

/// What an operation gave: its output and what it carries on.
struct RunResult {
  var output: Tensor
  var state: [String: Tensor] = [:]
}

/// Runs a case's operation.
func run(_ c: ReferenceCase, _ x: [Tensor], arguments: Arguments) throws -> RunResult {
  switch c.operation {
  case "batchNorm1d", "batchNorm2d": try batchNorm(x, arguments)
  case "rnn", "gru", "lstm": try recurrent(c.operation, x, arguments)
  default: RunResult(output: try plain(c, x, arguments: arguments))
  }
}

private func batchNorm(_ x: [Tensor], _ arguments: Arguments) throws -> RunResult {
  let isTraining: Bool = try arguments.take("training")
  let epsilon: Float = try arguments.take("epsilon")
  guard let mean = try arguments.optionalTensor("runningMean"),
    let variance = try arguments.optionalTensor("runningVariance")
  else { throw Unreadable("batchNorm without running statistics") }
  let layer = BatchNorm(
    gamma: x[1], beta: x[2], runningMean: mean, runningVariance: variance,
    momentum: try arguments.take("momentum"), epsilon: epsilon)
  layer.train(isTraining)
  let output =
    isTraining
    ? x[0].batchNormalized(gamma: x[1], beta: x[2], epsilon: epsilon).output
    : x[0].batchNormalized(
      gamma: x[1], beta: x[2], mean: mean, variance: variance, epsilon: epsilon)
  let fromLayer = layer(x[0].detached())
  guard fromLayer == output.detached() else {
    throw Unreadable("the layer and the operation differ")
  }
  return RunResult(
    output: output,
    state: ["runningMean": layer.runningMean, "runningVariance": layer.runningVariance])
}

private func recurrent(
  _ kind: String, _ x: [Tensor], _ arguments: Arguments
) throws -> RunResult {
  let layers: Int = try arguments.take("layers")
  let hidden: Int = try arguments.take("hidden")
  let isBatchFirst: Bool = try arguments.take("batchFirst")
  guard isBatchFirst else { throw Unreadable("\(kind): batchFirst must be true") }
  var generator = SeededGenerator(seed: 42)
  let inputs = x[0].shape[2]
  let net: RecurrentNet =
    switch kind {
    case "rnn":
      RNN(
        inputs, hidden, layers: layers,
        activation: try arguments.take("activation") == "relu" ? .relu : .tanh, using: &generator)
    case "gru": GRU(inputs, hidden, layers: layers, using: &generator)
    default: LSTM(inputs, hidden, layers: layers, using: &generator)
    }
  let states = kind == "lstm" ? 2 : 1
  let weights = (0..<layers).map { layer in
    let at = 1 + states + 4 * layer
    return RecurrentNet.Weights(
      input: x[at], hidden: x[at + 1], inputBias: x[at + 2], hiddenBias: x[at + 3])
  }
  let result = net.run(x[0], Array(x[1...states]), weights: weights)
  var state = ["h_n": result.states[0]]
  if states == 2 { state["c_n"] = result.states[1] }
  return RunResult(output: result.output, state: state)
}

/// Operations with one result. One that is not here is an error.
private func plain(_ c: ReferenceCase, _ x: [Tensor], arguments: Arguments) throws -> Tensor {
  switch c.operation {
  case "batchedMatmul": batchedMatmul(x[0], x[1])
  case "embedding":
    x[0].rows(c.labels).reshaped((try arguments.take("shape") as [Int]) + [x[0].shape[1]])
  case "leakyReLU": x[0].leakyReLU(try arguments.take("slope"))
  case "stack": stack(x, axis: try arguments.take("axis"))
  case "l1": l1Loss(x[0], x[1])
  case "smoothL1": smoothL1Loss(x[0], x[1], beta: try arguments.take("beta"))
  case "crossEntropyWeighted":
    crossEntropy(
      x[0], c.labels, weights: try arguments.optionalTensor("weights")?.values,
      ignoring: arguments.optional("ignoreIndex"))
  case "crossEntropyPixels":
    crossEntropy(
      pixels: x[0], c.labels, weights: try arguments.optionalTensor("weights")?.values,
      ignoring: arguments.optional("ignoreIndex"))
  case "add": x[0] + x[1]
  case "subtract": x[0] - x[1]
  case "multiply": x[0] * x[1]
  case "divide": x[0] / x[1]
  case "negate": -x[0]
  case "exp": x[0].exp()
  case "log": x[0].log()
  case "sqrt": x[0].sqrt()
  case "square": x[0].square()
  case "abs": x[0].abs()
  case "relu": x[0].relu()
  case "sigmoid": x[0].sigmoid()
  case "tanh": x[0].tanh()
  case "pow": x[0].pow(try arguments.take("exponent"))
  case "clamp": x[0].clamped(try arguments.take("minimum"), try arguments.take("maximum"))
  case "matmul": matmul(x[0], x[1])
  case "linear": matmul(x[0], x[1]) + x[2]
  case "sum": try reduce(x[0], arguments, over: x[0].sum()) { $0.sum(axes: $1, keepingAxes: $2) }
  case "mean":
    try reduce(x[0], arguments, over: x[0].mean()) { $0.mean(axes: $1, keepingAxes: $2) }
  case "max": try reduce(x[0], arguments, over: x[0].max()) { $0.max(axes: $1, keepingAxes: $2) }
  case "softmax": x[0].softmax(axis: try arguments.take("axis"))
  case "logSoftmax": x[0].logSoftmax(axis: try arguments.take("axis"))
  case "transpose": x[0].transposed()
  case "reshape": x[0].reshaped(try arguments.take("shape"))
  case "permute": x[0].permuted(try arguments.take("axes"))
  case "gatherRows": x[0].rows(c.labels)
  case "gatherColumns": x[0].columns(c.labels)
  case "slice":
    x[0].sliced(
      axis: try arguments.take("axis"),
      (try arguments.take("start") as Int)..<(try arguments.take("end")))
  case "concatenate": concatenate(x, axis: try arguments.take("axis"))
  case "meanSquaredError": mse(x[0], x[1])
  case "crossEntropy": crossEntropy(x[0], c.labels)
  case "negativeLogLikelihood": negativeLogLikelihood(x[0], c.labels)
  case "binaryCrossEntropy": binaryCrossEntropy(x[0], x[1])
  case "binaryCrossEntropyWithLogits": binaryCrossEntropy(logits: x[0], x[1])
  case "convolution2d":
    withChannelBias(
      convolution2d(
        x[0], x[1], stride: try arguments.take("stride"), padding: try arguments.take("padding")),
      x.dropFirst(2).first)
  case "transposedConvolution2d":
    withChannelBias(
      transposedConvolution2d(
        x[0], x[1], stride: try arguments.take("stride"), padding: try arguments.take("padding")),
      x.dropFirst(2).first)
  case "maxPool2d":
    x[0].maxPool2d(
      try arguments.take("kernel"), stride: try arguments.take("stride"),
      padding: try arguments.take("padding"))
  case "averagePool2d":
    x[0].averagePool2d(
      try arguments.take("kernel"), stride: try arguments.take("stride"),
      padding: try arguments.take("padding"))
  case "adaptiveAveragePool2d": x[0].adaptiveAveragePool2d(try size(arguments))
  case "adaptiveMaxPool2d": x[0].adaptiveMaxPool2d(try size(arguments))
  case "resizeNearest2d": x[0].resizedNearest(try size(arguments))
  case "resizeBilinear2d": x[0].resizedBilinear(try size(arguments))
  case "pixelShuffle": x[0].pixelShuffled(try arguments.take("factor"))
  case "zeroPad2d":
    x[0].zeroPadded(
      left: try arguments.take("left"), right: try arguments.take("right"),
      top: try arguments.take("top"), bottom: try arguments.take("bottom"))
  case "reflectionPad2d":
    x[0].reflectionPadded(
      left: try arguments.take("left"), right: try arguments.take("right"),
      top: try arguments.take("top"), bottom: try arguments.take("bottom"))
  default: try reduced(c, x, arguments)
  }
}

func size(_ arguments: Arguments) throws -> (height: Int, width: Int) {
  let size: [Int] = try arguments.take("size")
  return (size[0], size[1])
}

private func withChannelBias(_ y: Tensor, _ bias: Tensor?) -> Tensor {
  bias.map { y + $0.reshaped([1, -1, 1, 1]) } ?? y
}

func reduce(
  _ x: Tensor, _ arguments: Arguments, over all: @autoclosure () -> Tensor,
  some: (Tensor, [Int], Bool) -> Tensor
) throws -> Tensor {
  let axes: [Int]? = arguments.optional("axes")
  let keepingAxes: Bool = try arguments.take("keepingAxes")
  guard let axes else {
    let all = all()
    return keepingAxes ? all.reshaped(x.shape.map { _ in 1 }) : all
  }
  return some(x, axes, keepingAxes)
}
