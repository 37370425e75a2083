/// Sums over a channel of `[outer, channels, inner]`.
extension Kernels {
  /// Mean and variance (of the population) of each channel, in double precision.
  public static func channelMoments(
    _ x: Pointer, mean: MutablePointer, variance: MutablePointer, outer: Int, channels: Int,
    inner: Int
  ) {
    let count = Double(outer * inner)
    for c in 0..<channels {
      var sum = 0.0
      for o in 0..<outer { sum += Double(total(x + (o * channels + c) * inner, inner)) }
      let center = Float(sum / count)
      var squares = 0.0
      var rest = 0.0
      for o in 0..<outer {
        let row = x + (o * channels + c) * inner
        for i in 0..<inner {
          let d = row[i] - center
          squares += Double(d * d)
          rest += Double(d)
        }
      }
      mean[c] = Float(sum / count)
      variance[c] = Float(squares / count - (rest / count) * (rest / count))
    }
  }

  /// y ← (x − shift[c])·scale[c] + offset[c]
  public static func scaleChannels(
    _ x: Pointer, shift: Pointer, scale: Pointer, offset: Pointer, into y: MutablePointer,
    outer: Int, channels: Int, inner: Int
  ) {
    for o in 0..<outer {
      for c in 0..<channels {
        let at = (o * channels + c) * inner
        let (a, b, d) = (shift[c], scale[c], offset[c])
        for i in 0..<inner { y[at + i] = (x[at + i] - a) * b + d }
      }
    }
  }

  /// For each channel Σ dy and Σ dy·(x − mean)·inverse.
  public static func channelGradients(
    _ dy: Pointer, _ x: Pointer, mean: Pointer, inverse: Pointer, sum: MutablePointer,
    product: MutablePointer, outer: Int, channels: Int, inner: Int
  ) {
    for c in 0..<channels {
      var plain = 0.0
      var weighted = 0.0
      for o in 0..<outer {
        let at = (o * channels + c) * inner
        for i in 0..<inner {
          plain += Double(dy[at + i])
          weighted += Double(dy[at + i] * (x[at + i] - mean[c]))
        }
      }
      sum[c] = Float(plain)
      product[c] = Float(weighted) * inverse[c]
    }
  }

  /// dx ← scale·(dy − Σdy/m − x̂·Σ(dy·x̂)/m), x̂ = (x − mean)·inverse
  public static func batchNormGradient(
    _ dy: Pointer, _ x: Pointer, mean: Pointer, inverse: Pointer, gamma: Pointer, sum: Pointer,
    product: Pointer, into dx: MutablePointer, outer: Int, channels: Int, inner: Int
  ) {
    let m = Float(outer * inner)
    for o in 0..<outer {
      for c in 0..<channels {
        let at = (o * channels + c) * inner
        let scale = gamma[c] * inverse[c]
        let (a, b) = (sum[c] / m, product[c] / m * inverse[c])
        for i in 0..<inner { dx[at + i] = scale * (dy[at + i] - a - (x[at + i] - mean[c]) * b) }
      }
    }
  }
}
