/// Cross entropy of logits `[outer, classes, inner]` and a label for each (outer, inner).
extension Kernels {
  /// For each position ln Σ e^x, as its largest x and the logarithm of the rest, and the loss
  /// ln Σ e^x − x[label], 0 where the label is `ignored`.
  public static func crossEntropy(
    _ x: Pointer, _ labels: UnsafePointer<Int>, ignoring ignored: Int, into losses: MutablePointer,
    top: MutablePointer, logarithms: MutablePointer, outer: Int, classes: Int, inner: Int
  ) {
    Parallel.split(outer, work: outer * classes * inner, minimum: worthAThread / 4) { range in
      for o in range {
        let x = x + o * classes * inner
        let (at, end) = (o * inner, (o + 1) * inner)
        if inner == 1 {
          let best = largest(x, classes)
          top[at] = best
          logarithms[at] = logarithm(exponentialTotal(x, minus: best, classes))
        } else {
          copy(x, into: top + at, inner)
          for c in 1..<max(1, classes) {
            for i in 0..<inner {
              let value = x[c * inner + i]
              top[at + i] = value > top[at + i] ? value : top[at + i]
            }
          }
          exponentialTotals(x, minus: top + at, into: logarithms + at, classes, inner)
          for i in at..<end { logarithms[i] = logarithm(logarithms[i]) }
        }
        for i in at..<end {
          let label = labels[i]
          // In this order: top + ln Σ would round away the small term of large numbers.
          losses[i] =
            label == ignored ? 0 : logarithms[i] - (x[label * inner + i - at] - top[i])
        }
      }
    }
  }

  /// dx ← share[position]·(softmax(x) − one-hot label)
  public static func crossEntropyGradient(
    _ x: Pointer, _ labels: UnsafePointer<Int>, ignoring ignored: Int, share: Pointer, top: Pointer,
    logarithms: Pointer, into dx: MutablePointer, outer: Int, classes: Int, inner: Int
  ) {
    Parallel.split(outer, work: outer * classes * inner, minimum: worthAThread / 4) { range in
      for o in range {
        let at = o * inner
        let x = x + at * classes
        let dx = dx + at * classes
        if inner == 1 {
          let (best, rest, scale) = (top[at], logarithms[at], share[at])
          for c in 0..<classes { dx[c] = exponential((x[c] - best) - rest) * scale }
        } else {
          for c in 0..<classes {
            let (x, dx) = (x + c * inner, dx + c * inner)
            for i in 0..<inner {
              dx[i] = exponential((x[i] - top[at + i]) - logarithms[at + i]) * share[at + i]
            }
          }
        }
        for i in 0..<inner where labels[at + i] != ignored {
          dx[labels[at + i] * inner + i] -= share[at + i]
        }
      }
    }
  }

  /// Σ e^{x − top}, four terms of a lane in 32 bits and those in double precision.
  @inline(__always)
  private static func exponentialTotal(_ x: Pointer, minus top: Float, _ count: Int) -> Float {
    var sum = Doubles.zero
    var i = 0
    while i + 16 <= count {
      let end = min(i + 64, count - 15)
      var few = Lanes.zero
      while i < end {
        few += exponential(load(x, i) - Lanes(top))
        i += 16
      }
      sum += few.widened
    }
    var rest: Float = 0
    while i < count {
      rest += exponential(x[i] - top)
      i += 1
    }
    return Float(sum.total + Double(rest))
  }

  /// y[inner] ← Σ over classes of e^{x[classes, inner] − top}, a few in 32 bits and those in double precision.
  private static func exponentialTotals(
    _ x: Pointer, minus top: Pointer, into y: MutablePointer, _ classes: Int, _ inner: Int
  ) {
    func add(_ classes: Range<Int>) {
      fill(y, 0, inner)
      for c in classes {
        for i in 0..<inner { y[i] += exponential(x[c * inner + i] - top[i]) }
      }
    }
    if classes <= fewTerms { return add(0..<classes) }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: inner) { sums in
      for i in 0..<inner { sums[i] = 0 }
      for first in stride(from: 0, to: classes, by: 16) {
        add(first..<min(first + 16, classes))
        for i in 0..<inner { sums[i] += Double(y[i]) }
      }
      for i in 0..<inner { y[i] = Float(sums[i]) }
    }
  }
}
