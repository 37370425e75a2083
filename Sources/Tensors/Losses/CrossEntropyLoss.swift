import Kernels

// Losses of logits or log-probabilities `[n, classes, …]` and a label for each of `[n, …]`. With
// weights w (one a class) each counts as much as its label's; positions whose label is `ignored`
// count nothing:
//
//     none: w·loss of each, 0 where ignored      sum: Σ w·loss      mean: Σ w·loss / Σ w
//
// The mean is NaN where no position is left, as in PyTorch; its gradient is 0 there.
extension Tensor {
  /// −ln softmax(x)[label], softmax along axis 1. Gradient: (softmax(x) − one-hot)·w_label / Σ
  /// w_label.
  package func crossEntropyLoss(
    _ labels: [Int], weights: [Float]? = nil, ignoring ignored: Int? = nil,
    reduction: LossReduction = .mean, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    let (outer, classes, inner) = split(at: 1)
    let counts = LabelWeights(
      labels, classes: classes, weights: weights, ignoring: ignored, reduction, in: "crossEntropy",
      file: file, line: line)
    let losses = Tensor.zeros([labels.count])
    let (top, logarithms) = (Tensor(unfilled: [labels.count]), Tensor(unfilled: [labels.count]))
    // No class at all: every label is ignored.
    if count > 0 {
      labels.withUnsafeBufferPointer {
        guard let labels = $0.baseAddress else { return }
        Kernels.crossEntropy(
          start, labels, ignoring: counts.sentinel, into: losses.storage.start,
          top: top.storage.start, logarithms: logarithms.storage.start, outer: outer,
          classes: classes, inner: inner)
      }
    }
    let loss = counts.reduced(losses, to: [outer] + shape.dropFirst(2))
    return loss.recorded("crossEntropy", from: self) { dy in
      let dx = Tensor(unfilled: self.shape)
      guard dx.count > 0 else { return dx }
      let share = counts.share(of: dy)
      labels.withUnsafeBufferPointer {
        guard let labels = $0.baseAddress else { return }
        Kernels.crossEntropyGradient(
          self.start, labels, ignoring: counts.sentinel, share: share.start, top: top.start,
          logarithms: logarithms.start, into: dx.storage.start, outer: outer, classes: classes,
          inner: inner)
      }
      return dx
    }
  }

  /// −x[label] of log-probabilities x. Gradient: −w_label / Σ w_label in the place of the label.
  package func negativeLogLikelihoodLoss(
    _ labels: [Int], weights: [Float]? = nil, ignoring ignored: Int? = nil,
    reduction: LossReduction = .mean, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    let (outer, classes, inner) = split(at: 1)
    let counts = LabelWeights(
      labels, classes: classes, weights: weights, ignoring: ignored, reduction,
      in: "negativeLogLikelihood", file: file, line: line)
    let losses = Tensor(unfilled: [labels.count])
    labels.withUnsafeBufferPointer {
      guard let labels = $0.baseAddress else { return }
      Kernels.negativeLogLikelihood(
        start, labels, ignoring: counts.sentinel, into: losses.storage.start, outer: outer,
        classes: classes, inner: inner)
    }
    let loss = counts.reduced(losses, to: [outer] + shape.dropFirst(2))
    return loss.recorded("negativeLogLikelihood", from: self) { dy in
      let dx = Tensor.zeros(self.shape)
      let share = counts.share(of: dy)
      labels.withUnsafeBufferPointer {
        guard let labels = $0.baseAddress else { return }
        Kernels.negativeLogLikelihoodGradient(
          share.start, labels, ignoring: counts.sentinel, into: dx.storage.start, outer: outer,
          classes: classes, inner: inner)
      }
      return dx
    }
  }
}
