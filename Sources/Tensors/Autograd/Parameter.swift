/// Numbers that training updates: a tensor and its gradient.
///
///     @Parameter var w = Tensor.zeros([784, 10])
///     loss.backward()
///     w -= rate * $w.grad     // in place
///     $w.zeroGrad()
///
/// It keeps the shape that it was made with, and its gradient has that shape too: the optimizer's averages and
/// the tape count on it.
@propertyWrapper
public final class Parameter {
  /// The numbers, without a link to the tape.
  public var value: Tensor {
    didSet {
      // The old value is not read here: holding it would copy the numbers at each `-=`.
      expect(
        value.shape == leaf.shape,
        "a parameter keeps its shape: \(leaf.shape) cannot become \(value.shape)")
      value.node = nil
    }
  }
  let leaf: Node
  /// A frozen parameter is not recorded and gets no gradient.
  public var isFrozen = false

  public init(wrappedValue: Tensor) {
    value = wrappedValue.detached()
    leaf = Node(leaf: wrappedValue.shape)
  }

  public convenience init(_ value: Tensor) { self.init(wrappedValue: value) }

  /// Read in a formula, the value is linked to the tape. Changed by `-=`, it stays in its buffer.
  public var wrappedValue: Tensor {
    get {
      var tensor = value
      if !isFrozen { tensor.node = leaf }
      return tensor
    }
    _modify { yield &value }
    set { value = newValue }
  }

  public var projectedValue: Parameter { self }

  /// The gradient of the last losses that `backward()` was called on, summed since `zeroGrad()`.
  public var grad: Tensor {
    get {
      guard let gradient = leaf.gradient else {
        fatalError("this parameter \(value.shape) has no gradient yet: call backward() on a loss")
      }
      return gradient
    }
    set {
      expect(
        newValue.shape == leaf.shape,
        "the gradient of a parameter of shape \(leaf.shape) cannot have shape \(newValue.shape)")
      leaf.gradient = newValue.detached()
    }
  }

  /// False before the first `backward()` and after `zeroGrad()`.
  public var hasGrad: Bool { leaf.gradient != nil }

  /// Forgets the gradient: the next `backward()` starts from 0.
  public func zeroGrad() { leaf.gradient = nil }
}
