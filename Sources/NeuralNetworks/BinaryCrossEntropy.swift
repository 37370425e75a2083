import Tensors

/// The mean of −y·ln p − (1 − y)·ln(1 − p), from probabilities and targets of one shape.
///
/// Each logarithm is held at −100 or above (as PyTorch does), so that a sure mistake costs 100,
/// not infinity.
public func binaryCrossEntropy(
  _ probabilities: Tensor, _ targets: Tensor, file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expect(
    probabilities.shape == targets.shape,
    "binaryCrossEntropy expects two tensors of one shape, got \(probabilities.shape) and \(targets.shape)",
    file: file, line: line)
  let yes = probabilities.log().clamped(-100, .infinity)
  let no = (1 - probabilities).log().clamped(-100, .infinity)
  return -(targets * yes + (1 - targets) * no).mean()
}

/// The same from logits x, p = σ(x): the mean of max(x, 0) − x·y + ln(1 + e^−|x|), exact for any x.
///
/// Gradient: (σ(x) − y) / count.
public func binaryCrossEntropy(
  logits: Tensor, _ targets: Tensor, file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expect(
    logits.shape == targets.shape,
    "binaryCrossEntropy expects two tensors of one shape, got \(logits.shape) and \(targets.shape)",
    file: file, line: line)
  let x = logits.detached()
  let softplus = (1 + (-x.abs()).exp()).log()
  let loss = (x.relu() - x * targets.detached() + softplus).mean()
  return loss.recorded(from: logits, targets) { dy in
    dy / Float(x.count) * (x.sigmoid() - targets)
  } second: { dy in
    -dy / Float(x.count) * x
  }
}
