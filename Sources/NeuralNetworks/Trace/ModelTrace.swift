import Tensors

/// What a model did with one input: each layer that ran, in order, the operations between layers, the
/// shapes they met, and what came from where.
///
/// Tables and drawings of a model are made from this, never by hand. The model runs as at test time, so
/// running averages and dropout's random numbers stay as they are.
public final class ModelTrace: LayerObserver {
  /// Where a step's input came from.
  public enum Source: Hashable, Sendable {
    case input(Int)
    case step(Int)
  }

  /// A layer without layers inside, or an operation between layers.
  public struct Step {
    /// "layers.0"; empty for an operation.
    public let name: String
    /// "Linear", or the operation: "+", "concatenate".
    public let type: String
    public let sources: [Source]
    /// The shape of what came from each source, as it came: reshaping on the way is no step.
    public let inputs: [[Int]]
    public let output: [Int]
    /// Names and shapes of the layer's own parameters.
    public let parameters: [(name: String, shape: [Int])]
    /// How many numbers it learns. Parameters that an earlier step has counted do not count again.
    public let parameterCount: Int
    /// How many of them are not frozen.
    public let trainableCount: Int
    public let multiplyAdds: Int
    public let isOperation: Bool
    /// How many layers this one runs inside of.
    public let depth: Int

    /// Of the first input.
    public var input: [Int] { inputs.first ?? [] }
    /// True for all but activation functions and other layers without parameters.
    public var hasParameters: Bool { !parameters.isEmpty }
    /// Every parameter is frozen.
    public var isFrozen: Bool { hasParameters && parametersAreFrozen }
    /// Some of its parameters belong to earlier steps too.
    public let sharesParameters: Bool
    let parametersAreFrozen: Bool
    /// What the output takes in memory, 4 bytes a number.
    public var activationBytes: Int { 4 * output.reduce(1, *) }
  }

  /// A module that ran other layers inside.
  public struct Block {
    public let name: String
    public let type: String
    public let steps: Range<Int>
    public let depth: Int
    /// The step that made its output, and the shape of that.
    public let source: Source
    public let output: [Int]
  }

  /// A trace, or another observer.
  @TaskLocal static var current: (any LayerObserver)?

  public private(set) var inputs: [[Int]] = []
  public private(set) var output: [Int] = []
  /// Where the output came from.
  public private(set) var source: Source?
  public private(set) var steps: [Step] = []
  /// Outer ones after those inside.
  public private(set) var blocks: [Block] = []
  /// Parameters of the model that no step has counted: in layers that did not run, or used by a block directly.
  public private(set) var otherParameterCount = 0
  public private(set) var otherTrainableCount = 0

  private var names: [ObjectIdentifier: String] = [:]
  private var frozen: Set<ObjectIdentifier> = []
  private var counted: Set<ObjectIdentifier> = []
  private var known: [Origin: Source] = [:]
  private var wordInputs: [[Int]: Source] = [:]
  private var depth = 0

  /// Runs `model` on `input`.
  public convenience init(_ model: some Layer, on input: Tensor) {
    self.init(model, on: input) { model($0[0]) }
  }

  /// Runs a model of any form: `run` is given the inputs. Word numbers and the like need not be among them.
  public init(_ model: Module, on inputs: Tensor..., run: ([Tensor]) -> Tensor) {
    let modules = model.namedModules
    for (name, module) in modules where names[ObjectIdentifier(module)] == nil {
      names[ObjectIdentifier(module)] = name
    }
    let parameters = model.parameters
    frozen = Set(parameters.filter(\.isFrozen).map { ObjectIdentifier($0) })
    // A frozen parameter is off the tape, and with it what was made from it alone.
    for parameter in parameters { parameter.isFrozen = false }
    defer {
      for parameter in parameters {
        parameter.isFrozen = frozen.contains(ObjectIdentifier(parameter))
      }
      known = [:]
    }
    model.evaluating {
      recordingOperations {
        ModelTrace.$current.withValue(self) {
          let output = run(
            inputs.map { input in
              let marked = input.marked()
              _ = source(of: marked)
              return marked
            })
          source = source(of: output)
          self.output = output.shape
        }
      }
    }
    for parameter in parameters where counted.insert(ObjectIdentifier(parameter)).inserted {
      otherParameterCount += parameter.value.count
      if !frozen.contains(ObjectIdentifier(parameter)) {
        otherTrainableCount += parameter.value.count
      }
    }
  }

