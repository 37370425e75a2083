import Tensors

extension Table {
  mutating func products() {
    of("matmul(Tensor, Tensor)")
    stops { matmul(matrix, matrix) }
    stops { matmul(vector, .ones([2, 3])) }
    stops { matmul(matrix, .ones([2])) }
    stops { matmul(matrix, scalar) }
    stops { matmul(.ones([2, 2, 3]), .ones([3, 3, 2])) }
    stops { matmul(scalar, scalar) }
    stops { matmul(matrix, .ones([1, 2, 2])) }
    stops(anyWord) { matmul(.ones([1 << 20, 1]), .ones([1, 1 << 20])) }
    stops(anyWord) { matmul(.zeros([1 << 40, 0]), .zeros([0, 1 << 20])) }
    returns { matmul(.zeros([2, 0]), .zeros([0, 3])) == .zeros([2, 3]) }
    returns { matmul(.zeros([0, 3]), .ones([3, 2])).shape == [0, 2] }
    of("batchedMatmul(Tensor, Tensor)")
    stops { batchedMatmul(.ones([2, 2, 3]), .ones([3, 3, 2])) }
    stops { batchedMatmul(.ones([2, 2, 3]), .ones([2, 2, 3])) }
    stops { batchedMatmul(.ones([2, 2, 3]), .ones([3, 2])) }
    stops { batchedMatmul(vector, vector) }
    stops { batchedMatmul(scalar, scalar) }
    returns { batchedMatmul(.zeros([2, 2, 0]), .zeros([2, 0, 3])) == .zeros([2, 2, 3]) }
    returns { batchedMatmul(.zeros([0, 2, 3]), .zeros([0, 3, 2])).shape == [0, 2, 2] }
    of("linear(Tensor, Tensor, Tensor)")
    stops { Tensors.linear(matrix, .ones([4, 2]), .ones([2])) }
    stops { Tensors.linear(matrix, .ones([3, 2]), .ones([3])) }
    stops { Tensors.linear(matrix, .ones([3, 2]), scalar) }
    stops { Tensors.linear(scalar, .ones([1, 2]), .ones([2])) }
    stops { Tensors.linear(matrix, vector, scalar) }
    returns { Tensors.linear(.zeros([0, 3]), .ones([3, 2]), .ones([2])).shape == [0, 2] }
    returns { Tensors.linear(.zeros([2, 0]), .zeros([0, 2]), .ones([2])) == .ones([2, 2]) }
  }
}
