import Foundation
import NeuralNetworks
import Tensors
import Testing

/// A wrong call stops with one sentence that names the operation and the shapes.
@Suite struct MessageTests {
  /// Runs in a process of its own and looks for the sentence in what it prints.
  private func expectMessage(_ result: ExitTest.Result?, _ sentence: String) {
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains(sentence), "printed: \(text)")
  }

  @Test func elementwise() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]) + Tensor.ones([4])
      }, "+: shapes [2, 3] and [4] do not fit each other")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]) / Tensor.ones([3, 2])
      }, "/: shapes [2, 3] and [3, 2] do not fit each other")
  }

  @Test func matrixProduct() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = matmul(.ones([2, 3]), .ones([2, 3]))
      }, "matmul expects [..., m, k] and [k, n], got [2, 3] and [2, 3]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var generator = SeededGenerator(seed: 42)
        _ = Linear(4, 2, using: &generator)(.ones([5, 3]))
      }, "Linear expects [..., 4], got [5, 3]")
  }

  @Test func shapes() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]).reshaped([4])
      }, "reshape: 6 numbers of shape [2, 3] do not fit [4]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2]).transposed()
      }, "transpose expects a matrix, got shape [2]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]).permuted([0, 0])
      }, "permute expects each axis of shape [2, 3] once, got [0, 0]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]).broadcast(to: [3, 2])
      }, "broadcast: shape [2, 3] cannot be repeated to [3, 2]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor([1, 2, 3], shape: [2, 2])
      }, "Tensor of shape [2, 2] holds 4 numbers, got 3")
  }

  @Test func axes() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]).sum(axes: [2])
      }, "sum: axis 2 does not exist in shape [2, 3]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]).softmax(axis: -3)
      }, "softmax: axis -3 does not exist in shape [2, 3]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]).max(axis: 5)
      }, "max: axis 5 does not exist in shape [2, 3]")
  }

  @Test func indices() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]).rows([0, 2])
      }, "rows expects labels in 0..<2, got 2 at position 1")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]).columns([0])
      }, "columns expects one label a row, got shape [2, 3] and 1 labels")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3])[1..<4]
      }, "slice: 1..<4 is outside axis 0 of shape [2, 3]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = concatenate([.ones([2, 3]), .ones([2, 2])])
      }, "concatenate along axis 0: shapes [2, 3] and [2, 2] do not fit")
  }

  @Test func losses() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = mse(.ones([4, 1]), .ones([4]))
      }, "mse expects two tensors of one shape, got [4, 1] and [4]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = crossEntropy(.ones([2, 3]), [0, 3])
      }, "crossEntropy expects labels in 0..<3, got 3 at position 1")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = binaryCrossEntropy(.ones([2]), .ones([3]))
      }, "binaryCrossEntropy expects two tensors of one shape, got [2] and [3]")
  }

  @Test func images() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = convolution2d(.ones([1, 3, 8, 8]), .ones([4, 2, 3, 3]))
      },
      "convolution2d expects [n, channels, h, w] and [filters, channels, kh, kw], got [1, 3, 8, 8] and [4, 2, 3, 3]"
    )
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = convolution2d(.ones([1, 3, 2, 2]), .ones([4, 3, 5, 5]), padding: 1)
      }, "convolution2d: kernel 5 × 5 is larger than the input 2 × 2 with padding 1")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([1, 3, 2, 2]).maxPool2d(3)
      }, "maxPool2d: kernel 3, stride 3, padding 0 do not fit an input of shape [1, 3, 2, 2]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = BatchNorm(4)(.ones([2, 3, 5, 5]))
      }, "batchNormalized expects [n, channels, ...] and γ, β [channels], got [2, 3, 5, 5]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([1, 3, 2, 2]).pixelShuffled(2)
      }, "pixelShuffled does not fit an input of shape [1, 3, 2, 2]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var generator = SeededGenerator(seed: 42)
        _ = GRU(3, 4, using: &generator)(.ones([2, 5, 2]))
      }, "GRU expects [n, time, 3], got [2, 5, 2]")
  }

  @Test func backward() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        @Parameter var w = Tensor([1, 2])
        w.square().backward()
      }, "backward() starts from a single number, got shape [2]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        Tensor(3).square().backward()
      }, "backward() found no @Parameter behind this number")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        @Parameter var w = Tensor(3)
        let y = w.square()
        y.backward()
        y.backward()
      }, "backward() ran through this tape before")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        @Parameter var w = Tensor(3)
        let state = w.square()
        state.backward()
        (state * w).backward()
      }, "an earlier backward() used up: compute it again, or detach the state")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        @Parameter var w = Tensor(3)
        _ = $w.grad
      }, "has no gradient yet: call backward() on a loss")
  }

  @Test func theCallersLineIsNamed() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = matmul(.ones([2, 3]), .ones([2, 3]))
      }, "TensorsTests/MessageTests.swift")
  }
}
