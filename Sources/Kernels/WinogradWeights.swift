// Weights and their gradient, into Winograd's form and back: G = (1 0 0, ½ ½ ½, ½ −½ ½, 0 0 1).
extension Winograd {
  /// U ← G·w·Gᵀ of w `[filters, channels, 3, 3]`, as `[16, filters, channels]`; with `flipped` of the weights that
  /// carry gradients back: filters and channels change places and each kernel is turned by half a circle.
  func transformWeights(_ w: Pointer, into u: MutablePointer, flipped: Bool) {
    let plane = filters * channels
    Parallel.split(filters, work: 16 * plane, minimum: worthAThread) { range in
      let taps = BufferPool.take(9 * 16)  // of sixteen channels, tap by tap
      defer { BufferPool.give(taps, 9 * 16) }
      for f in range {
        inLanes(channels) { c, n in
          for k in 0..<n {
            let source = flipped ? w + ((c + k) * filters + f) * 9 : w + (f * channels + c + k) * 9
            for t in 0..<9 { taps[t * 16 + k] = source[flipped ? 8 - t : t] }
          }
          func row(_ i: Int) -> (Lanes, Lanes, Lanes, Lanes) {
            spread(
              load(taps, 3 * i * 16), load(taps, (3 * i + 1) * 16), load(taps, (3 * i + 2) * 16))
          }
          let (a, b, d) = (row(0), row(1), row(2))
          let target = u + f * channels
          func write(_ column: Int, _ x: (Lanes, Lanes, Lanes, Lanes)) {
            put(x.0, target + column * plane, c, n)
            put(x.1, target + (4 + column) * plane, c, n)
            put(x.2, target + (8 + column) * plane, c, n)
            put(x.3, target + (12 + column) * plane, c, n)
          }
          write(0, spread(a.0, b.0, d.0))
          write(1, spread(a.1, b.1, d.1))
          write(2, spread(a.2, b.2, d.2))
          write(3, spread(a.3, b.3, d.3))
        }
      }
    }
  }

  /// dw ← Gᵀ·dU·G, `[filters, channels, 3, 3]`.
  func weightGradient(_ du: Pointer, into dw: MutablePointer) {
    let plane = filters * channels
    Parallel.split(plane, step: 16, work: 16 * plane, minimum: worthAThread) { range in
      let taps = BufferPool.take(9 * 16)
      defer { BufferPool.give(taps, 9 * 16) }
      inLanes(range.count) { j, n in
        let at = range.lowerBound + j
        func column(_ i: Int) -> (Lanes, Lanes, Lanes) {
          gather(
            some(du + i * plane, at, n), some(du + (4 + i) * plane, at, n),
            some(du + (8 + i) * plane, at, n), some(du + (12 + i) * plane, at, n))
        }
        let (a, b, c, d) = (column(0), column(1), column(2), column(3))
        func write(_ row: Int, _ x: (Lanes, Lanes, Lanes)) {
          store(x.0, taps, 3 * row * 16)
          store(x.1, taps, (3 * row + 1) * 16)
          store(x.2, taps, (3 * row + 2) * 16)
        }
        write(0, gather(a.0, b.0, c.0, d.0))
        write(1, gather(a.1, b.1, c.1, d.1))
        write(2, gather(a.2, b.2, c.2, d.2))
        for k in 0..<n {
          for t in 0..<9 { dw[(at + k) * 9 + t] = taps[t * 16 + k] }
        }
      }
    }
  }

  /// G·(a, b, c)
  @inline(__always)
  private func spread(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> (Lanes, Lanes, Lanes, Lanes) {
    let half = Lanes(0.5)
    return (a, (a + b + c) * half, (a - b + c) * half, c)
  }

  /// Gᵀ·(a, b, c, d)
  @inline(__always)
  private func gather(_ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes) -> (Lanes, Lanes, Lanes) {
    let half = Lanes(0.5)
    return (a + (b + c) * half, (b - c) * half, (b + c) * half + d)
  }
}
