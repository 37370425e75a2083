import Tensors

/// Cross entropy of logits `[n, classes]` and labels: the mean over the batch of −ln softmax(x)[label].
///
/// The softmax is inside: the model's last layer gives raw numbers. Worth log-softmax and then the
/// negative log likelihood, which stays exact for confident models, in one pass.
public func crossEntropy(
  _ logits: Tensor, _ labels: [Int], file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expect(
    logits.rank == 2 && logits.shape[0] == labels.count,
    "crossEntropy expects logits [batch, classes] and one label a row, got \(logits.shape) and \(labels.count) labels",
    file: file, line: line)
  return logits.crossEntropyLoss(labels, file: file, line: line)
}

/// The same with a weight for each class, Σ w_y·loss / Σ w_y, and a label whose rows are left out.
///
/// NaN where no row is left, as in PyTorch.
public func crossEntropy(
  _ logits: Tensor, _ labels: [Int], weights: [Float]?, ignoring ignored: Int?,
  file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expect(
    logits.rank == 2 && logits.shape[0] == labels.count
      && weights.map { $0.count == logits.shape[1] } ?? true,
    "crossEntropy expects logits [batch, classes], a label a row and a weight a class, got \(logits.shape), \(labels.count) labels and \(weights?.count ?? 0) weights",
    file: file, line: line)
  return logits.crossEntropyLoss(
    labels, weights: weights, ignoring: ignored, file: file, line: line)
}

/// Cross entropy over pixels: logits `[n, classes, h, w]`, labels in the order of `[n, h, w]`.
public func crossEntropy(
  pixels logits: Tensor, _ labels: [Int], weights: [Float]? = nil, ignoring ignored: Int? = nil,
  file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expect(
    logits.rank == 4 && labels.count * logits.shape[1] == logits.count
      && weights.map { $0.count == logits.shape[1] } ?? true,
    "crossEntropy(pixels:) expects [n, classes, h, w], a label a pixel and a weight a class, got \(logits.shape), \(labels.count) labels and \(weights?.count ?? 0) weights",
    file: file, line: line)
  return logits.crossEntropyLoss(
    labels, weights: weights, ignoring: ignored, file: file, line: line)
}

/// The mean of −ln p[label], from log-probabilities `[n, classes]`.
public func negativeLogLikelihood(
  _ logProbabilities: Tensor, _ labels: [Int], file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  -logProbabilities.columns(labels, file: file, line: line).mean()
}
