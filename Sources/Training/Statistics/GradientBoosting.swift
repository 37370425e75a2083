import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Boosted trees for two classes: each tree corrects the sum of those before it (Friedman 2001, "Greedy function
/// approximation: a gradient boosting machine", algorithm 5).
///
///     F = log(p / (1 − p)), at first of the share of ones
///     r = y − p,  p = 1 / (1 + e^−F)                  the downhill direction of the loss
///     a tree is fitted to r;  a leaf's value is Σr / Σp(1 − p), one Newton step
///     F ← F + η · the tree
///
/// Trees of depth 1 are stumps: sums of them know no interactions between columns.
public struct GradientBoosting: Sendable {
  public let start: Double
  /// η
  public let rate: Double
  public let trees: [RegressionTree]
  private let width: Int  // columns

  /// - Parameters:
  ///   - columns: Numbers, column by column.
  ///   - labels: 0 or 1 for each row; both have to occur.
  public init(
    _ columns: [[Float]], labels: [Int], trees count: Int, depth: Int, rate: Double = 0.1,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    let ones = labels.count { $0 == 1 }
    expect(
      0 < ones && ones < labels.count && labels.allSatisfy((0...1).contains)
        && columns.allSatisfy { $0.count == labels.count },
      "GradientBoosting expects labels 0 and 1, both of them, and columns of \(labels.count) rows, got \(ones) ones and columns of \(columns.map(\.count))",
      file: file, line: line)
    expect(
      count >= 0 && depth >= 0 && rate > 0 && rate.isFinite,
      "GradientBoosting expects 0 trees or more of depth 0 or more and a rate above 0, got \(count), \(depth) and \(rate)",
      file: file, line: line)
    Self.expectNumbers(columns, file, line)
    width = columns.count
    let ranked = RankedColumns(columns)
    start = log(Double(ones) / Double(labels.count - ones))
    self.rate = rate
    var sums = [Double](repeating: start, count: labels.count)
    var residuals = [Double](repeating: 0, count: labels.count)
    var trees: [RegressionTree] = []
    for _ in 0..<count {
      for row in sums.indices { residuals[row] = Double(labels[row]) - 1 / (1 + exp(-sums[row])) }
      var steps = [Double](repeating: 0, count: labels.count)
      let tree = RegressionTree(ranked, targets: residuals, depth: depth) { rows in
        var (gradient, curvature) = (0.0, 0.0)
        for row in rows {
          let p = Double(labels[row]) - residuals[row]
          gradient += residuals[row]
          curvature += p * (1 - p)
        }
        let value = curvature < 1e-150 ? 0 : gradient / curvature
        for row in rows { steps[row] = value }
        return value
      }
      for row in sums.indices { sums[row] += rate * steps[row] }
      trees.append(tree)
    }
    self.trees = trees
  }

  /// F of each row: above 0 speaks for class 1.
  public func logOdds(
    _ columns: [[Float]], file: StaticString = #fileID, line: UInt = #line
  ) -> [Double] {
    expect(
      columns.count == width && columns.allSatisfy { $0.count == columns[0].count },
      "GradientBoosting expects \(width) columns of as many rows each, got columns of \(columns.map(\.count))",
      file: file, line: line)
    Self.expectNumbers(columns, file, line)
    return (columns.first ?? []).indices.map { row in
      start + rate * trees.reduce(0) { $0 + $1.value(of: columns, row) }
    }
  }

  private static func expectNumbers(
    _ columns: [[Float]], _ file: StaticString, _ line: UInt
  ) {
    if let column = columns.firstIndex(where: { $0.contains(where: \.isNaN) }) {
      fatalError(
        "GradientBoosting expects numbers, column \(column) has a NaN: fill in what is missing first",
        file: file, line: line)
    }
  }
}
