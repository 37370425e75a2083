import NeuralNetworks
import Tensors

/// One line of the table: something with a gradient, and inputs to try it at.
struct GradientEntry {
  /// As the source declares it: `sum(axes:keepingAxes:)`, `+(Tensor,Float)`, `Linear`.
  let name: String
  /// What is special about these inputs, where a name has several entries.
  let about: String
  let check: () -> GradientFindings

  /// An operation of tensors.
  static func operation(
    _ name: String, _ about: String = "", at inputs: [Tensor], _ f: @escaping ([Tensor]) -> Tensor
  ) -> GradientEntry {
    GradientEntry(name: name, about: about) {
      var operations: Set<String> = []
      let comparisons = gradientCheck(at: inputs) { x in
        let y = f(x)
        operations.formUnion(Tape(of: y).entries.map(\.operation))
        return y * weights(y.shape)
      }
      return GradientFindings(
        numbers: comparisons.map {
          .init(tape: $0.tape, difference: $0.difference, isAtKink: $0.isAtKink)
        },
        operations: operations)
    }
  }

  /// A module: its inputs and all its parameters. `make` gives the same module every time.
  static func module<M: Module>(
    _ name: String, _ about: String = "", at inputs: [Tensor], _ make: @escaping () -> M,
    run: @escaping (M, [Tensor]) -> Tensor
  ) -> GradientEntry {
    GradientEntry(name: name, about: about) {
      var operations: Set<String> = []
      // The first call is the one that goes back through the tape, to this module's parameters.
      var first: M?
      let values = make().parameters.map(\.value)
      let comparisons = gradientCheck(at: inputs + values) { x in
        let module = make()
        for (parameter, value) in zip(module.parameters, x[inputs.count...]) {
          parameter.value = value
        }
        if first == nil { first = module }
        let y = run(module, Array(x[..<inputs.count]))
        operations.formUnion(Tape(of: y).entries.map(\.operation))
        return y * weights(y.shape)
      }
      let parameters = first?.parameters ?? []
      let numbers = comparisons.map { c in
        var tape = c.tape
        if c.input >= inputs.count {
          let parameter = parameters[c.input - inputs.count]
          tape = parameter.hasGrad ? parameter.grad.values[c.index] : .nan
        }
        return GradientFindings.Number(
          tape: tape, difference: c.difference, isAtKink: c.isAtKink)
      }
      return GradientFindings(numbers: numbers, operations: operations)
    }
  }

  /// A layer from one tensor to another.
  static func layer<M: Layer>(
    _ name: String, _ about: String = "", at x: Tensor, _ make: @escaping () -> M
  ) -> GradientEntry {
    module(name, about, at: [x], make) { $0($1[0]) }
  }

  /// What each output counts in the sum that is differentiated. All alike, they would hide errors: the sum of a
  /// softmax is always 1.
  private static func weights(_ shape: [Int]) -> Tensor {
    var generator = SeededGenerator(seed: 7)
    return .normal(shape, using: &generator)
  }
}

/// What trying an entry gave.
struct GradientFindings {
  struct Number {
    let tape: Float
    let difference: Float
    let isAtKink: Bool
    /// Relative for large gradients, absolute for small; not a number if the tape's is not.
    var error: Float {
      (tape - difference).magnitude / Swift.max(1, tape.magnitude, difference.magnitude)
    }
  }
  let numbers: [Number]
  /// The operations that the tape noted.
  let operations: Set<String>
}

/// Inputs to try: drawn numbers, the same every time.
enum Inputs {
  static func normal(_ shape: [Int], seed: UInt64 = 42) -> Tensor {
    var generator = SeededGenerator(seed: seed)
    return .normal(shape, using: &generator)
  }
  static func uniform(_ shape: [Int], in range: Range<Float>, seed: UInt64 = 42) -> Tensor {
    var generator = SeededGenerator(seed: seed)
    return .uniform(shape, in: range, using: &generator)
  }
  static func positive(_ shape: [Int], seed: UInt64 = 42) -> Tensor {
    uniform(shape, in: 0.4..<2, seed: seed)
  }
  /// No two numbers closer than 4 / count, so that the largest stays the largest, and none near 0.
  static func apart(_ shape: [Int]) -> Tensor {
    let count = shape.reduce(1, *)
    var numbers = (0..<count).map { (Float($0) + 0.5) * 4 / Float(count) - 2 }
    var generator = SeededGenerator(seed: 42)
    numbers.shuffle(using: &generator)
    return Tensor(numbers, shape: shape)
  }
}
