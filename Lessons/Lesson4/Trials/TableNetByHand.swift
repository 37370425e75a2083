import Unrolled

/// The net for a table as plain loops in double precision, as at test time: what each layer's sums come to.
struct TableNetByHand {
  private var parameters: [String: [Double]] = [:]
  private let model: TabularModel

  init(_ model: TabularModel) {
    self.model = model
    for (name, parameter) in model.namedParameters {
      parameters[name] = parameter.value.values.map { Double($0) }
    }
  }

  func outputs(_ categories: [Int], _ numbers: [Double]) -> [Double] {
    var x: [Double] = []
    for (i, category) in categories.enumerated() {
      let vectors = parameters["embeddings.\(i).weight"] ?? []
      let width = model.embeddings[i].weight.shape[1]
      x += vectors[(category * width)..<((category + 1) * width)]
    }
    x += model.norm.map { normalised(numbers, "norm", $0) } ?? numbers
    for (i, layer) in model.layers.layers.enumerated() {
      let name = "layers.layers.\(i)"
      if let norm = layer as? BatchNorm {
        x = normalised(x, name, norm)
      } else if layer is ReLU {
        x = x.map { max(0, $0) }
      } else {
        let (weight, bias) = (parameters[name + ".weight"] ?? [], parameters[name + ".bias"] ?? [])
        x = bias.indices.map { j in
          bias[j] + x.indices.reduce(0) { $0 + x[$1] * weight[$1 * bias.count + j] }
        }
      }
    }
    return x
  }

  /// (x − μ) / √(σ² + ε) · γ + β with the running averages.
  private func normalised(_ x: [Double], _ name: String, _ norm: BatchNorm) -> [Double] {
    let (gamma, beta) = (parameters[name + ".gamma"] ?? [], parameters[name + ".beta"] ?? [])
    return x.indices.map { i in
      let spread = (Double(norm.runningVariance.values[i]) + Double(norm.epsilon)).squareRoot()
      return (x[i] - Double(norm.runningMean.values[i])) / spread * gamma[i] + beta[i]
    }
  }
}
