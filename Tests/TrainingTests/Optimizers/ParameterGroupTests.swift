import Tensors
import Testing
import Training

// Against PyTorch: `OptimizerTests`.
@Suite struct ParameterGroupTests {
  private func pair() -> [Parameter] {
    [Tensor([1]), Tensor([1])].map { tensor in
      let parameter = Parameter(tensor)
      parameter.grad = Tensor([1])
      return parameter
    }
  }

  @Test func aGroupHasItsShareOfAMovingRate() {
    let w = pair()
    let sgd = SGD(w, learningRate: 0.5)
    sgd.groups = [ParameterGroup([w[1]], rateFactor: 0.5)]
    sgd.step()
    #expect(w[0].value.item == 0.5)
    #expect(w[1].value.item == 0.75)
    ConstantRate(0.25).apply(to: sgd, at: 0)
    sgd.step()
    #expect(w[0].value.item == 0.25)
    #expect(w[1].value.item == 0.625)
    #expect(sgd.learningRate == 0.25)
  }

  @Test func aGroupMayGoWithoutDecay() {
    let w = pair()
    let sgd = SGD(w, learningRate: 0.5, weightDecay: .decoupled(0.5))
    sgd.groups = [ParameterGroup([w[1]], decayFactor: 0)]
    sgd.step()
    #expect(w[0].value.item == 0.25)  // (1 − 0.5·0.5)·1 − 0.5
    #expect(w[1].value.item == 0.5)
  }

  @Test func aParameterInTwoGroupsOrInNoOptimizerStopsTheCall() async {
    let twice = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let w = Parameter(Tensor([1, 2]))
      SGD([w], learningRate: 1).groups = [ParameterGroup([w]), ParameterGroup([w])]
    }
    let text = String(decoding: twice?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("parameter 0 of shape [2] is in two groups, 0 and 1"))
    let foreign = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let w = Parameter(Tensor([1, 2]))
      SGD([w], learningRate: 1).groups = [ParameterGroup([Parameter(Tensor([1, 2, 3]))])]
    }
    let other = String(decoding: foreign?.standardErrorContent ?? [], as: UTF8.self)
    #expect(other.contains("group 0 has a parameter [3] that the optimizer has not"))
  }
}
