import Kernels

extension Tensor {
  /// f of each number.
  func activated(_ f: Activation) -> Tensor {
    let y = Tensor(unfilled: shape)
    Kernels.map(f, start, into: y.storage.start, count)
    return y
  }

  /// dy·f′(x), dy being this tensor.
  func throughSlope(of f: Activation, at x: Tensor) -> Tensor {
    let dx = Tensor(unfilled: x.shape)
    Kernels.gradient(of: f, start, x.start, into: dx.storage.start, x.count)
    return dx
  }
}
