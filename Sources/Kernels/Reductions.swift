/// Eight times sixteen numbers, `step` apart, added by pairs in 32 bits: for a sum in double precision.
///
/// Running sums in 32 bits lose digits as they grow: ten million times 0.1 in 32 of them is 997,300. Eight numbers by
/// pairs lose hardly more than the result's own rounding, and to convert every eighth costs no time.
@inline(__always)
func byPairs(_ x: Pointer, _ i: Int, step: Int) -> Lanes {
  let a = (load(x, i) + load(x, i + step)) + (load(x, i + 2 * step) + load(x, i + 3 * step))
  let b =
    (load(x, i + 4 * step) + load(x, i + 5 * step))
    + (load(x, i + 6 * step) + load(x, i + 7 * step))
  return a + b
}

/// Σ x over a contiguous run, in double precision.
@inline(__always)
func doubleTotal(_ x: Pointer, _ count: Int) -> Double {
  var sum = 0.0
  var i = 0
  if count >= 128 {
    var (first, second) = (Doubles.zero, Doubles.zero)
    while i + 256 <= count {
      first += byPairs(x, i, step: 16).widened
      second += byPairs(x, i + 128, step: 16).widened
      i += 256
    }
    if i + 128 <= count {
      first += byPairs(x, i, step: 16).widened
      i += 128
    }
    sum = (first + second).total
  }
  if i + 16 <= count {
    var lanes = Lanes.zero
    while i + 16 <= count {
      lanes += load(x, i)
      i += 16
    }
    sum += Double(lanes.total)
  }
  var rest: Float = 0
  while i < count {
    rest += x[i]
    i += 1
  }
  return sum + Double(rest)
}

/// Σ x over a contiguous run.
@inline(__always)
func total(_ x: Pointer, _ count: Int) -> Float { Float(doubleTotal(x, count)) }

@inline(__always)
func largest(_ x: Pointer, _ count: Int) -> Float {
  var best = x[0]
  for i in 1..<max(count, 1) where x[i] > best || x[i].isNaN { best = x[i] }
  return best
}

extension Kernels {
  public static func sum(_ x: Pointer, _ count: Int) -> Float { total(x, count) }

  /// y[outer, inner] ← Σ over the middle axis of x[outer, length, inner].
  public static func sum(
    _ x: Pointer, into y: MutablePointer, outer: Int, length: Int, inner: Int
  ) {
    if inner == 1 {
      Parallel.split(outer, work: outer * length, minimum: worthAThread) { rows in
        for o in rows { y[o] = total(x + o * length, length) }
      }
      return
    }
    Parallel.split(inner, step: 16, work: outer * length * inner, minimum: 1 << 16) { columns in
      for o in 0..<outer {
        let place = o * length * inner + columns.lowerBound
        let y = y + o * inner + columns.lowerBound
        if length < 8 {
          for i in 0..<columns.count { y[i] = 0 }
          for k in 0..<length {
            let row = x + place + k * inner
            for i in 0..<columns.count { y[i] += row[i] }
          }
        } else {
          sumRows(
            x + place, readable: outer * length * inner - place, into: y, columns.count,
            rows: length, step: inner)
        }
      }
    }
  }

  /// y[width] ← Σ over rows of `width` numbers that start `step` numbers apart.
  private static func sumRows(
    _ x: Pointer, readable: Int, into y: MutablePointer, _ width: Int, rows: Int, step: Int
  ) {
    // So many columns that their sums stay in the first cache.
    let most = 512
    withUnsafeTemporaryAllocation(of: Doubles.self, capacity: most / 16) { sums in
      for start in stride(from: 0, to: width, by: most) {
        let count = min(most, width - start)
        let blocks = (count + 15) / 16
        for b in 0..<blocks { sums[b] = .zero }
        var k = 0
        // Whole lanes as long as there is something to read behind the last column.
        while k + 8 <= rows && (k + 7) * step + start + 16 * blocks <= readable {
          let row = x + k * step + start
          for b in 0..<blocks { sums[b] += byPairs(row, 16 * b, step: step).widened }
          k += 8
        }
        while k < rows {
          let row = x + k * step + start
          inLanes(count) { j, n in sums[j / 16] += some(row, j, n).widened }
          k += 1
        }
        inLanes(count) { j, n in put(sums[j / 16].narrowed, y, start + j, n) }
      }
    }
  }

  /// Smallest, largest, mean and variance (of the population), the sums in double precision. All NaN where a
  /// number is, or where there is none.
  public static func statistics(
    _ x: Pointer, _ count: Int
  ) -> (minimum: Float, maximum: Float, mean: Double, variance: Double) {
    var low = Float.infinity
    var high = -Float.infinity
    var sum = 0.0
    for i in 0..<count {
      low = x[i] < low ? x[i] : low
      high = x[i] > high ? x[i] : high
      sum += Double(x[i])
    }
    // A sum is NaN for ∞ − ∞ too.
    if count == 0 || (sum.isNaN && (0..<count).contains { x[$0].isNaN }) {
      return (.nan, .nan, .nan, .nan)
    }
    let mean = sum / Double(count)
    var squares = 0.0
    for i in 0..<count {
      let d = Double(x[i]) - mean
      squares += d * d
    }
    return (low, high, mean, squares / Double(count))
  }

  public static func isFinite(_ x: Pointer, _ count: Int) -> Bool {
    var bits: UInt32 = 0
    for i in 0..<count {
      bits |= (x[i].bitPattern & 0x7f80_0000) == 0x7f80_0000 ? 1 : 0
    }
    return bits == 0
  }
}
