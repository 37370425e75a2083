import Tensors

/// What a model did with one input: each layer that ran, in order, with the shapes it met.
///
/// Tables and drawings of a model are made from this, never by hand.
public final class ModelTrace {
  public struct Step {
    /// "layers.0"
    public let name: String
    /// "Linear"
    public let type: String
    public let input: [Int]
    public let output: [Int]
    /// Names and shapes of the layer's own parameters.
    public let parameters: [(name: String, shape: [Int])]
    public let isFrozen: Bool
    /// How many layers this one runs inside of.
    public let depth: Int

    public var parameterCount: Int { parameters.reduce(0) { $0 + $1.shape.reduce(1, *) } }
    /// A layer without parameters: an activation function.
    public var hasParameters: Bool { !parameters.isEmpty }
  }

  @TaskLocal static var current: ModelTrace?

  public private(set) var steps: [Step] = []
  private var names: [ObjectIdentifier: String] = [:]
  private var depth = 0

  /// Runs `model` on `input` and notes each layer that has no layers inside.
  public init(_ model: some Layer, on input: Tensor) {
    for (name, module) in model.namedModules { names[ObjectIdentifier(module)] = name }
    withoutGradients {
      ModelTrace.$current.withValue(self) { _ = model(input) }
    }
  }

  func record(_ layer: any Layer, _ x: Tensor) -> Tensor {
    let place = steps.count
    depth += 1
    let y = layer.forward(x)
    depth -= 1
    guard steps.count == place else { return y }  // its inner layers are noted already
    let parameters = layer.namedParameters
    steps.append(
      Step(
        name: names[ObjectIdentifier(layer)] ?? "", type: "\(type(of: layer))", input: x.shape,
        output: y.shape, parameters: parameters.map { ($0.name, $0.parameter.value.shape) },
        isFrozen: !parameters.isEmpty && parameters.allSatisfy(\.parameter.isFrozen),
        depth: depth))
    return y
  }
}

extension ModelTrace: @unchecked Sendable {}  // lives inside one call, on one thread
