import Tensors

/// What fastai v1 puts behind a trained body in place of its last matrix (`create_head`): two new matrices with a ReLU
/// between, the first of a default size, the second with a column for each class.
///
///     features of an image  [n, f, h, w]
///     concat pooling        [n, 2f]           the maximum and the mean of each channel
///     BatchNorm, Dropout ¼
///     Linear, ReLU          [n, hidden]       512 unless told otherwise
///     BatchNorm, Dropout ½
///     Linear                [n, classes]
///
/// It learns 2·2f + (2f + 1)·hidden + 2·hidden + (hidden + 1)·classes numbers. Weights start normal with variance
/// 2 / inputs (He et al. 2015), biases at 0, as fastai's do.
public final class ClassifierHead: Module, Layer {
  public let pool = GlobalConcatPool()
  public let norm1: BatchNorm
  public let dropout1: Dropout
  public let linear1: Linear
  public let relu = ReLU()
  public let norm2: BatchNorm
  public let dropout2: Dropout
  public let linear2: Linear

  /// - Parameters:
  ///   - features: Channels of what the body gives.
  ///   - dropouts: Before the first matrix and before the second.
  public init(
    features: Int, classes: Int, hidden: Int = 512, dropouts: (Float, Float) = (0.25, 0.5),
    using generator: inout some RandomNumberGenerator, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    expectSizes(
      [features, classes, hidden], "features, classes and hidden numbers", of: "ClassifierHead",
      file: file, line: line)
    func linear(_ inputs: Int, _ outputs: Int) -> Linear {
      Linear(
        weight: .heNormal([inputs, outputs], inputs: inputs, using: &generator),
        bias: .zeros([outputs]))
    }
    norm1 = BatchNorm(2 * features)
    dropout1 = Dropout(dropouts.0, seed: generator.next(), file: file, line: line)
    linear1 = linear(2 * features, hidden)
    norm2 = BatchNorm(hidden)
    dropout2 = Dropout(dropouts.1, seed: generator.next(), file: file, line: line)
    linear2 = linear(hidden, classes)
  }

  public func forward(_ x: Tensor) -> Tensor {
    run([pool, norm1, dropout1, linear1, relu, norm2, dropout2, linear2], on: x)
  }

  /// fastai's names: places in an `nn.Sequential`, where a Flatten stands behind the pooling.
  public var fastaiNames: NameMap {
    NameMap(
      self, renaming: [("norm1", "2"), ("linear1", "4"), ("norm2", "6"), ("linear2", "8")])
  }
}
