import Tensors

/// F_β = (1 + β²)·TP / ((1 + β²)·TP + β²·FN + FP) of each row, averaged over the rows: precision and recall in one
/// number, in which recall weighs β times as much (van Rijsbergen 1979).
///
/// Both `[batch, labels]`; targets are 0 or 1, a probability above the threshold is a yes. A row without labels and
/// without a yes, 0/0, counts 0, as in the course and in scikit-learn (average "samples"). NaN if a probability is.
/// β = 2 and 0.2 are the planet lesson's.
public func fBeta(
  _ probabilities: Tensor, _ targets: Tensor, beta: Double = 2, threshold: Float = 0.2,
  file: StaticString = #fileID, line: UInt = #line
) -> Double {
  expectPairs(probabilities, targets, in: "fBeta", file: file, line: line)
  expect(
    targets.rank == 2, "fBeta expects [batch, labels], got \(targets.shape)", file: file, line: line
  )
  expect(
    beta >= 0 && beta.isFinite && !threshold.isNaN,
    "fBeta expects a finite β of 0 or more and a threshold, got \(beta) and \(threshold)",
    file: file, line: line)
  expectZerosAndOnes(targets, in: "fBeta", file: file, line: line)
  let (rows, columns) = (targets.shape[0], targets.shape[1])
  let (p, t) = (probabilities.values, targets.values)
  if p.contains(where: \.isNaN) { return .nan }
  var sum = 0.0
  for row in 0..<rows {
    var (hits, misses, alarms) = (0.0, 0.0, 0.0)
    for i in (row * columns)..<((row + 1) * columns) {
      switch (p[i] > threshold, t[i] == 1) {
      case (true, true): hits += 1
      case (false, true): misses += 1
      case (true, false): alarms += 1
      case (false, false): break
      }
    }
    let all = (1 + beta * beta) * hits + beta * beta * misses + alarms
    if all > 0 { sum += (1 + beta * beta) * hits / all }
  }
  return sum / Double(rows)
}
