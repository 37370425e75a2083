import Tensors

/// Cross entropy of logits `[n, classes]` and labels: the mean over the batch of −ln softmax(x)[label].
///
/// The softmax is inside: the model's last layer gives raw numbers. Computed as
/// log-softmax and then the negative log likelihood, which stays exact for confident models.
public func crossEntropy(
  _ logits: Tensor, _ labels: [Int], file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expect(
    logits.rank == 2 && logits.shape[0] == labels.count,
    "crossEntropy expects logits [batch, classes] and one label a row, got \(logits.shape) and \(labels.count) labels",
    file: file, line: line)
  return negativeLogLikelihood(logits.logSoftmax(), labels, file: file, line: line)
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
  let kept = labels.indices.filter { labels[$0] != ignored }
  let keptLabels = kept.map { labels[$0] }
  let rows = kept.count == labels.count ? logits : logits.rows(kept, file: file, line: line)
  let losses = -rows.logSoftmax().columns(keptLabels, file: file, line: line)
  let share = Tensor(keptLabels.map { weights?[$0] ?? 1 })
  return (losses * share).sum() / share.sum()
}

/// Cross entropy over pixels: logits `[n, classes, h, w]`, labels in the order of `[n, h, w]`.
public func crossEntropy(
  pixels logits: Tensor, _ labels: [Int], weights: [Float]? = nil, ignoring ignored: Int? = nil,
  file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expect(
    logits.rank == 4, "crossEntropy(pixels:) expects [n, classes, h, w], got \(logits.shape)",
    file: file, line: line)
  let rows = logits.permuted([0, 2, 3, 1]).reshaped([-1, logits.shape[1]])
  return crossEntropy(rows, labels, weights: weights, ignoring: ignored, file: file, line: line)
}

/// The mean of −ln p[label], from log-probabilities `[n, classes]`.
public func negativeLogLikelihood(
  _ logProbabilities: Tensor, _ labels: [Int], file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  -logProbabilities.columns(labels, file: file, line: line).mean()
}
