import NeuralNetworks
import Tensors
import Testing

@Suite struct ParameterTests {
  @Test func aSmallerTensorIsRepeatedInPlace() {
    var w = Tensor([[1, 2], [3, 4]])
    w -= Tensor([1, 1])
    w += Tensor(1)
    w *= 2
    #expect(w == Tensor([[2, 4], [6, 8]]))
    @Parameter var p = Tensor([1, 2])
    p -= Tensor([1])
    #expect(p.values == [0, 1])
  }

  @Test func valueAndGradientTakeNewNumbersOfTheirShape() {
    @Parameter var w = Tensor([1, 2])
    $w.value = Tensor([3, 4])
    $w.grad = Tensor([5, 6])
    w -= $w.grad
    #expect(w.values == [-2, -2])
    w = Tensor([7, 8])
    #expect($w.value.values == [7, 8])
  }
}