  /// Runs a module and notes it.
  func record<Result>(
    _ module: Module, _ inputs: [Tensor], words: [Int]?, run: () -> Result,
    output: WritableKeyPath<Result, Tensor>
  ) -> Result {
    var sources = inputs.map(source)
    let place = steps.count
    depth += 1
    var result = run()
    depth -= 1
    guard steps.count == place else {  // its inner layers are noted already
      let made = source(of: result[keyPath: output])
      blocks.append(
        Block(
          name: names[ObjectIdentifier(module)] ?? "", type: "\(Swift.type(of: module))",
          steps: place..<steps.count, depth: depth, source: made,
          output: result[keyPath: output].shape))
      return result
    }
    if let words { sources.append(source(of: words)) }
    let shapes = words.map { [[$0.count]] } ?? inputs.map(\.shape)
    result[keyPath: output] = result[keyPath: output].marked()
    let y = result[keyPath: output]
    let parameters = module.namedParameters
    let new = parameters.map(\.parameter).filter {
      counted.insert(ObjectIdentifier($0)).inserted
    }
    let free = new.filter { !frozen.contains(ObjectIdentifier($0)) }
    y.origin.map { known[$0] = .step(steps.count) }
    steps.append(
      Step(
        name: names[ObjectIdentifier(module)] ?? "", type: "\(Swift.type(of: module))",
        sources: sources, inputs: shapes, output: y.shape,
        parameters: parameters.map { ($0.name, $0.parameter.value.shape) },
        parameterCount: new.reduce(0) { $0 + $1.value.count },
        trainableCount: free.reduce(0) { $0 + $1.value.count },
        multiplyAdds: (module as? any CountsMultiplyAdds)?
          .multiplyAdds(input: shapes[0], output: y.shape) ?? 0,
        isOperation: false, depth: depth,
        sharesParameters: new.count < parameters.count,
        parametersAreFrozen: parameters.allSatisfy {
          frozen.contains(ObjectIdentifier($0.parameter))
        }))
    return result
  }

  private func newInput(_ shape: [Int]) -> Source {
    inputs.append(shape)
    return .input(inputs.count - 1)
  }

  /// Words, users or categories by number: the same numbers are the same input.
  private func source(of words: [Int]) -> Source {
    if let source = wordInputs[words] { return source }
    let source = newInput([words.count])
    wordInputs[words] = source
    return source
  }

  /// The step or input that a tensor came from. Operations on the way that join several tensors, or
  /// change each number by a function, become steps; reshaping and the like are passed through.
  private func source(of tensor: Tensor) -> Source {
    guard let origin = tensor.origin else { return newInput(tensor.shape) }
    if let source = source(of: origin) { return source }
    let source = newInput(tensor.shape)
    known[origin] = source
    return source
  }

  private func source(of origin: Origin) -> Source? {
    if let source = known[origin] { return source }
    if origin.isLeaf { return nil }  // a parameter is no activation
    var sources: [Source] = []
    var shapes: [[Int]] = []
    for input in origin.inputs {
      guard let source = source(of: input), !sources.contains(source) else { continue }
      sources.append(source)
      shapes.append(input.shape)
    }
    guard let first = sources.first else { return nil }
    guard sources.count > 1 || Self.functions.contains(origin.operation) else {
      known[origin] = first
      return first
    }
    let step = Source.step(steps.count)
    known[origin] = step
    steps.append(
      Step(
        name: "", type: origin.operation, sources: sources, inputs: shapes, output: origin.shape,
        parameters: [], parameterCount: 0, trainableCount: 0, multiplyAdds: 0, isOperation: true,
        depth: depth, sharesParameters: false, parametersAreFrozen: false))
    return step
  }

  private static let functions = activationFunctions.union([
    "softmax", "logSoftmax", "maxPool2d", "averagePool2d", "resizedNearest", "resizedBilinear",
  ])
}

extension ModelTrace: @unchecked Sendable {}  // lives inside one call, on one thread

extension Module {
  /// Runs a module's computation on tensors and notes it in the trace that is open, if there is one.
  /// A module that is no `Layer` calls this in its `callAsFunction`; `output` is what it passes on.
  public func traced<Result>(
    _ inputs: Tensor..., output: WritableKeyPath<Result, Tensor>, run: () -> Result
  ) -> Result {
    guard let trace = ModelTrace.current else { return run() }
    return trace.record(self, inputs, words: nil, run: run, output: output)
  }

  /// The same for one result.
  public func traced(_ inputs: Tensor..., run: () -> Tensor) -> Tensor {
    guard let trace = ModelTrace.current else { return run() }
    return trace.record(self, inputs, words: nil, run: run, output: \.self)
  }

  /// The same for a module whose input is words or categories, by number.
  public func traced(words: [Int], run: () -> Tensor) -> Tensor {
    guard let trace = ModelTrace.current else { return run() }
    return trace.record(self, [], words: words, run: run, output: \.self)
  }
}
