/// The numbers of `[outer, classes, inner]` that a label for each (outer, inner) names.
extension Kernels {
  /// losses ← −x[label], 0 where the label is `ignored`.
  public static func negativeLogLikelihood(
    _ x: Pointer, _ labels: UnsafePointer<Int>, ignoring ignored: Int, into losses: MutablePointer,
    outer: Int, classes: Int, inner: Int
  ) {
    for o in 0..<outer {
      let x = x + o * classes * inner
      for i in 0..<inner {
        let label = labels[o * inner + i]
        losses[o * inner + i] = label == ignored ? 0 : -x[label * inner + i]
      }
    }
  }

  /// dx[label] ← −share[position]; dx begins as zeros.
  public static func negativeLogLikelihoodGradient(
    _ share: Pointer, _ labels: UnsafePointer<Int>, ignoring ignored: Int, into dx: MutablePointer,
    outer: Int, classes: Int, inner: Int
  ) {
    for o in 0..<outer {
      let dx = dx + o * classes * inner
      for i in 0..<inner {
        let label = labels[o * inner + i]
        if label != ignored { dx[label * inner + i] = -share[o * inner + i] }
      }
    }
  }
}
