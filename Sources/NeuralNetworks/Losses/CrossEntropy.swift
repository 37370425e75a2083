import Tensors

/// Cross entropy of logits `[n, classes]` and labels: −ln softmax(x)[label] of each row, as
/// `reduction` says; if left out, the mean.
///
/// The softmax is inside: the model's last layer gives raw numbers. Worth log-softmax and then the
/// negative log likelihood, which stays exact for confident models, in one pass.
///
/// - Parameters:
///   - weights: one for each class, 0 or more. Each row counts as much as its label's: the mean is Σ w·loss / Σ w.
///   - ignored: a label, of a class or any other number, whose rows count nothing. Where no row is
///     left, the mean is NaN, as in PyTorch, and the gradient 0.
///   - reduction: `.none` gives w·loss of each row, `[n]`.
public func crossEntropy(
  _ logits: Tensor, _ labels: [Int], weights: [Float]? = nil, ignoring ignored: Int? = nil,
  reduction: LossReduction = .mean, file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expect(
    logits.rank == 2 && logits.shape[0] == labels.count,
    "crossEntropy expects logits [batch, classes] and one label a row, got \(logits.shape) and \(labels.count) labels",
    file: file, line: line)
  return logits.crossEntropyLoss(
    labels, weights: weights, ignoring: ignored, reduction: reduction, file: file, line: line)
}

/// Cross entropy over pixels: logits `[n, classes, h, w]`, labels in the order of `[n, h, w]`,
/// which is also the shape of the losses without reduction.
public func crossEntropy(
  pixels logits: Tensor, _ labels: [Int], weights: [Float]? = nil, ignoring ignored: Int? = nil,
  reduction: LossReduction = .mean, file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expect(
    logits.rank == 4 && labels.count == logits.shape[0] * logits.shape[2] * logits.shape[3],
    "crossEntropy(pixels:) expects [n, classes, h, w] and a label a pixel, got \(logits.shape) and \(labels.count) labels",
    file: file, line: line)
  return logits.crossEntropyLoss(
    labels, weights: weights, ignoring: ignored, reduction: reduction, file: file, line: line)
}

/// −ln p[label] of each row, from log-probabilities `[n, classes]`; weights, ignored label and
/// reduction as in `crossEntropy`.
public func negativeLogLikelihood(
  _ logProbabilities: Tensor, _ labels: [Int], weights: [Float]? = nil,
  ignoring ignored: Int? = nil, reduction: LossReduction = .mean, file: StaticString = #fileID,
  line: UInt = #line
) -> Tensor {
  expect(
    logProbabilities.rank == 2 && logProbabilities.shape[0] == labels.count,
    "negativeLogLikelihood expects log-probabilities [batch, classes] and one label a row, got \(logProbabilities.shape) and \(labels.count) labels",
    file: file, line: line)
  return logProbabilities.negativeLogLikelihoodLoss(
    labels, weights: weights, ignoring: ignored, reduction: reduction, file: file, line: line)
}

/// The same over pixels: log-probabilities `[n, classes, h, w]`, labels in the order of `[n, h,
/// w]`.
public func negativeLogLikelihood(
  pixels logProbabilities: Tensor, _ labels: [Int], weights: [Float]? = nil,
  ignoring ignored: Int? = nil, reduction: LossReduction = .mean, file: StaticString = #fileID,
  line: UInt = #line
) -> Tensor {
  let shape = logProbabilities.shape
  expect(
    shape.count == 4 && labels.count == shape[0] * shape[2] * shape[3],
    "negativeLogLikelihood(pixels:) expects [n, classes, h, w] and a label a pixel, got \(shape) and \(labels.count) labels",
    file: file, line: line)
  return logProbabilities.negativeLogLikelihoodLoss(
    labels, weights: weights, ignoring: ignored, reduction: reduction, file: file, line: line)
}
