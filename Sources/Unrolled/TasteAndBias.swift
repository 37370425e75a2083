import DataPipeline
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

  /// - Parameter rows: Users and items count in the means as often as they stand here; all alike if left out.
  public init(_ model: DotProductBias, over rows: Ratings? = nil) {
    let (u, v) = (model.userFactors.weight.detached(), model.itemFactors.weight.detached())
    let meanUser = rows.map { u.rows($0.users) } ?? u[1..<u.shape[0]]
    let meanItem = rows.map { v.rows($0.items) } ?? v[1..<v.shape[0]]
    (userFactors, itemFactors) = (u - meanUser.mean(axes: [0]), v - meanItem.mean(axes: [0]))
    userBias =
      (model.userBias.weight.detached().reshaped([-1])
      + (userFactors * meanItem.mean(axes: [0])).sum(axes: [1])).values
    itemBias =
      (model.itemBias.weight.detached().reshaped([-1])
      + (v * meanUser.mean(axes: [0])).sum(axes: [1])).values
  }
}
