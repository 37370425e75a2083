import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Root of the mean squared percentage error, √(mean ((y − ŷ) / y)²): being off by a tenth weighs the same for small
/// and large targets. The Rossmann competition's measure.
public func rmspe(
  _ predictions: Tensor, _ targets: Tensor, file: StaticString = #fileID, line: UInt = #line
) -> Double {
  rmspe(predictions, targets, "rmspe", file: file, line: line) { $0 }
}

/// The same for predictions and targets that are logarithms: `rmspe` of e^ŷ and e^y (fastai's `exp_rmspe`).
public func expRMSPE(
  _ predictions: Tensor, _ targets: Tensor, file: StaticString = #fileID, line: UInt = #line
) -> Double {
  rmspe(predictions, targets, "expRMSPE", file: file, line: line) { exp($0) }
}

private func rmspe(
  _ predictions: Tensor, _ targets: Tensor, _ name: String, file: StaticString, line: UInt,
  _ number: (Double) -> Double
) -> Double {
  expectPairs(predictions, targets, in: name, file: file, line: line)
  var sum = 0.0
  for (i, (prediction, target)) in zip(predictions.values, targets.values).enumerated() {
    let y = number(Double(target))
    expect(
      y != 0, "\(name) divides by each target: number \(i) is 0, leave it out", file: file,
      line: line)
    let share = (y - number(Double(prediction))) / y
    sum += share * share
  }
  return (sum / Double(targets.count)).squareRoot()
}
