import Tensors

/// The targets of a batch as losses and metrics take them.
extension ImageBatch where Target == Int {
  public var labels: [Int] { targets }
}

extension ImageBatch where Target == Float {
  /// `[batch]`
  public var values: Tensor { Tensor(targets, shape: [targets.count]) }
}

extension ImageBatch where Target == [Float] {
  /// Of several classes: `[batch, classes]`, 1 where a picture has the class.
  public var labels: Tensor {
    Tensor(targets.flatMap(\.self), shape: [targets.count, targets[0].count])
  }
}

extension ImageBatch where Target == Mask {
  /// The class of every pixel, row after row, picture after picture.
  public var labels: [Int] { targets.flatMap(\.labels) }
}

extension ImageBatch where Target == Points {
  /// `[batch, 2 · points]`: y before x, the picture's borders at −1 and 1.
  public var places: Tensor {
    Tensor(targets.flatMap(\.scaled), shape: [targets.count, 2 * targets[0].points.count])
  }
}
