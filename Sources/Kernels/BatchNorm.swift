/// Batch normalisation of `[outer, channels, inner]`: sums over a channel, and the maps they are for.
///
/// Without inner numbers (a matrix) a channel is a column, and the loops run over rows of channels.
extension Kernels {
  /// Mean and variance (of the population) of each channel; the mean is mean[c] + rest[c].
  ///
  /// Rounded to 32 bits, the mean alone can be off by more than a channel of nearly equal numbers is wide: 100.1 is
  /// off by 4e-6.
  public static func channelMoments(
    _ x: Pointer, mean: MutablePointer, rest: MutablePointer, variance: MutablePointer, outer: Int,
    channels: Int, inner: Int
  ) {
    let count = Double(outer * inner)
    if inner == 1 {
      sum(x, into: mean, outer: 1, length: outer, inner: channels)
      for c in 0..<channels { mean[c] = Float(Double(mean[c]) / count) }
    } else {
      Parallel.split(channels, work: outer * channels * inner, minimum: worthAThread) { range in
        for c in range {
          var total = 0.0
          for o in 0..<outer { total += doubleTotal(x + (o * channels + c) * inner, inner) }
          mean[c] = Float(total / count)
        }
      }
    }
    channelSums(outer, channels, inner, Deviations(x: x, mean: mean)) { c, total, squares in
      rest[c] = Float(total / count)
      variance[c] = Float(squares / count - (total / count) * (total / count))
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

  /// For each channel Σ dy and Σ dy·x̂, x̂ = (x − mean − rest)·inverse; with `relu` where (x − mean)·scale +
  /// offset > 0 alone.
  public static func channelGradients(
    _ dy: Pointer, _ x: Pointer, mean: Pointer, rest: Pointer, inverse: Pointer, scale: Pointer,
    offset: Pointer, relu: Bool, sum: MutablePointer, product: MutablePointer, outer: Int,
    channels: Int, inner: Int
  ) {
    let gradients = Gradients(dy: dy, x: x, mean: mean, scale: scale, offset: offset, relu: relu)
    channelSums(outer, channels, inner, gradients) { c, plain, weighted in
      sum[c] = Float(plain)
      product[c] = Float((weighted - Double(rest[c]) * plain) * Double(inverse[c]))
    }
  }

  /// dx ← scale·(dy − Σdy/m − x̂·Σ(dy·x̂)/m), scale = γ·inverse; x̂ and `relu` as above.
  public static func batchNormGradient(
    _ dy: Pointer, _ x: Pointer, mean: Pointer, rest: Pointer, inverse: Pointer, scale: Pointer,
    offset: Pointer, relu: Bool, sum: Pointer, product: Pointer, into dx: MutablePointer,
    outer: Int, channels: Int, inner: Int
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
            let level = some(sum, c, n) / Lanes(m) - some(rest, c, n) * slope
            put(factor * (up - level - d * slope), dx, c, n)
          }
        }
      }
      return
    }
    eachSegment(outer, channels, inner) { at, c in
      let (middle, factor, shift) = (mean[c], scale[c], offset[c])
      let b = product[c] / m * inverse[c]
      let a = sum[c] / m - rest[c] * b
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
}
