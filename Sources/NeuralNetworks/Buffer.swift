import Tensors

/// Numbers of a model that are kept and stored beside its parameters, but not trained: running averages.
///
///     @Buffer var runningMean = Tensor.zeros([channels])
///
/// As a parameter, it keeps the shape that it was made with.
@propertyWrapper
public final class Buffer {
  public var wrappedValue: Tensor {
    didSet {
      expect(
        wrappedValue.shape == shape,
        "a buffer keeps its shape: \(shape) cannot become \(wrappedValue.shape)")
    }
  }
  private let shape: [Int]

  public init(wrappedValue: Tensor) {
    self.wrappedValue = wrappedValue.detached()
    shape = wrappedValue.shape
  }

  public var projectedValue: Buffer { self }
}

/// A tensor of a model's state, a parameter or a buffer, that can be stored and read back.
public protocol StateTensor: AnyObject {
  var value: Tensor { get set }
}

extension Parameter: StateTensor {}

extension Buffer: StateTensor {
  public var value: Tensor {
    get { wrappedValue }
    set { wrappedValue = newValue.detached() }
  }
}
