import NeuralNetworks
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

  /// torch 2.15, clip_grad_norm_(…, 1) and clip_grad_value_(…, 1) over the same two gradients.
  @Test func whatIsNoFiniteNumberEndsAsInPyTorch() {
    func clipped(_ number: Float, _ clipping: GradientClipping) -> ([Float], Double) {
      let (a, b) = (Parameter(Tensor([0, 0])), Parameter(Tensor([0])))
      a.grad = Tensor([number, 2])
      b.grad = Tensor([-3])
      let norm = clipping.apply(to: [a, b])
      return (a.grad.values + b.grad.values, norm)
    }
    let (nan, nanNorm) = clipped(.nan, .norm(1))
    #expect(nan.allSatisfy(\.isNaN) && nanNorm.isNaN)
    let (infinite, norm) = clipped(-.infinity, .norm(1))
    #expect(infinite[0].isNaN && infinite[1...] == [0, 0] && norm == .infinity)
    #expect(clipped(.infinity, .value(1)).0 == [1, 1, -1])
    let values = clipped(.nan, .value(1)).0
    #expect(values[0].isNaN && values[1...] == [1, -1])
    // 1e30 has no square in 32 bits, and the norm is still a number.
    let (large, largeNorm) = clipped(1e30, .norm(1))
    #expect((large[0] - 1).magnitude < 1e-6 && (largeNorm / 1e30 - 1).magnitude < 1e-6)
    #expect(clipped(1, .norm(0)).0 == [0, 0, 0])
  }

  @Test func aTrainingMakesNoStepWithAGradientThatIsNoNumber() throws {
    let model = Sequential(Linear(weight: Tensor([[1]]), bias: Tensor([0])))
    // √0 has the value 0 and an infinite slope.
    let loop = TrainingLoop(model, optimizer: SGD(model.parameters, learningRate: 0.1), seed: 1) {
      _ in
      [0, 0]
    } loss: { _ in
      model(Tensor([[0]])).square().sqrt().sum()
    }
    loop.clipping = .norm(1)
    #expect(throws: TrainingError.gradientIsNotFinite(step: 1, learningRate: 0.1)) {
      try loop.fit(epochs: 1)
    }
    #expect(model.parameters.flatMap(\.value.values) == [1, 0])
  }

  @Test func valuesAreHeldOneByOne() {
    let w = parameters()
    GradientClipping.value(3.5).apply(to: w)
    #expect(w[0].grad.values == [3, 0])
    #expect(w[2].grad.item == -3.5)
  }
}
