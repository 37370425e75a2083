import Tensors

/// The largest number of each window of `[n, channels, h, w]`.
public final class MaxPool2d: Module, Layer {
  public let kernel: Int
  public let stride: Int
  public let padding: Int

  public init(_ kernel: Int, stride: Int? = nil, padding: Int = 0) {
    self.kernel = kernel
    self.stride = stride ?? kernel
    self.padding = padding
  }

  public func forward(_ x: Tensor) -> Tensor {
    x.maxPool2d(kernel, stride: stride, padding: padding)
  }
}

/// The mean of each window of `[n, channels, h, w]`.
public final class AveragePool2d: Module, Layer {
  public let kernel: Int
  public let stride: Int

  public init(_ kernel: Int, stride: Int? = nil) {
    self.kernel = kernel
    self.stride = stride ?? kernel
  }

  public func forward(_ x: Tensor) -> Tensor { x.averagePool2d(kernel, stride: stride) }
}

/// The mean of each channel over the whole image: `[n, channels, h, w]` → `[n, channels]` (Lin et al. 2013).
public final class GlobalAveragePool: Module, Layer {
  public func forward(_ x: Tensor) -> Tensor {
    expect(x.rank == 4, "GlobalAveragePool expects [n, channels, h, w], got \(x.shape)")
    return x.mean(axes: [2, 3])
  }
}

/// The maximum and the mean of each channel over the whole image, side by side: `[n, channels, h, w]` →
/// `[n, 2·channels]`, maxima first (fastai's `AdaptiveConcatPool2d`).
public final class GlobalConcatPool: Module, Layer {
  public func forward(_ x: Tensor) -> Tensor {
    expect(x.rank == 4, "GlobalConcatPool expects [n, channels, h, w], got \(x.shape)")
    let planes = x.reshaped([x.shape[0], x.shape[1], x.shape[2] * x.shape[3]])
    return concatenate([planes.max(axis: 2), planes.mean(axes: [2])], axis: 1)
  }
}
