/// How uncertain some numbers are that a rating depends on: their covariance, before and after ratings.
///
/// A rating says x·θ up to noise of variance s². After it the covariance of θ is C − C x xᵀ C / (s² + xᵀ C x): smaller
/// along x, whatever the rating was (the covariance step of Kalman 1960).
public struct PosteriorCovariance {
  public private(set) var covariance: [[Double]]

  /// As uncertain as the rows differ from each other.
  public init(spreadOf rows: [[Float]]) {
    let rows = rows.map { $0.map(Double.init) }
    let size = rows.first?.count ?? 0
    let means = (0..<size).map { i in meanAndDeviation(rows.map { $0[i] }).mean }
    covariance = (0..<size).map { i in
      (0..<size).map { j in
        rows.reduce(0) { $0 + ($1[i] - means[i]) * ($1[j] - means[j]) } / Double(rows.count - 1)
      }
    }
  }

  /// C·x
  private func times(_ x: [Double]) -> [Double] {
    covariance.map { row in zip(row, x).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  /// How uncertain x·θ is: xᵀ C x.
  public func variance(along x: [Double]) -> Double {
    zip(times(x), x).reduce(0) { $0 + $1.0 * $1.1 }
  }

  public mutating func observe(_ x: [Double], noise: Double) {
    let along = times(x)
    let scale = 1 / (noise + zip(along, x).reduce(0) { $0 + $1.0 * $1.1 })
    for i in x.indices { for j in x.indices { covariance[i][j] -= scale * along[i] * along[j] } }
  }

  /// How much less uncertain things become by observing x: the drop of xᵀ C x, summed over all things x that `moments`,
  /// Σ x xᵀ, was made of.
  public func gain(of x: [Double], noise: Double, over moments: [[Double]]) -> Double {
    let along = times(x)
    let left = moments.map { row in zip(row, along).reduce(0) { $0 + $1.0 * $1.1 } }
    return zip(along, left).reduce(0) { $0 + $1.0 * $1.1 }
      / (noise + zip(along, x).reduce(0) { $0 + $1.0 * $1.1 })
  }

  /// Σ x xᵀ
  public static func moments(_ rows: [[Double]]) -> [[Double]] {
    let size = rows.first?.count ?? 0
    return (0..<size).map { i in
      (0..<size).map { j in rows.reduce(0) { $0 + $1[i] * $1[j] } }
    }
  }
}
