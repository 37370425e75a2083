import Tensors

/// Two ways to keep weights small.
public enum WeightDecay: Equatable, Sendable {
  case none
  /// A term (λ/2)·Σw² in the loss: g ← g + λ·w, before the optimizer's rule. The notes' term wd·Σw²
  /// is λ = 2·wd.
  case l2(Double)
  /// w ← (1 − η·λ)·w, beside the optimizer's rule (Loshchilov and Hutter 2019).
  case decoupled(Double)

  func expectLambda() {
    switch self {
    case .none: break
    case .l2(let lambda), .decoupled(let lambda):
      expect(
        lambda >= 0 && lambda.isFinite, "WeightDecay expects a λ of 0 or more, got \(lambda)")
    }
  }
}
