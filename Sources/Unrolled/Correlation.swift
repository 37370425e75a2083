/// How well a straight line tells one list from the other: Pearson's r, from −1 to 1.
public func correlation(_ x: [Float], _ y: [Float]) -> Double {
  precondition(
    x.count == y.count && x.count > 1,
    "correlation expects two lists of one length, got \(x.count) and \(y.count)")
  let (a, b) = (x.map(Double.init), y.map(Double.init))
  let (meanA, meanB) = (meanAndDeviation(a).mean, meanAndDeviation(b).mean)
  var (ab, aa, bb) = (0.0, 0.0, 0.0)
  for (p, q) in zip(a, b) {
    ab += (p - meanA) * (q - meanB)
    aa += (p - meanA) * (p - meanA)
    bb += (q - meanB) * (q - meanB)
  }
  return ab / (aa * bb).squareRoot()
}
