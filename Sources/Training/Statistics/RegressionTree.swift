import Tensors

/// A tree that asks one column at a time whether its number is at most a threshold, down to a leaf with a value.
///
/// Grown greedily: each node takes the split that lowers the sum of squared errors most, that is, for the sums S and
/// counts n of both sides, the one with the largest S₁²/n₁ + S₂²/n₂ (Breiman et al. 1984, CART). Thresholds lie
/// halfway between neighbouring values. A leaf's value is left to whoever grows the tree.
public struct RegressionTree: Sendable {
  enum Node: Sendable {
    case leaf(Double)
    /// Left if the column's number is at most the threshold.
    case split(column: Int, threshold: Float, left: Int, right: Int)
  }

  private(set) var nodes: [Node] = []
  /// How many columns it was grown from.
  let columns: Int

  /// - Parameters:
  ///   - targets: What to fit, one a row.
  ///   - leaf: The value of a leaf with these rows.
  init(
    _ columns: RankedColumns, targets: [Double], depth: Int, leaf: (ArraySlice<Int>) -> Double
  ) {
    self.columns = columns.values.count
    var rows = Array(targets.indices)
    grow(columns, targets, &rows, rows.indices, depth, leaf)
  }

  @discardableResult private mutating func grow(
    _ columns: RankedColumns, _ targets: [Double], _ rows: inout [Int], _ range: Range<Int>,
    _ depth: Int, _ leaf: (ArraySlice<Int>) -> Double
  ) -> Int {
    let place = nodes.count
    guard depth > 0, let best = columns.bestSplit(of: rows[range], targets) else {
      nodes.append(.leaf(leaf(rows[range])))
      return place
    }
    nodes.append(.leaf(0))  // keeps the place
    let middle = rows[range].partition { columns.ranks[best.column][$0] > best.rank }
    let left = grow(columns, targets, &rows, range.lowerBound..<middle, depth - 1, leaf)
    let right = grow(columns, targets, &rows, middle..<range.upperBound, depth - 1, leaf)
    nodes[place] = .split(
      column: best.column, threshold: columns.threshold(best), left: left, right: right)
    return place
  }

  /// The value of the leaf that a row falls into. Columns as those that the tree was grown from.
  public func value(
    _ columns: [[Float]], row: Int, file: StaticString = #fileID, line: UInt = #line
  ) -> Double {
    expect(
      columns.count == self.columns && columns.allSatisfy { $0.indices.contains(row) },
      "RegressionTree expects \(self.columns) columns with a row \(row), got columns of \(columns.map(\.count)) rows",
      file: file, line: line)
    return value(of: columns, row)
  }

  func value(of columns: [[Float]], _ row: Int) -> Double {
    var place = 0
    while true {
      switch nodes[place] {
      case .leaf(let value): return value
      case .split(let column, let threshold, let left, let right):
        place = columns[column][row] <= threshold ? left : right
      }
    }
  }
}

/// Columns of numbers with the rank of each number among the different ones of its column.
struct RankedColumns {
  let values: [[Float]]
  let ranks: [[Int32]]

  struct Split {
    let column: Int
    /// The largest that goes left.
    let rank: Int32
    let next: Int32
  }

  init(_ columns: [[Float]]) {
    values = columns.map { Set($0).sorted() }
    ranks = zip(columns, values).map { column, values in
      let places = Dictionary(uniqueKeysWithValues: zip(values, Int32(0)...))
      return column.map { places[$0] ?? 0 }
    }
  }

  func threshold(_ split: Split) -> Float {
    let values = values[split.column]
    return values[Int(split.rank)] / 2 + values[Int(split.next)] / 2
  }

  /// The split of some rows that explains most of the targets' spread; nil if no column tells two rows apart.
  func bestSplit(of rows: ArraySlice<Int>, _ targets: [Double]) -> Split? {
    let total = rows.reduce(0) { $0 + targets[$1] }
    let mean = total / Double(rows.count)
    guard rows.contains(where: { abs(targets[$0] - mean) > 1e-12 }) else { return nil }
    var best: (gain: Double, split: Split)?
    for (column, ranks) in ranks.enumerated() {
      var sums = [Double](repeating: 0, count: values[column].count)
      var counts = [Int32](repeating: 0, count: values[column].count)
      for row in rows {
        let rank = Int(ranks[row])
        sums[rank] += targets[row]
        counts[rank] += 1
      }
      var (left, count) = (0.0, Int32(0))
      var last: Int32?  // the largest rank so far that some row has
      for rank in counts.indices where counts[rank] > 0 {
        if let last {
          let (n1, n2) = (Double(count), Double(Int32(rows.count) - count))
          let right = total - left
          let gain = left * left / n1 + right * right / n2
          if gain > best?.gain ?? -.infinity {
            best = (gain, Split(column: column, rank: last, next: Int32(rank)))
          }
        }
        left += sums[rank]
        count += counts[rank]
        last = Int32(rank)
      }
    }
    return best?.split
  }
}
