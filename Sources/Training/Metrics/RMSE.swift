import Tensors

/// Root of the mean squared error, √(mean (ŷ − y)²): an error in the unit of the targets.
public func rmse(
  _ predictions: Tensor, _ targets: Tensor, file: StaticString = #fileID, line: UInt = #line
) -> Double {
  expectPairs(predictions, targets, in: "rmse", file: file, line: line)
  return meanSquare(predictions, targets).squareRoot()
}

/// mean (ŷ − y)², summed in double precision.
func meanSquare(_ predictions: Tensor, _ targets: Tensor) -> Double {
  let sum = zip(predictions.values, targets.values).reduce(0.0) { sum, pair in
    let error = Double(pair.0) - Double(pair.1)
    return sum + error * error
  }
  return sum / Double(targets.count)
}
