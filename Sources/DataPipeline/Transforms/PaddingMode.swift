import Kernels

/// What lies outside of a picture, where a transform looks there.
public enum PaddingMode: Sendable, CaseIterable {
  /// Black; class 0 in a mask.
  case zeros
  /// The nearest pixel of the border, on and on.
  case border
  /// The picture again, as mirrors at its borders would show it.
  case reflection

  var kernel: Kernels.Outside {
    switch self {
    case .zeros: .zeros
    case .border: .border
    case .reflection: .reflection
    }
  }
}
