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

/// The mean of −ln p[label], from log-probabilities `[n, classes]`.
public func negativeLogLikelihood(
  _ logProbabilities: Tensor, _ labels: [Int], file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  -logProbabilities.columns(labels, file: file, line: line).mean()
}
