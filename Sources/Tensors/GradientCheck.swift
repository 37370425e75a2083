/// One gradient worked out by the tape and by a central difference.
public struct GradientComparison {
  /// Which input, and which of its numbers.
  public let input: Int
  public let index: Int
  public let tape: Float
  public let difference: Float

  /// |tape − difference| over the larger of them, and of 1: relative for large gradients, absolute for small.
  public var error: Float {
    (tape - difference).magnitude / max(1, tape.magnitude, difference.magnitude)
  }
}

/// Compares the tape's gradient of Σ f(inputs) with (f(x + h) − f(x − h)) / 2h, number by number.
///
/// In 32 bits the difference of two near values loses digits, so h is large (a hundredth) and the
/// outputs are summed in double precision; what is left is about h²·f‴/6 + 1e-7·|f|/h.
public func gradientCheck(
  at inputs: [Tensor], step: Float = 0.01, _ f: ([Tensor]) -> Tensor
) -> [GradientComparison] {
  let parameters = inputs.map { Parameter($0) }
  f(parameters.map(\.wrappedValue)).sum().backward()
  func total(_ inputs: [Tensor]) -> Double {
    withoutGradients { f(inputs).values.reduce(0) { $0 + Double($1) } }
  }
  var comparisons: [GradientComparison] = []
  for (number, input) in inputs.enumerated() {
    for index in 0..<input.count {
      var moved = inputs.map { $0.detached() }
      let x = input.values[index]
      let (up, down) = (x + step, x - step)
      moved[number].mutableStart[index] = up
      let above = total(moved)
      moved[number].mutableStart[index] = down
      let below = total(moved)
      let tape = parameters[number].hasGrad ? parameters[number].grad.values[index] : 0
      comparisons.append(
        GradientComparison(
          input: number, index: index, tape: tape,
          difference: Float((above - below) / Double(up - down))))
    }
  }
  return comparisons
}
