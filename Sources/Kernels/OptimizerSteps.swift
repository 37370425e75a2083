/// The loop over a parameter's numbers, on all threads where they are many.
@inline(__always)
private func each(_ count: Int, _ body: (Int) -> Void) {
  Parallel.split(count, step: 16, work: count, minimum: worthAThread) { range in
    for i in range { body(i) }
  }
}

/// One step of each optimizer over a parameter's numbers: w the weights, g the gradient.
extension Kernels {
  /// w ← w − rate·g
  public static func stepSGD(_ w: MutablePointer, _ g: Pointer, rate: Float, _ count: Int) {
    each(count) { i in w[i] -= rate * g[i] }
  }

  /// s ← keep·s + take·g, w ← w − rate·s
  public static func stepMomentum(
    _ w: MutablePointer, _ g: Pointer, average s: MutablePointer, keep: Float, take: Float,
    rate: Float, _ count: Int
  ) {
    each(count) { i in
      let average = keep * s[i] + take * g[i]
      s[i] = average
      w[i] -= rate * average
    }
  }

  /// r ← keep·r + take·g², w ← w − rate·g / (√r + ε)
  public static func stepRMSProp(
    _ w: MutablePointer, _ g: Pointer, squares r: MutablePointer, keep: Float, take: Float,
    rate: Float, epsilon: Float, _ count: Int
  ) {
    each(count) { i in
      let average = keep * r[i] + take * (g[i] * g[i])
      r[i] = average
      w[i] -= rate * g[i] / (average.squareRoot() + epsilon)
    }
  }

  /// w ← w − rate·g / (√r + ε) with the r of the step before, then r ← keep·r + take·g²
  public static func stepRMSPropPreviousRow(
    _ w: MutablePointer, _ g: Pointer, squares r: MutablePointer, keep: Float, take: Float,
    rate: Float, epsilon: Float, _ count: Int
  ) {
    each(count) { i in
      w[i] -= rate * g[i] / (r[i].squareRoot() + epsilon)
      r[i] = keep * r[i] + take * (g[i] * g[i])
    }
  }

  /// s ← keep·s + take·g and r likewise of g², w ← w − rate·(s·scale) / (√(r·scale) + ε)
  public static func stepAdam(
    _ w: MutablePointer, _ g: Pointer, average s: MutablePointer, squares r: MutablePointer,
    keep: (s: Float, r: Float), take: (s: Float, r: Float), scale: (s: Float, r: Float),
    rate: Float, epsilon: Float, _ count: Int
  ) {
    Parallel.split(count, step: 16, work: count, minimum: worthAThread) { range in
      inLanes(range.count) { j, n in
        let i = range.lowerBound + j
        let gradient = some(g, i, n)
        let average = Lanes(keep.s) * some(s, i, n) + Lanes(take.s) * gradient
        let squares = Lanes(keep.r) * some(r, i, n) + Lanes(take.r) * (gradient * gradient)
        put(average, s, i, n)
        put(squares, r, i, n)
        let root = (squares * Lanes(scale.r)).root + Lanes(epsilon)
        put(some(w, i, n) - Lanes(rate) * (average * Lanes(scale.s)) / root, w, i, n)
      }
    }
  }
}
