/// One gradient worked out by the tape and by a central difference.
public struct GradientComparison {
  /// Which input, and which of its numbers.
  public let input: Int
  public let index: Int
  public let tape: Float
  public let difference: Float
  /// True if a kink of f (ReLU at 0) lies within the step: there no derivative exists, and the
  /// difference says nothing. Judged from f alone: where f is smooth, the slopes left and right part half
  /// as much over half the step, and both steps give one slope.
  public let isAtKink: Bool

  /// |tape − difference| over the larger of them, and of 1: relative for large gradients, absolute for small.
  public var error: Float {
    (tape - difference).magnitude / max(1, tape.magnitude, difference.magnitude)
  }
}

/// Compares the tape's gradient of Σ f(inputs) with central differences, number by number.
///
/// D(h) = (f(x + h) − f(x − h)) / 2h is off by h²·f‴/6, and in 32 bits by 1e-7·|f|/h, so h cannot be
/// small. (4·D(h/2) − D(h)) / 3 cancels the h² term (Richardson), which lets h be a fiftieth.
public func gradientCheck(
  at inputs: [Tensor], step: Float = 0.02, file: StaticString = #fileID, line: UInt = #line,
  _ f: ([Tensor]) throws -> Tensor
) rethrows -> [GradientComparison] {
  expect(
    step > 0 && step.isFinite, "gradientCheck expects a step above 0, got \(step)", file: file,
    line: line)
  let parameters = inputs.map { Parameter($0) }
  try f(parameters.map(\.wrappedValue)).sum().backward()
  func total(_ inputs: [Tensor]) throws -> Double {
    try withoutGradients { try f(inputs).values.reduce(0) { $0 + Double($1) } }
  }
  var comparisons: [GradientComparison] = []
  for (number, input) in inputs.enumerated() {
    for index in 0..<input.count {
      var moved = inputs.map { $0.detached() }
      let x = input.values[index]
      func at(_ value: Float) throws -> Double {
        moved[number].mutableStart[index] = value
        return try total(moved)
      }
      func slope(_ low: Float, _ high: Float) throws -> Double {
        (try at(high) - at(low)) / Double(high - low)
      }
      let wide = try slope(x - step, x + step)
      let narrow = try slope(x - step / 2, x + step / 2)
      let parting = try slope(x, x + step) - slope(x - step, x)
      let halfParting = try slope(x, x + step / 2) - slope(x - step / 2, x)
      let scale = Swift.max(1, wide.magnitude)
      let isAtKink =
        (parting - 2 * halfParting).magnitude > 0.005 * scale
        || (wide - narrow).magnitude > 0.005 * scale
      let tape = parameters[number].hasGrad ? parameters[number].grad.values[index] : 0
      comparisons.append(
        GradientComparison(
          input: number, index: index, tape: tape, difference: Float((4 * narrow - wide) / 3),
          isAtKink: isAtKink))
    }
  }
  return comparisons
}
