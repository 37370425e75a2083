/// Σ x over a contiguous run, in 32 partial sums: fast, and less rounding than one running sum.
@inline(__always)
func total(_ x: Pointer, _ count: Int) -> Float {
  var first = Lanes.zero
  var second = Lanes.zero
  var i = 0
  while i + 32 <= count {
    first += load(x, i)
    second += load(x, i + 16)
    i += 32
  }
  var rest: Float = 0
  while i < count {
    rest += x[i]
    i += 1
  }
  return (first + second).total + rest
}

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
      for o in 0..<outer { y[o] = total(x + o * length, length) }
      return
    }
    Parallel.split(inner, step: 16, work: outer * length * inner, minimum: 1 << 16) { columns in
      for o in 0..<outer {
        let row = y + o * inner
        for i in columns { row[i] = 0 }
        for k in 0..<length {
          let source = x + (o * length + k) * inner
          for i in columns { row[i] += source[i] }
        }
      }
    }
  }

  /// The largest value over the middle axis and where it stands (the first, when several are equal).
  public static func maximum(
    _ x: Pointer, into y: MutablePointer, at index: UnsafeMutablePointer<Int>, outer: Int,
    length: Int, inner: Int
  ) {
    for o in 0..<outer {
      for i in 0..<inner {
        let start = x + o * length * inner + i
        var best = start[0]
        var place = 0
        for k in 1..<max(length, 1) where start[k * inner] > best {
          best = start[k * inner]
          place = k
        }
        y[o * inner + i] = best
        index[o * inner + i] = place
      }
    }
  }

  /// Smallest, largest, sum and sum of squares about the mean, in double precision.
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
