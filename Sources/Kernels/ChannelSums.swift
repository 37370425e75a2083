extension Kernels {
  /// Two sums for each channel, four terms by pairs and those in double precision.
  @inline(__always)
  static func channelSums(
    _ outer: Int, _ channels: Int, _ inner: Int, _ terms: some ChannelTerms,
    finish: (Int, Double, Double) -> Void
  ) {
    let count = outer * channels * inner
    if inner > 1 {
      Parallel.split(channels, work: count, minimum: worthAThread) { range in
        for c in range {
          var (first, second) = (Doubles.zero, Doubles.zero)
          for o in 0..<outer {
            var at = (o * channels + c) * inner
            let end = at + inner
            while at + 64 <= end {
              let (a, b) = byPairs(
                terms.run(at, c, 16), terms.run(at + 16, c, 16), terms.run(at + 32, c, 16),
                terms.run(at + 48, c, 16))
              first += a
              second += b
              at += 64
            }
            var (a, b) = (Lanes.zero, Lanes.zero)
            while at + 16 <= end {
              let (more, most) = terms.run(at, c, 16)
              a += more
              b += most
              at += 16
            }
            if at < end {
              // The numbers behind the last are read along, where there are some.
              let n = end - at
              let (more, most) = at + 16 <= count ? terms.run(at, c, 16) : terms.run(at, c, n)
              a += more.first(n)
              b += most.first(n)
            }
            first += a.widened
            second += b.widened
          }
          finish(c, first.total, second.total)
        }
      }
      return
    }
    Parallel.split(channels, step: 16, work: count, minimum: worthAThread) { range in
      inLanes(range.count) { j, n in
        let c = range.lowerBound + j
        var (first, second) = (Doubles.zero, Doubles.zero)
        var o = 0
        while o + 4 <= outer {
          let at = o * channels + c
          let (a, b) = byPairs(
            terms.column(at, c, n), terms.column(at + channels, c, n),
            terms.column(at + 2 * channels, c, n),
            terms.column(at + 3 * channels, c, n))
          first += a
          second += b
          o += 4
        }
        while o < outer {
          let (a, b) = terms.column(o * channels + c, c, n)
          first += a.widened
          second += b.widened
          o += 1
        }
        for k in 0..<n { finish(c + k, first[k], second[k]) }
      }
    }
  }

  @inline(__always)
  private static func byPairs(
    _ a: (Lanes, Lanes), _ b: (Lanes, Lanes), _ c: (Lanes, Lanes), _ d: (Lanes, Lanes)
  ) -> (Doubles, Doubles) {
    (((a.0 + b.0) + (c.0 + d.0)).widened, ((a.1 + b.1) + (c.1 + d.1)).widened)
  }
}

/// What is summed over a channel, two terms a number, by sixteens of which the first n count. A type instead of a
/// closure, which would be called for each sixteen.
protocol ChannelTerms {
  /// From a place on, those of a run of numbers of channel c.
  func run(_ at: Int, _ c: Int, _ n: Int) -> (Lanes, Lanes)
  /// From a place on, those of one number of each channel from c on.
  func column(_ at: Int, _ c: Int, _ n: Int) -> (Lanes, Lanes)
}

/// d and d², d = x − mean
struct Deviations: ChannelTerms {
  let x: Pointer
  let mean: MutablePointer

  @inline(__always)
  func run(_ at: Int, _ c: Int, _ n: Int) -> (Lanes, Lanes) {
    let d = some(x, at, n) - Lanes(mean[c])
    return (d, d * d)
  }

  @inline(__always)
  func column(_ at: Int, _ c: Int, _ n: Int) -> (Lanes, Lanes) {
    let d = some(x, at, n) - some(mean, c, n)
    return (d, d * d)
  }
}

/// dy and dy·d, with `relu` where d·scale + offset > 0 alone
struct Gradients: ChannelTerms {
  let dy: Pointer
  let x: Pointer
  let mean: Pointer
  let scale: Pointer
  let offset: Pointer
  let relu: Bool

  @inline(__always)
  private func terms(
    _ up: Lanes, _ d: Lanes, _ scale: @autoclosure () -> Lanes, _ offset: @autoclosure () -> Lanes
  ) -> (Lanes, Lanes) {
    let up = relu ? up.whereLess(Lanes(0), d * scale() + offset(), else: Lanes(0)) : up
    return (up, up * d)
  }

  @inline(__always)
  func run(_ at: Int, _ c: Int, _ n: Int) -> (Lanes, Lanes) {
    terms(
      some(dy, at, n), some(x, at, n) - Lanes(mean[c]), Lanes(scale[c]), Lanes(offset[c]))
  }

  @inline(__always)
  func column(_ at: Int, _ c: Int, _ n: Int) -> (Lanes, Lanes) {
    terms(
      some(dy, at, n), some(x, at, n) - some(mean, c, n), some(scale, c, n), some(offset, c, n))
  }
}
