/// Batch normalisation of `[outer, channels, inner]`: sums over a channel, and the maps they are for.
///
/// Without inner numbers (a matrix) a channel is a column, and the loops run over rows of channels.
extension Kernels {
  /// Mean and variance (of the population) of each channel, in double precision.
  public static func channelMoments(
    _ x: Pointer, mean: MutablePointer, variance: MutablePointer, outer: Int, channels: Int,
    inner: Int
  ) {
    let count = Double(outer * inner)
    channelSums(outer, channels, inner) { at, c, n in
      (sum(x, at, n), 0)
    } column: { at, c, n in
      (some(x, at, n), .zero)
    } finish: { c, total, _ in
      mean[c] = Float(total / count)
    }
    // About the mean as it was rounded; what the rounding leaves is taken off again.
    channelSums(outer, channels, inner) { at, c, n in
      deviations(x, at, n, from: mean[c])
    } column: { at, c, n in
      let d = some(x, at, n) - some(mean, c, n)
      return (d, d * d)
    } finish: { c, rest, squares in
      variance[c] = Float(squares / count - (rest / count) * (rest / count))
    }
  }

  /// y ← (x − shift[c])·scale[c] + offset[c], and with `relu` max(0, y).
  public static func scaleChannels(
    _ x: Pointer, shift: Pointer, scale: Pointer, offset: Pointer, relu: Bool,
    into y: MutablePointer, outer: Int, channels: Int, inner: Int
  ) {
    if inner == 1 {
      Parallel.split(outer, work: outer * channels, minimum: worthAThread) { rows in
        for o in rows {
          let (x, y) = (x + o * channels, y + o * channels)
          inLanes(channels) { c, n in
            var value =
              (some(x, c, n) - some(shift, c, n)) * some(scale, c, n) + some(offset, c, n)
            if relu { value = Lanes(0).whereLess(value, Lanes(0), else: value) }
            put(value, y, c, n)
          }
        }
      }
      return
    }
    eachSegment(outer, channels, inner) { at, c in
      let (a, b, d) = (shift[c], scale[c], offset[c])
      let (x, y) = (x + at, y + at)
      if relu {
        for i in 0..<inner {
          let value = (x[i] - a) * b + d
          y[i] = value < 0 ? 0 : value
        }
      } else {
        for i in 0..<inner { y[i] = (x[i] - a) * b + d }
      }
    }
  }

  /// For each channel Σ dy and Σ dy·x̂, x̂ = (x − mean)·inverse; with `relu` where x̂·γ + β > 0 alone.
  public static func channelGradients(
    _ dy: Pointer, _ x: Pointer, mean: Pointer, inverse: Pointer, scale: Pointer, offset: Pointer,
    relu: Bool, sum: MutablePointer, product: MutablePointer, outer: Int, channels: Int, inner: Int
  ) {
    channelSums(outer, channels, inner) { at, c, n in
      gradients(dy, x, at, n, mean[c], scale[c], offset[c], relu: relu)
    } column: { at, c, n in
      let d = some(x, at, n) - some(mean, c, n)
      var up = some(dy, at, n)
      if relu {
        up = up.whereLess(Lanes(0), d * some(scale, c, n) + some(offset, c, n), else: Lanes(0))
      }
      return (up, up * d)
    } finish: { c, plain, weighted in
      sum[c] = Float(plain)
      product[c] = Float(weighted) * inverse[c]
    }
  }

  /// dx ← scale·(dy − Σdy/m − x̂·Σ(dy·x̂)/m), scale = γ·inverse; with `relu` where x̂·γ + β > 0 alone.
  public static func batchNormGradient(
    _ dy: Pointer, _ x: Pointer, mean: Pointer, inverse: Pointer, scale: Pointer, offset: Pointer,
    relu: Bool, sum: Pointer, product: Pointer, into dx: MutablePointer, outer: Int, channels: Int,
    inner: Int
  ) {
    let m = Float(outer * inner)
    if inner == 1 {
      Parallel.split(outer, work: outer * channels, minimum: worthAThread) { rows in
        for o in rows {
          let (dy, x, dx) = (dy + o * channels, x + o * channels, dx + o * channels)
          inLanes(channels) { c, n in
            let d = some(x, c, n) - some(mean, c, n)
            let factor = some(scale, c, n)
            var up = some(dy, c, n)
            if relu { up = up.whereLess(Lanes(0), d * factor + some(offset, c, n), else: Lanes(0)) }
            let slope = some(product, c, n) / Lanes(m) * some(inverse, c, n)
            put(factor * (up - some(sum, c, n) / Lanes(m) - d * slope), dx, c, n)
          }
        }
      }
      return
    }
    eachSegment(outer, channels, inner) { at, c in
      let (middle, factor, shift) = (mean[c], scale[c], offset[c])
      let (a, b) = (sum[c] / m, product[c] / m * inverse[c])
      let (dy, x, dx) = (dy + at, x + at, dx + at)
      if relu {
        for i in 0..<inner {
          let d = x[i] - middle
          let up = d * factor + shift > 0 ? dy[i] : 0
          dx[i] = factor * (up - a - d * b)
        }
      } else {
        for i in 0..<inner { dx[i] = factor * (dy[i] - a - (x[i] - middle) * b) }
      }
    }
  }

