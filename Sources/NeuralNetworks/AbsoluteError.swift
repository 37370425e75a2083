import Tensors

/// The mean of |ŷ − y| (L1).
public func l1Loss(
  _ prediction: Tensor, _ target: Tensor, file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expect(
    prediction.shape == target.shape,
    "l1Loss expects two tensors of one shape, got \(prediction.shape) and \(target.shape)",
    file: file, line: line)
  return (prediction - target).abs().mean()
}

/// The mean of d²/2β where d = |ŷ − y| is below β, and of d − β/2 elsewhere (Girshick 2015): a square near 0,
/// a line far away.
public func smoothL1Loss(
  _ prediction: Tensor, _ target: Tensor, beta: Float = 1, file: StaticString = #fileID,
  line: UInt = #line
) -> Tensor {
  expect(
    prediction.shape == target.shape && beta > 0,
    "smoothL1Loss expects two tensors of one shape and a positive β, got \(prediction.shape), \(target.shape) and \(beta)",
    file: file, line: line)
  let distance = (prediction - target).abs()
  let near = distance.clamped(0, beta)
  return (near.square() * (0.5 / beta) + (distance - near)).mean()
}
