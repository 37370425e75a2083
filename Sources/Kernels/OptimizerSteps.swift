/// One step of each optimizer over a parameter's numbers: w the weights, g the gradient.
extension Kernels {
  /// w ← w − rate·g
  public static func stepSGD(_ w: MutablePointer, _ g: Pointer, rate: Float, _ count: Int) {
    for i in 0..<count { w[i] -= rate * g[i] }
  }

  /// s ← keep·s + take·g, w ← w − rate·s
  public static func stepMomentum(
    _ w: MutablePointer, _ g: Pointer, average s: MutablePointer, keep: Float, take: Float,
    rate: Float, _ count: Int
  ) {
    for i in 0..<count {
      let average = keep * s[i] + take * g[i]
      s[i] = average
      w[i] -= rate * average
    }
  }

  /// r ← keep·r + (1 − keep)·g², w ← w − rate·g / (√r + ε)
  public static func stepRMSProp(
    _ w: MutablePointer, _ g: Pointer, squares r: MutablePointer, keep: Float, rate: Float,
    epsilon: Float, _ count: Int
  ) {
    for i in 0..<count {
      let average = keep * r[i] + (1 - keep) * (g[i] * g[i])
      r[i] = average
      w[i] -= rate * g[i] / (average.squareRoot() + epsilon)
    }
  }

  /// w ← w − rate·g / (√r + ε) with the r of the step before, then r ← keep·r + (1 − keep)·g²
  public static func stepRMSPropPreviousRow(
    _ w: MutablePointer, _ g: Pointer, squares r: MutablePointer, keep: Float, rate: Float,
    epsilon: Float, _ count: Int
  ) {
    for i in 0..<count {
      w[i] -= rate * g[i] / (r[i].squareRoot() + epsilon)
      r[i] = keep * r[i] + (1 - keep) * (g[i] * g[i])
    }
  }

  /// s ← β₁·s + (1 − β₁)·g, r ← β₂·r + (1 − β₂)·g², w ← w − rate·(s / c₁) / (√(r / c₂) + ε)
  public static func stepAdam(
    _ w: MutablePointer, _ g: Pointer, average s: MutablePointer, squares r: MutablePointer,
    beta1: Float, beta2: Float, correction1: Float, correction2: Float, rate: Float,
    epsilon: Float, _ count: Int
  ) {
    let up1 = 1 / correction1
    let up2 = 1 / correction2
    for i in 0..<count {
      let gradient = g[i]
      let average = beta1 * s[i] + (1 - beta1) * gradient
      let squares = beta2 * r[i] + (1 - beta2) * (gradient * gradient)
      s[i] = average
      r[i] = squares
      w[i] -= rate * (average * up1) / ((squares * up2).squareRoot() + epsilon)
    }
  }
}