  /// Each (outer, channel) with its place.
  @inline(__always)
  private static func eachSegment(
    _ outer: Int, _ channels: Int, _ inner: Int, _ body: (Int, Int) -> Void
  ) {
    Parallel.split(outer * channels, work: outer * channels * inner, minimum: worthAThread) {
      for segment in $0 { body(segment * inner, segment % channels) }
    }
  }

  /// Two sums for each channel: 32-bit sums over a run of inner numbers (or 64 rows), added up in double
  /// precision.
  @inline(__always)
  private static func channelSums(
    _ outer: Int, _ channels: Int, _ inner: Int, run: (Int, Int, Int) -> (Float, Float),
    column: (Int, Int, Int) -> (Lanes, Lanes), finish: (Int, Double, Double) -> Void
  ) {
    let work = outer * channels * inner
    if inner > 1 {
      Parallel.split(channels, work: work, minimum: worthAThread) { range in
        for c in range {
          var (first, second) = (0.0, 0.0)
          for o in 0..<outer {
            let (a, b) = run((o * channels + c) * inner, c, inner)
            first += Double(a)
            second += Double(b)
          }
          finish(c, first, second)
        }
      }
      return
    }
    Parallel.split(channels, step: 16, work: work, minimum: worthAThread) { range in
      inLanes(range.count) { j, n in
        let c = range.lowerBound + j
        var (first, second) = (SIMD16<Double>.zero, SIMD16<Double>.zero)
        var o = 0
        while o < outer {
          var (a, b) = (Lanes.zero, Lanes.zero)
          for row in o..<min(o + 64, outer) {
            let (more, most) = column(row * channels + c, c, n)
            a += more
            b += most
          }
          first += SIMD16<Double>(a)
          second += SIMD16<Double>(b)
          o += 64
        }
        for k in 0..<n { finish(c + k, first[k], second[k]) }
      }
    }
  }

  private static func sum(_ x: Pointer, _ at: Int, _ count: Int) -> Float { total(x + at, count) }

  /// Σ d and Σ d², d = x − center
  private static func deviations(
    _ x: Pointer, _ at: Int, _ count: Int, from center: Float
  ) -> (Float, Float) {
    var (plain, squares) = (Lanes.zero, Lanes.zero)
    var i = 0
    while i + 16 <= count {
      let d = load(x, at + i) - Lanes(center)
      plain += d
      squares += d * d
      i += 16
    }
    var (first, second) = (plain.total, squares.total)
    for k in i..<max(i, count) {
      let d = x[at + k] - center
      first += d
      second += d * d
    }
    return (first, second)
  }

  /// Σ dy and Σ dy·(x − center), with `relu` where (x − center)·scale + offset > 0 alone
  private static func gradients(
    _ dy: Pointer, _ x: Pointer, _ at: Int, _ count: Int, _ center: Float, _ scale: Float,
    _ offset: Float, relu: Bool
  ) -> (Float, Float) {
    var (plain, weighted) = (Lanes.zero, Lanes.zero)
    var i = 0
    while i + 16 <= count {
      let d = load(x, at + i) - Lanes(center)
      var up = load(dy, at + i)
      if relu { up = up.whereLess(Lanes(0), d * Lanes(scale) + Lanes(offset), else: Lanes(0)) }
      plain += up
      weighted += up * d
      i += 16
    }
    var (first, second) = (plain.total, weighted.total)
    for k in i..<max(i, count) {
      let d = x[at + k] - center
      let up = !relu || d * scale + offset > 0 ? dy[at + k] : 0
      first += up
      second += up * d
    }
    return (first, second)
  }
}
