import Tensors
import Testing

/// What an operation gave beside what PyTorch has: its output, a state or a gradient.
struct ComparedNumbers {
  let name: String
  let ours: Tensor
  let theirs: Tensor
  let scale: Float

  /// The largest |ours − theirs| / (scale + |theirs|): NaN where a number is none, infinite where
  /// the shapes differ.
  var error: Float {
    guard ours.shape == theirs.shape else { return .infinity }
    var worst: Float = 0
    for (x, y) in zip(ours.values, theirs.values) where x != y {
      let error = (x - y).magnitude / (scale + y.magnitude)
      if error.isNaN { return .nan }
      worst = max(worst, error)
    }
    return worst
  }

  /// Runs a case forward and backward.
  static func all(of c: ReferenceCase) throws -> [ComparedNumbers] {
    let parameters = c.inputs.map { Parameter($0) }
    let result = try run(c, parameters.map(\.wrappedValue), arguments: c.arguments)
    #expect(c.arguments.unknown.isEmpty, "\(c.operation): \(c.arguments.unknown) are unknown")
    #expect(Set(result.state.keys).isSuperset(of: c.state.keys), "\(c.operation)")
    var pairs = [("output", result.output, c.output)]
    var total = (result.output * c.upstream).sum()
    for (name, wanted) in c.state {
      let value = try #require(result.state[name])
      pairs.append((name, value, wanted))
      if let upstream = c.upstreamState[name] { total = total + (value * upstream).sum() }
    }
    total.backward()
    #expect(!c.gradients.isEmpty && c.gradients.count <= parameters.count, "\(c.operation)")
    for (i, (parameter, gradient)) in zip(parameters, c.gradients).enumerated() {
      pairs.append(("gradient \(i)", parameter.grad, gradient))
    }
    return pairs.map { name, ours, theirs in
      ComparedNumbers(name: name, ours: ours, theirs: theirs, scale: c.scales[name] ?? 1)
    }
  }
}
