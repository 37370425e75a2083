import Tensors

/// A map of the plane that keeps straight lines straight: a 3 × 3 matrix on (x, y, 1), divided by the third number.
///
/// Rotation, zoom and flips are affine (last row 0, 0, 1); a change of the viewer's place is a whole homography. A product
/// of two is again one, so that a chain of transforms costs one resampling. Hartley and Zisserman 2004,
/// "Multiple View Geometry", 2.3.
public struct Homography: Sendable, Equatable {
  /// Nine numbers, row after row.
  public let m: [Double]

  public init(_ rows: [Double]) {
    expect(rows.count == 9, "Homography expects 3 × 3 numbers, got \(rows.count)")
    m = rows
  }

  public static let identity = Homography([1, 0, 0, 0, 1, 0, 0, 0, 1])

  /// x′ = a x + b y + c, y′ = d x + e y + f.
  public static func affine(
    _ a: Double, _ b: Double, _ c: Double, _ d: Double, _ e: Double, _ f: Double
  ) -> Homography { Homography([a, b, c, d, e, f, 0, 0, 1]) }

  /// The one that takes four points to four others, no three of them on a line.
  ///
  /// Each pair gives two linear equations in the eight unknown numbers: x′(g x + h y + 1) = a x + b y + c, and the
  /// same of y′.
  public init(from points: [(x: Double, y: Double)], to targets: [(x: Double, y: Double)]) {
    expect(
      points.count == 4 && targets.count == 4, "Homography expects four points and four targets")
    var rows: [[Double]] = []
    for (p, q) in zip(points, targets) {
      rows.append([p.x, p.y, 1, 0, 0, 0, -q.x * p.x, -q.x * p.y, q.x])
      rows.append([0, 0, 0, p.x, p.y, 1, -q.y * p.x, -q.y * p.y, q.y])
    }
    m = Self.solve(rows) + [1]
  }

  public func callAsFunction(x: Double, y: Double) -> (x: Double, y: Double) {
    let w = m[6] * x + m[7] * y + m[8]
    return ((m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w)
  }

  /// First the right one, then the left one.
  public static func * (second: Homography, first: Homography) -> Homography {
    var product = [Double](repeating: 0, count: 9)
    for i in 0..<3 {
      for j in 0..<3 {
        for k in 0..<3 { product[3 * i + j] += second.m[3 * i + k] * first.m[3 * k + j] }
      }
    }
    return Homography(product)
  }

  /// The way back, by the matrix of cofactors.
  public var inverse: Homography {
    func cofactor(_ i: Int, _ j: Int) -> Double {
      let (r, s) = ((i + 1) % 3, (i + 2) % 3)
      let (c, d) = ((j + 1) % 3, (j + 2) % 3)
      return m[3 * r + c] * m[3 * s + d] - m[3 * r + d] * m[3 * s + c]
    }
    let determinant = (0..<3).reduce(0) { $0 + m[$1] * cofactor(0, $1) }
    expect(abs(determinant) > 1e-12, "this homography has no inverse: it flattens the plane")
    var inverse = [Double](repeating: 0, count: 9)
    for i in 0..<3 {
      for j in 0..<3 { inverse[3 * i + j] = cofactor(j, i) / determinant }
    }
    return Homography(inverse)
  }

  /// Gauss's elimination with the largest pivot; each row ends with its right-hand side.
  private static func solve(_ rows: [[Double]]) -> [Double] {
    var rows = rows
    let count = rows.count
    for column in 0..<count {
      let pivot = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      expect(abs(rows[pivot][column]) > 1e-12, "Homography: three of the points lie on a line")
      rows.swapAt(column, pivot)
      for row in 0..<count where row != column {
        let factor = rows[row][column] / rows[column][column]
        for k in column...count { rows[row][k] -= factor * rows[column][k] }
      }
    }
    return (0..<count).map { rows[$0][count] / rows[$0][$0] }
  }
}
