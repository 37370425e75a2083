import Tensors

extension Page {
  /// A tensor: its shape, and its values where they are few or their range where they are many.
  public func show(_ name: String, _ tensor: Tensor) {
    show(name, shape: tensor.shape, values: tensor.values)
  }
}
