import Foundation
import NeuralNetworks
import Tensors

/// One case of `Tests/References/operations`: what PyTorch computed, in double precision.
struct ReferenceCase {
  let operation: String
  let arguments: Arguments
  let inputs: [Tensor]
  let labels: [Int]
  let upstream: Tensor
  let output: Tensor
  /// Of the first inputs; a loss's target comes last and has none.
  let gradients: [Tensor]

  init(_ json: [String: Any]) throws {
    operation = try value(json, "operation")
    arguments = Arguments(try value(json, "arguments"))
    inputs = try (value(json, "inputs") as [[String: Any]]).map(tensor)
    labels = json["labels"] as? [Int] ?? []
    upstream = try tensor(value(json, "upstream"))
    output = try tensor(value(json, "output"))
    gradients = try (value(json, "gradients") as [[String: Any]]).map(tensor)
  }

  /// All cases of all folders, by file.
  static func all() throws -> [ReferenceCase] {
    let files = try ["operations", "layers"].flatMap {
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

/// Where reference values lie: `Tests/References`.
enum References {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "References")
}

struct Unreadable: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// A case's arguments; the test asks for those it knows, and any that is left over is a failure.
final class Arguments {
  private var values: [String: Any]
  init(_ values: [String: Any]) { self.values = values }
  func copy() -> Arguments { Arguments(values) }

  func take<T>(_ name: String, or standard: T? = nil) throws -> T {
    guard let value = values.removeValue(forKey: name), !(value is NSNull) else {
      if let standard { return standard }
      throw Unreadable("argument \(name) is missing")
    }
    if let value = value as? T { return value }
    if let value = (value as? NSNumber)?.floatValue as? T { return value }
    throw Unreadable("argument \(name) is \(value)")
  }

  func optional<T>(_ name: String) -> T? { values.removeValue(forKey: name) as? T }

  var unknown: [String] { values.keys.sorted() }
}

private func value<T>(_ json: [String: Any], _ name: String) throws -> T {
  guard let value = json[name] as? T else {
    throw Unreadable("\(name) is missing or of another kind")
  }
  return value
}

private func tensor(_ json: [String: Any]) throws -> Tensor {
  let values: [NSNumber] = try value(json, "values")
  return Tensor(values.map(\.floatValue), shape: try value(json, "shape"))
}

/// Runs a case's operation. An operation that is not here is an error.
func run(_ c: ReferenceCase, _ x: [Tensor], arguments: Arguments) throws -> Tensor {
  switch c.operation {
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
  default: throw Unreadable("the tests do not know the operation \(c.operation)")
  }
}

private func size(_ arguments: Arguments) throws -> (height: Int, width: Int) {
  let size: [Int] = try arguments.take("size")
  return (size[0], size[1])
}

private func withChannelBias(_ y: Tensor, _ bias: Tensor?) -> Tensor {
  bias.map { y + $0.reshaped([1, -1, 1, 1]) } ?? y
}

private func reduce(
  _ x: Tensor, _ arguments: Arguments, over all: Tensor,
  some: (Tensor, [Int], Bool) -> Tensor
) throws -> Tensor {
  let axes: [Int]? = arguments.optional("axes")
  let keepingAxes: Bool = try arguments.take("keepingAxes")
  guard let axes else {
    return keepingAxes ? all.reshaped(x.shape.map { _ in 1 }) : all
  }
  return some(x, axes, keepingAxes)
}
