import Tensors

/// A part of a model: it owns parameters, or modules that do.
///
/// Parameters, buffers and their names are found by reflection: `layers.0.weight`. One that is shared
/// counts once, under its first name.
open class Module {
  /// True while training; dropout and batch normalisation behave otherwise at test time.
  public internal(set) var isTraining = true

  public init() {}

  /// Switches this module and all inside it between training and test time.
  public func train(_ isTraining: Bool = true) {
    for (_, module) in namedModules { module.isTraining = isTraining }
  }

  /// Runs `body` at test time; afterwards every module inside is as it was, training or not.
  public func evaluating<Result>(_ body: () throws -> Result) rethrows -> Result {
    let modules = namedModules.map { ($0.module, $0.module.isTraining) }
    train(false)
    defer { for (module, wasTraining) in modules { module.isTraining = wasTraining } }
    return try body()
  }

  /// Every parameter and buffer behind this module, with its name: what a checkpoint holds.
  public var namedState: [(name: String, tensor: any StateTensor)] {
    var seen: Set<ObjectIdentifier> = []
    var found: [(String, any StateTensor)] = []
    visit("") { name, value in
      if let tensor = value as? any StateTensor, seen.insert(ObjectIdentifier(tensor)).inserted {
        found.append((name, tensor))
      }
    }
    return found
  }

  /// Every parameter behind this module, with its name.
  public var namedParameters: [(name: String, parameter: Parameter)] {
    namedState.compactMap { name, tensor in (tensor as? Parameter).map { (name, $0) } }
  }

  /// Every buffer behind this module, with its name: the running averages of batch normalisation.
  public var namedBuffers: [(name: String, buffer: Buffer)] {
    namedState.compactMap { name, tensor in (tensor as? Buffer).map { (name, $0) } }
  }

  public var parameters: [Parameter] { namedParameters.map(\.parameter) }

  /// How many numbers the model learns.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.value.count } }

  /// Every module behind this one, with its name; this one first, with the name "".
  public var namedModules: [(name: String, module: Module)] {
    var found: [(String, Module)] = [("", self)]
    visit("") { name, value in
      if let module = value as? Module { found.append((name, module)) }
    }
    return found
  }

  /// Forgets all gradients.
  public func zeroGrad() { for parameter in parameters { parameter.zeroGrad() } }

  private func visit(_ prefix: String, _ found: (String, Any) -> Void) {
    var mirror: Mirror? = Mirror(reflecting: self)
    while let current = mirror {
      for (label, value) in current.children {
        // A wrapped property `weight` is stored as `_weight`.
        let name = (label ?? "").drop { $0 == "_" }
        Self.visit(value, prefix + name, found)
      }
      mirror = current.superclassMirror
    }
  }

  private static func visit(_ value: Any, _ name: String, _ found: (String, Any) -> Void) {
    switch value {
    case is any StateTensor: found(name, value)
    case Optional<Any>.some(let inner) where Mirror(reflecting: value).displayStyle == .optional:
      visit(inner, name, found)
    case let module as Module:
      found(name, module)
      module.visit(name + ".", found)
    case let list as [Any]:
      for (i, element) in list.enumerated() { visit(element, "\(name).\(i)", found) }
    default: break
    }
  }
}

/// A module from one tensor to another.
///
/// A layer says what it computes in `forward`; it is used by calling it: `layer(x)`.
public protocol Layer: Module {
  func forward(_ x: Tensor) -> Tensor
}

extension Layer {
  public func callAsFunction(_ x: Tensor) -> Tensor {
    traced(x) { forward(x) }
  }
}
