/// The gradient of `f` at `x` by central differences: (f(x + h) − f(x − h)) / 2h, one component
/// after the other. With h = 1e-5 about nine digits are right for a smooth f of size one.
public func numericGradient(
  at x: [Double], step h: Double = 1e-5, of f: ([Double]) throws -> Double
) rethrows -> [Double] {
  try x.indices.map { index in
    var higher = x
    var lower = x
    higher[index] += h
    lower[index] -= h
    return (try f(higher) - f(lower)) / (2 * h)
  }
}
