import Tensors
import Testing
import Training

// Against PyTorch: `OptimizerTests`.
@Suite struct GradientClippingTests {
  private func parameters() -> [Parameter] {
    let (a, b) = (Parameter(Tensor([0, 0])), Parameter(Tensor([0])))
    a.grad = Tensor([3, 0])
    b.grad = Tensor([-4])
    return [a, Parameter(Tensor([7])), b]  // the one between has no gradient
  }

  @Test func theJointNormIsHeldAndTheDirectionKept() {
    let w = parameters()
    #expect(GradientClipping.norm(1).apply(to: w) == 5)
    // 3/5 and −4/5, but for the 10⁻⁶ under the fraction and a rounding.
    #expect((w[0].grad.values[0] - 0.6).magnitude < 5e-7)
    #expect((w[2].grad.item + 0.8).magnitude < 5e-7)
    #expect(!w[1].hasGrad)
  }

  @Test func aSmallNormIsLeftAlone() {
    let w = parameters()
    GradientClipping.norm(5.1).apply(to: w)
    #expect(w[0].grad.values == [3, 0])
    #expect(w[2].grad.item == -4)
  }

  @Test func valuesAreHeldOneByOne() {
    let w = parameters()
    GradientClipping.value(3.5).apply(to: w)
    #expect(w[0].grad.values == [3, 0])
    #expect(w[2].grad.item == -3.5)
  }
}
