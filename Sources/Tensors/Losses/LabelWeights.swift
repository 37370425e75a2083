import Kernels

/// How much each position counts in a loss: the weight of its label, 1 without weights, 0 where the
/// label is ignored.
///
///     none: w·loss      sum: Σ w·loss      mean: Σ w·loss / Σ w
struct LabelWeights {
  /// Nil where each is 1.
  private let weights: Tensor?
  /// Σ w
  private let total: Float
  private let labels: [Int]
  private let ignored: Int?
  private let reduction: LossReduction

  /// Labels of `[n, classes, …]`, one for each of `[n, …]`; checked.
  init(
    _ labels: [Int], classes: Int, weights: [Float]?, ignoring ignored: Int?,
    _ reduction: LossReduction, in operation: String, file: StaticString, line: UInt
  ) {
    if let weights {
      expect(
        weights.count == classes,
        "\(operation) expects a weight a class, got \(weights.count) weights for \(classes) classes",
        file: file, line: line)
      if let bad = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
        fatalError(
          "\(operation) expects weights of 0 or more, got \(weights[bad]) for class \(bad)",
          file: file, line: line)
      }
    }
    for (place, label) in labels.enumerated() where label != ignored {
      expect(
        label >= 0 && label < classes,
        "\(operation) expects labels in 0..<\(classes), got \(label) at position \(place)",
        file: file, line: line)
    }
    self.labels = labels
    self.ignored = ignored
    self.reduction = reduction
    if weights == nil && ignored.map({ labels.contains($0) }) != true {
      self.weights = nil
      total = Float(labels.count)
    } else {
      let each = Tensor(labels.map { $0 == ignored ? 0 : weights?[$0] ?? 1 })
      self.weights = each
      total = Kernels.sum(each.start, each.count)
    }
  }

  /// A label that no position has stands for none.
  var sentinel: Int { ignored ?? .min }

  /// From the losses of the positions, 0 where the label is ignored.
  func reduced(_ losses: Tensor, to shape: [Int]) -> Tensor {
    let each = weights.map { losses * $0 } ?? losses
    switch reduction {
    case .none: return each.reshaped(shape)
    case .sum: return each.sum()
    case .mean: return Tensor(Kernels.sum(each.start, each.count) / total)
    }
  }

  /// The gradient of each position's loss, from that of the result; 0 where the label is ignored,
  /// even if none is left.
  func share(of dy: Tensor) -> Tensor {
    switch reduction {
    case .none:
      let each = dy.reshaped([labels.count])
      return weights.map { each * $0 } ?? each
    case .sum: return share(dy.item, over: 1)
    case .mean: return share(dy.item, over: total)
    }
  }

  private func share(_ dy: Float, over total: Float) -> Tensor {
    guard let weights else { return Tensor(repeating: 1 / total * dy, [labels.count]) }
    let share = weights * (1 / total) * dy
    guard total == 0 else { return share }
    let values = share.values
    return Tensor(labels.indices.map { labels[$0] == ignored ? 0 : values[$0] })
  }
}
