import Tensors

/// |ŷ − y| of all elements (L1), as `reduction` says; if left out, the mean.
public func l1Loss(
  _ prediction: Tensor, _ target: Tensor, reduction: LossReduction = .mean,
  file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expect(
    prediction.shape == target.shape,
    "l1Loss expects two tensors of one shape, got \(prediction.shape) and \(target.shape)",
    file: file, line: line)
  return (prediction - target).abs().reduced(reduction)
}

/// d²/2β where d = |ŷ − y| is below β, and d − β/2 elsewhere (Girshick 2015): a square near 0, a
/// line far away. Of all elements, as `reduction` says; if left out, the mean.
public func smoothL1Loss(
  _ prediction: Tensor, _ target: Tensor, beta: Float = 1, reduction: LossReduction = .mean,
  file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expect(
    prediction.shape == target.shape && beta > 0 && beta.isFinite,
    "smoothL1Loss expects two tensors of one shape and a positive β, got \(prediction.shape), \(target.shape) and \(beta)",
    file: file, line: line)
  let distance = (prediction - target).abs()
  // Each part has the whole slope where it counts and none elsewhere; d = β is still near.
  let near = distance.clamped(0, beta.nextUp)
  let beyond = distance.clamped(beta, .infinity) - beta
  // In this order: the square of a small d is nothing in 32 bits, that of a large one infinite.
  return (near * (near / beta) * 0.5 + beyond).reduced(reduction)
}
