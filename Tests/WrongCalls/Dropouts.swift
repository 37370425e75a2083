import NeuralNetworks
import Tensors

extension Table {
  mutating func dropouts() {
    for p: Float in [-0.1, 1, 1.5, .nan, .infinity] {
      of("Dropout.init(Float, seed: UInt64)")
      stops { Dropout(p, seed: 1) }
      of("VariationalDropout.init(Float, seed: UInt64)")
      stops { VariationalDropout(p, seed: 1) }
      of("EmbeddingDropout.init(Embedding, Float, seed: UInt64)")
      stops { EmbeddingDropout(Embedding(5, 3, using: &generator), p, seed: 1) }
    }
    of("Dropout.forward(Tensor)")
    returns { Dropout(seed: 1)(nothing).count == 0 }
    of("VariationalDropout.forward(Tensor)")
    stops { VariationalDropout(seed: 1)(matrix) }
    stops { VariationalDropout(seed: 1)(scalar) }
    of("Embedding.init(Int, Int)")
    stops { Embedding(-1, 3, using: &generator) }
    returns { Embedding(5, 0, using: &generator)([1, 2]).shape == [2, 0] }
    stops("Embedding") { Embedding(0, 3, using: &generator)([0]) }
    stops { Embedding(5, -3, using: &generator) }
    stops(anyWord) { Embedding(huge, 2, using: &generator) }
    stops(anyWord) { Embedding(1 << 20, 1 << 20, using: &generator) }
    of("Embedding.callAsFunction([Int])")
    stops { Embedding(5, 3, using: &generator)([0, 5]) }
    stops { Embedding(5, 3, using: &generator)([-1]) }
    returns { Embedding(5, 3, using: &generator)([]).shape == [0, 3] }
    of("Embedding.weight")
    stops("keeps its shape") {
      let table = Embedding(5, 3, using: &generator)
      table.weight = scalar
      return table([0])
    }
    stops("keeps its shape") {
      let table = Embedding(5, 3, using: &generator)
      table.weight = vector
      return table([0])
    }
    of("EmbeddingDropout.callAsFunction([Int])")
    stops("mbedding") {
      EmbeddingDropout(Embedding(5, 3, using: &generator), seed: 1)([5])
    }
    stops("mbedding") {
      EmbeddingDropout(Embedding(5, 3, using: &generator), seed: 1)([0, .min])
    }

    of("BatchNorm.init(Int, momentum: Float, epsilon: Float)")
    stops { BatchNorm(-3) }
    stops(anyWord) { BatchNorm(huge) }
    stops { BatchNorm(3, momentum: -0.1) }
    stops { BatchNorm(3, momentum: 1.1) }
    stops { BatchNorm(3, momentum: .nan) }
    stops { BatchNorm(3, epsilon: -1) }
    stops { BatchNorm(3, epsilon: .nan) }
    of(
      "BatchNorm.init(gamma: Tensor, beta: Tensor, runningMean: Tensor, runningVariance: Tensor, momentum: Float, epsilon: Float)"
    )
    for wrong in 0..<4 {
      for shape in [[], [4], [3, 1]] {
        stops {
          func part(_ i: Int) -> Tensor { .ones(i == wrong ? shape : [3]) }
          return BatchNorm(
            gamma: part(0), beta: part(1), runningMean: part(2), runningVariance: part(3))
        }
      }
    }
    stops {
      BatchNorm(
        gamma: vector, beta: vector, runningMean: vector, runningVariance: vector, momentum: .nan)
    }
    stops {
      BatchNorm(
        gamma: vector, beta: vector, runningMean: vector, runningVariance: vector, epsilon: -1)
    }
    for isTraining in [true, false] {
      let norm = {
        let norm = BatchNorm(3)
        norm.train(isTraining)
        return norm
      }
      of("BatchNorm.forward(Tensor)")
      stops("atch") { norm()(.ones([2, 4])) }
      stops("atch") { norm()(vector) }
      stops("atch") { norm()(scalar) }
      of("BatchNorm.relu(Tensor)")
      stops("atch") { norm().relu(.ones([2, 4])) }
      stops("atch") { norm().relu(vector) }
      for name in ["gamma", "beta"] {
        of("BatchNorm.\(name)")
        stops("keeps its shape") {
          let norm = norm()
          if name == "gamma" { norm.gamma = scalar } else { norm.beta = scalar }
          return norm(matrix)
        }
      }
    }
    of("BatchNorm.forward(Tensor)")
    stops { BatchNorm(3)(.ones([1, 3])) }
    stops { BatchNorm(3)(.zeros([0, 3])) }
    of("BatchNorm.relu(Tensor)")
    stops { BatchNorm(3).relu(.ones([1, 3])) }
    of("Buffer.value")
    stops("keeps its shape") {
      let norm = BatchNorm(3)
      norm.namedBuffers[0].buffer.value = .ones([4])
      return norm(matrix)
    }
    stops("keeps its shape") {
      let norm = BatchNorm(3)
      norm.namedBuffers[1].buffer.value = scalar
      norm.train(false)
      return norm(matrix)
    }
    of("Buffer.wrappedValue")
    stops("keeps its shape") {
      let norm = BatchNorm(3)
      norm.namedBuffers[0].buffer.wrappedValue = .ones([4])
      norm.train(false)
      return norm(matrix)
    }
    none(
      "only the layer itself can set it", "BatchNorm.runningMean", "BatchNorm.runningVariance")
  }
}
