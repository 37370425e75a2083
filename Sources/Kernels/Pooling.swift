extension Kernels {
  /// The largest number of each window of each plane, and where it stands in the plane.
  ///
  /// Window (i, j) covers `rows[i]` × `columns[j]`. The first of equal numbers counts.
  public static func maximumPool(
    _ x: Pointer, into y: MutablePointer, at index: UnsafeMutablePointer<Int32>, planes: Int,
    height: Int, width: Int, rows: [Range<Int>], columns: [Range<Int>]
  ) {
    var out = 0
    for p in 0..<planes {
      let plane = x + p * height * width
      for row in rows {
        for column in columns {
          var best = -Float.infinity
          var place = row.lowerBound * width + column.lowerBound
          for i in row {
            for j in column where plane[i * width + j] > best || plane[i * width + j].isNaN {
              best = plane[i * width + j]
              place = i * width + j
            }
          }
          y[out] = best
          index[out] = Int32(place)
          out += 1
        }
      }
    }
  }

  /// dx ← dy, each number added where its window's largest stood; dx begins as zeros. `outputs` and
  /// `inputs` are the numbers of a plane.
  public static func maximumPoolGradient(
    _ dy: Pointer, at index: UnsafePointer<Int32>, into dx: MutablePointer, planes: Int,
    outputs: Int, inputs: Int, rows: [Range<Int>], columns: [Range<Int>]
  ) {
    let terms = meeting(rows) * meeting(columns)
    for p in 0..<planes {
      let (dy, index) = (dy + p * outputs, index + p * outputs)
      @inline(__always)
      func add<Sum: BinaryFloatingPoint>(_ sums: UnsafeMutablePointer<Sum>) {
        for i in 0..<outputs { sums[Int(index[i])] += Sum(dy[i]) }
      }
      addUp(in: dx + p * inputs, inputs, terms: terms, single: { add($0) }, double: { add($0) })
    }
  }

  /// The sum of each window times its entry of `scales`, which has one for each window of a plane.
  public static func averagePool(
    _ x: Pointer, into y: MutablePointer, planes: Int, height: Int, width: Int,
    rows: [Range<Int>], columns: [Range<Int>], scales: [Float]
  ) {
    var out = 0
    for p in 0..<planes {
      let plane = x + p * height * width
      var window = 0
      for row in rows {
        for column in columns {
          var sum: Float = 0
          if row.count * column.count > fewTerms {
            var whole = 0.0
            for i in row {
              whole += doubleTotal(plane + i * width + column.lowerBound, column.count)
            }
            sum = Float(whole)
          } else {
            for i in row { for j in column { sum += plane[i * width + j] } }
          }
          y[out] = sum * scales[window]
          out += 1
          window += 1
        }
      }
    }
  }

  /// Spreads dy over the windows: the reverse of `averagePool`.
  public static func averagePoolGradient(
    _ dy: Pointer, into dx: MutablePointer, planes: Int, height: Int, width: Int,
    rows: [Range<Int>], columns: [Range<Int>], scales: [Float]
  ) {
    let terms = meeting(rows) * meeting(columns)
    for p in 0..<planes {
      let dy = dy + p * scales.count
      @inline(__always)
      func add<Sum: BinaryFloatingPoint>(_ plane: UnsafeMutablePointer<Sum>) {
        var window = 0
        for row in rows {
          for column in columns {
            let share = Sum(dy[window] * scales[window])
            for i in row { for j in column { plane[i * width + j] += share } }
            window += 1
          }
        }
      }
      let plane = dx + p * height * width
      addUp(in: plane, height * width, terms: terms, single: { add($0) }, double: { add($0) })
    }
  }

  /// How many of the windows, which move on together, lie over one place.
  private static func meeting(_ windows: [Range<Int>]) -> Int {
    var (first, most) = (0, 0)
    for (last, window) in windows.enumerated() {
      while windows[first].upperBound <= window.lowerBound && first < last { first += 1 }
      most = max(most, last - first + 1)
    }
    return most
  }
}
