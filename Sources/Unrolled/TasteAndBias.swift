import NeuralNetworks
import Tensors

/// What a `DotProductBias` has learned, with tastes and biases told apart.
///
/// A product u·v of factors that are not centred holds some bias: with ū and v̄ the means over users and items,
///
///     u·v = (u − ū)·(v − v̄) + u·v̄ + ū·v − ū·v̄
///
/// and the second term is the same for all items, the third for all users. Moved to the biases, they leave factors that
/// say only how a user differs from the mean user. Predictions stay as they are.
public struct TasteAndBias {
  /// One a user or item, number 0 (the unknown one) included; it has no part in the means.
  public let userBias: [Float]
  public let itemBias: [Float]
  public let userFactors: Tensor  // [users, factors]
  public let itemFactors: Tensor  // [items, factors]

  public init(_ model: DotProductBias) {
    let (u, v) = (
      model.userFactors.weight.detached(), model.itemFactors.weight.detached()
    )
    let meanUser = u[1..<u.shape[0]].mean(axes: [0])
    let meanItem = v[1..<v.shape[0]].mean(axes: [0])
    (userFactors, itemFactors) = (u - meanUser, v - meanItem)
    let constant = (meanUser * meanItem).sum().item
    userBias = zip(
      model.userBias.weight.values, (u * meanItem).sum(axes: [1]).values
    ).map { $0 + $1 - constant }
    itemBias = zip(
      model.itemBias.weight.values, (v * meanUser).sum(axes: [1]).values
    ).map { $0 + $1 }
  }
}
