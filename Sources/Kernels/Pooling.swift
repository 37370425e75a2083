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

  /// The sum of each window times `scale`, or its mean when `scale` is nil.
  public static func averagePool(
    _ x: Pointer, into y: MutablePointer, planes: Int, height: Int, width: Int,
    rows: [Range<Int>], columns: [Range<Int>], scale: Float?
  ) {
    var out = 0
    for p in 0..<planes {
      let plane = x + p * height * width
      for row in rows {
        for column in columns {
          var sum: Float = 0
          for i in row { for j in column { sum += plane[i * width + j] } }
          y[out] = sum * (scale ?? 1 / Float(row.count * column.count))
          out += 1
        }
      }
    }
  }

  /// Spreads dy over the windows: the reverse of `averagePool`.
  public static func averagePoolGradient(
    _ dy: Pointer, into dx: MutablePointer, planes: Int, height: Int, width: Int,
    rows: [Range<Int>], columns: [Range<Int>], scale: Float?
  ) {
    var out = 0
    for p in 0..<planes {
      let plane = dx + p * height * width
      for row in rows {
        for column in columns {
          let share = dy[out] * (scale ?? 1 / Float(row.count * column.count))
          for i in row { for j in column { plane[i * width + j] += share } }
          out += 1
        }
      }
    }
  }
}
