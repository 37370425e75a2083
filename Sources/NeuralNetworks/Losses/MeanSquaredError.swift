import Tensors

/// (ŷ − y)² of all elements, as `reduction` says; if left out, the mean. Both of one shape.
public func mse(
  _ prediction: Tensor, _ target: Tensor, reduction: LossReduction = .mean,
  file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  // A target [n, 1] beside a prediction [n] would broadcast to [n, n] and train on nonsense.
  expect(
    prediction.shape == target.shape,
    "mse expects two tensors of one shape, got \(prediction.shape) and \(target.shape)", file: file,
    line: line)
  return (prediction - target).square().reduced(reduction)
}
