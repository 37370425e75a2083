import Kernels

extension Tensor {
  /// The mean of −ln softmax(x)[label] over all positions, softmax along axis 1 of `[n, classes, …]`; a
  /// label for each of `[n, …]`.
  ///
  /// With weights w (one a class) Σ w_label·loss / Σ w_label; positions whose label is `ignored` count
  /// nothing. NaN where none is left, as in PyTorch. Gradient: (softmax(x) − one-hot)·w_label / Σ w_label.
  package func crossEntropyLoss(
    _ labels: [Int], weights: [Float]? = nil, ignoring ignored: Int? = nil,
    file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    let (outer, classes, inner) = split(at: 1)
    for (place, label) in labels.enumerated() where label != ignored {
      expect(
        label >= 0 && label < classes,
        "crossEntropy expects labels in 0..<\(classes), got \(label) at position \(place)",
        file: file, line: line)
    }
    // No label is Int.min: nothing is ignored.
    let ignored = ignored ?? .min
    let positions = outer * inner
    let losses = Tensor(unfilled: [positions])
    let (top, logarithms) = (Tensor(unfilled: [positions]), Tensor(unfilled: [positions]))
    labels.withUnsafeBufferPointer {
      guard let labels = $0.baseAddress else { return }
      Kernels.crossEntropy(
        start, labels, ignoring: ignored, into: losses.storage.start, top: top.storage.start,
        logarithms: logarithms.storage.start, outer: outer, classes: classes, inner: inner)
    }
    let share: Tensor
    let total: Float
    if weights == nil && !labels.contains(ignored) {
      share = Tensor(repeating: 1 / Float(positions), [positions])
      total = Kernels.sum(losses.start, positions) / Float(positions)
    } else {
      let weight = Tensor(labels.map { $0 == ignored ? 0 : weights?[$0] ?? 1 })
      let sum = weight.sum().item
      share = weight / sum
      total = (losses * weight).sum().item / sum
    }
    return Tensor(total).recorded("crossEntropy", from: self) { dy in
      let dx = Tensor(unfilled: self.shape)
      let share = share * dy.item
      labels.withUnsafeBufferPointer {
        guard let labels = $0.baseAddress else { return }
        Kernels.crossEntropyGradient(
          self.start, labels, ignoring: ignored, share: share.start, top: top.start,
          logarithms: logarithms.start, into: dx.storage.start, outer: outer, classes: classes,
          inner: inner)
      }
      return dx
    }
  }
}
