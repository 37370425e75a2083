import Tensors

/// −y·ln p − (1 − y)·ln(1 − p) of all elements, as `reduction` says; if left out, the mean. From
/// probabilities and targets of one shape.
///
/// Each logarithm is held at −100 or above (as PyTorch does), so that a sure mistake costs 100,
/// not infinity.
///
/// Gradient: (p − y) / (p·(1 − p)), the denominator held at 1e-12 or above (as PyTorch does); of
/// the mean, over the count.
public func binaryCrossEntropy(
  _ probabilities: Tensor, _ targets: Tensor, reduction: LossReduction = .mean,
  file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expect(
    probabilities.shape == targets.shape,
    "binaryCrossEntropy expects two tensors of one shape, got \(probabilities.shape) and \(targets.shape)",
    file: file, line: line)
  let (p, y) = (probabilities.detached(), targets.detached())
  let yes = p.log().clamped(-100, .infinity)
  let no = (1 - p).log().clamped(-100, .infinity)
  let losses = -(y * yes + (1 - y) * no)
  // In one piece: where p is 0 or 1 the logarithm's derivative is infinite, and σ′ behind it is 0.
  return losses.recorded(from: probabilities, targets) { dy in
    dy * ((p - y) / (p * (1 - p)).clamped(1e-12, .infinity))
  } second: { dy in
    dy * (no - yes)
  }.reduced(reduction)
}

/// The same from logits x, p = σ(x): (1 − y)·x − ln σ(x), exact for any x.
///
/// ln σ(x) = min(x, 0) − ln(1 + e^−|x|). Gradient: σ(x) − y; of the mean, over the count.
public func binaryCrossEntropy(
  logits: Tensor, _ targets: Tensor, reduction: LossReduction = .mean,
  file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expect(
    logits.shape == targets.shape,
    "binaryCrossEntropy expects two tensors of one shape, got \(logits.shape) and \(targets.shape)",
    file: file, line: line)
  let (x, y) = (logits.detached(), targets.detached())
  let logSigmoid = x.clamped(-.infinity, 0) - (1 + (-x.abs()).exp()).log()
  let losses = (1 - y) * x - logSigmoid
  return losses.recorded(from: logits, targets) { dy in
    dy * (x.sigmoid() - y)
  } second: { dy in
    -dy * x
  }.reduced(reduction)
}
