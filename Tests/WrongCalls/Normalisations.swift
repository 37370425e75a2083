import NeuralNetworks
import Tensors

extension Table {
  mutating func normalisations() {
    of("Tensor.layerNormalized([Int], weight: Tensor?, bias: Tensor?, epsilon: Float)")
    for lengths in [[], [2], [3, 2], [1, 2, 3], [-3], [huge]] {
      stops { matrix.layerNormalized(lengths) }
    }
    stops { scalar.layerNormalized([1]) }
    stops { matrix.layerNormalized([3], weight: scalar) }
    stops { matrix.layerNormalized([3], bias: .ones([2])) }
    for epsilon in [-1, Float.nan] { stops { matrix.layerNormalized([3], epsilon: epsilon) } }
    returns { Tensor.zeros([0, 3]).layerNormalized([3]).shape == [0, 3] }
    of("Tensor.groupNormalized(groups: Int, weight: Tensor?, bias: Tensor?, epsilon: Float)")
    for groups in [0, -1, 2, huge] { stops { pictures.groupNormalized(groups: groups) } }
    stops { vector.groupNormalized(groups: 1) }
    stops { pictures.groupNormalized(groups: 1, weight: .ones([4])) }
    stops { pictures.groupNormalized(groups: 1, bias: scalar) }
    for epsilon in [-1, Float.nan] {
      stops { pictures.groupNormalized(groups: 1, epsilon: epsilon) }
    }
    of("Tensor.instanceNormalized(weight: Tensor?, bias: Tensor?, epsilon: Float)")
    stops { matrix.instanceNormalized() }
    stops { scalar.instanceNormalized() }
    stops { Tensor.ones([2, 3, 1, 1]).instanceNormalized() }
    stops { pictures.instanceNormalized(weight: .ones([4])) }
    stops { pictures.instanceNormalized(bias: scalar) }
    stops { pictures.instanceNormalized(epsilon: .nan) }

    of("LayerNorm.init([Int], epsilon: Float, isAffine: Bool, hasBias: Bool)")
    for lengths in [[], [0], [3, -1]] { stops { LayerNorm(lengths) } }
    stops(anyWord) { LayerNorm([huge, huge]) }
    for epsilon in [-1, Float.nan] { stops { LayerNorm([3], epsilon: epsilon) } }
    of("LayerNorm.init(Int, epsilon: Float, isAffine: Bool, hasBias: Bool)")
    for features in [0, -1] { stops { LayerNorm(features) } }
    stops(anyWord) { LayerNorm(huge) }
    stops { LayerNorm(3, epsilon: .infinity) }
    of("LayerNorm.forward(Tensor)")
    stops { LayerNorm(4)(matrix) }
    stops { LayerNorm(1)(scalar) }
    of("GroupNorm.init(groups: Int, Int, epsilon: Float, isAffine: Bool)")
    for (groups, channels) in [(0, 4), (-1, 4), (3, 4), (1, 0), (2, -4), (8, 4)] {
      stops { GroupNorm(groups: groups, channels) }
    }
    stops(anyWord) { GroupNorm(groups: 1, huge) }
    stops { GroupNorm(groups: 1, 3, epsilon: -1) }
    of("GroupNorm.forward(Tensor)")
    stops { GroupNorm(groups: 1, 4)(pictures) }
    stops { GroupNorm(groups: 1, 3)(vector) }
    of("InstanceNorm2d.init(Int, epsilon: Float, isAffine: Bool)")
    for channels in [0, -1] { stops { InstanceNorm2d(channels) } }
    stops(anyWord) { InstanceNorm2d(huge, isAffine: true) }
    stops { InstanceNorm2d(3, epsilon: .nan) }
    of("InstanceNorm2d.forward(Tensor)")
    stops { InstanceNorm2d(4)(pictures) }
    stops { InstanceNorm2d(3)(matrix) }
    of("Softplus.init(beta: Float, threshold: Float)")
    for beta in [0, Float.nan, .infinity] { stops { Softplus(beta: beta) } }
  }
}
