import Foundation

/// Student's t distribution: intervals for the mean of a few paired differences.
///
/// With n effects of mean m and standard deviation s (n − 1 below the fraction), the 95 % interval is
/// m ± t(0.975, n − 1)·s/√n.
enum StudentT {
  /// The interval that covers the mean with probability 0.95, nil for fewer than two values.
  static func interval(of values: [Double]) -> (lower: Double, upper: Double)? {
    guard values.count > 1, values.allSatisfy(\.isFinite) else { return nil }
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / (n - 1) / n).squareRoot()
    let half = quantile(0.975, degrees: values.count - 1) * error
    return (mean - half, mean + half)
  }

  /// The value that a t variable stays below with probability p (0.5 ≤ p < 1), by bisection.
  static func quantile(_ p: Double, degrees: Int) -> Double {
    var low = 0.0
    var high = 1.0
    while cumulative(high, degrees: degrees) < p { high *= 2 }
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if middle == low || middle == high { break }
      if cumulative(middle, degrees: degrees) < p { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// P(T ≤ t) for t ≥ 0, from the closed sums for whole degrees of freedom
  /// (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4).
  static func cumulative(_ t: Double, degrees: Int) -> Double {
    let angle = atan(t / Double(degrees).squareRoot())
    let cosine = cos(angle)
    var term = degrees.isMultiple(of: 2) ? 1.0 : cosine
    var sum = degrees == 1 ? 0 : term
    var k = degrees.isMultiple(of: 2) ? 2 : 3
    while k < degrees {
      term *= cosine * cosine * Double(k - 1) / Double(k)
      sum += term
      k += 2
    }
    let inside =
      degrees.isMultiple(of: 2)
      ? sin(angle) * sum
      : 2 / Double.pi * (angle + sin(angle) * sum)
    return 0.5 + inside / 2
  }
}
