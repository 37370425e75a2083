import Tensors
import Testing

/// A wrong call of an operator stops with one sentence that names it and the shapes.
@Suite struct OperatorMessageTests {
  private func expectMessage(_ result: ExitTest.Result?, _ sentence: String) {
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains(sentence), "printed: \(text)")
  }

  @Test func functions() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2]).softplus(beta: 0)
      }, "softplus expects a finite beta that is not 0, got 0.0")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]).pow(.ones([2]))
      }, "pow: shapes [2, 3] and [2] do not fit each other")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = maximum(.ones([2, 3]), .ones([4, 1, 2]))
      }, "maximum: shapes [2, 3] and [4, 1, 2] do not fit each other")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = minimum(.ones([2]), .ones([3]))
      }, "minimum: shapes [2] and [3] do not fit each other")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.where(.ones([3]), .ones([2]), .ones([2]))
      }, "where: shapes [3], [2] and [2] do not fit each other")
  }

  @Test func normalisations() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]).layerNormalized([4])
      }, "layerNormalized expects [...] + [4] and γ, β [4], got [2, 3]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]).layerNormalized([3], weight: .ones([3]), bias: .ones([2]))
      }, "got [2, 3] with γ [3] and β [2]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3, 4]).groupNormalized(groups: 2)
      },
      "groupNormalized expects [n, channels, ...] with channels in 2 equal groups, got [2, 3, 4]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 4, 4]).groupNormalized(groups: 0)
      }, "with channels in 0 equal groups, got [2, 4, 4]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 4, 4]).groupNormalized(groups: 2, weight: .ones([2]))
      }, "groupNormalized expects γ, β [4] for an input [2, 4, 4], got it with γ [2]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3, 1, 1]).instanceNormalized()
      },
      "instanceNormalized expects [n, channels, ...] with more than one pixel, got [2, 3, 1, 1]")
  }

  @Test func places() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.zeros([2, 0, 4]).min(axis: 1)
      }, "min: axis 1 of shape [2, 0, 4] is empty, no number is the smallest")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.zeros([0]).min()
      }, "min: axis 0 of shape [0] is empty, no number is the smallest")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.zeros([3, 0]).argmin()
      }, "argmin: axis 1 of shape [3, 0] is empty, no number is the smallest")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]).min(axes: [1, -1])
      }, "min: axes [1, -1] name one axis of shape [2, 3] twice")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]).gathered(axis: 1, [0, 3], shape: [2, 1])
      }, "gather expects indices in 0..<3 for axis 1 of shape [2, 3], got 3 at position 1")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]).gathered(axis: 1, [0, 0, 0], shape: [3, 1])
      }, "gather along axis 1: indices of shape [3, 1] do not fit shape [2, 3]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]).gathered(axis: 0, [0], shape: [.max, 3])
      }, "gather: shape [9223372036854775807, 3] needs")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]).selected(axis: -1, [0, -1])
      }, "select expects indices in 0..<3 for axis 1 of shape [2, 3], got -1 at position 1")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(1).selected(axis: 0, [0])
      }, "select: axis 0 does not exist in shape []")
  }

  @Test func slicesAndProducts() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]).sliced(axis: 1, 0..<3, by: 0)
      }, "slice expects steps of 1 or more, got 0")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]).sliced([0..<2, 1..<4], by: [1, 2])
      }, "slice: 1..<4 is outside axis 1 of shape [2, 3]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2]).sliced([0..<2, 0..<1])
      }, "slice: 2 ranges and 2 steps do not fit shape [2]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = matmul(.ones([2, 3, 4]), .ones([3, 4, 2]))
      },
      "matmul expects [..., m, k] and [..., k, n], leading axes that fit each other, got [2, 3, 4] and [3, 4, 2]"
    )
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = matmul(Tensor(2), .ones([1, 2]))
      }, "got [] and [1, 2]")
  }
}
