import NeuralNetworks
import Tensors
import Testing

/// No size, shape or axis comes to a kernel unchecked: a wrong one stops with a sentence.
@Suite struct DoorTests {
  private func expectMessage(_ result: ExitTest.Result?, _ sentence: String) {
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains(sentence), "printed: \(text)")
  }

  @Test func sizesThatAreNone() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.zeros([-1])
      },
      "zeros: shape [-1] has a negative axis")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([-2, -3])
      },
      "ones: shape [-2, -3] has a negative axis")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(repeating: 1, [2, -1])
      },
      "Tensor(repeating:): shape [2, -1] has a negative axis")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor([1, 2, 3, 4, 5, 6], shape: [-2, -3])
      },
      "Tensor: shape [-2, -3] has a negative axis")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.oneHot([], classes: -1)
      },
      "oneHot: shape [0, -1] has a negative axis")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var generator = SeededGenerator(seed: 42)
        _ = Tensor.normal([-3], using: &generator)
      },
      "normal: shape [-3] has a negative axis")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var generator = SeededGenerator(seed: 42)
        _ = Linear(-1, 3, using: &generator)
      },
      "Linear expects no negative size, got -1 inputs and 3 outputs")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var generator = SeededGenerator(seed: 42)
        _ = Embedding(3, -1, using: &generator)
      },
      "Embedding expects no negative size, got 3 words and -1 features")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = BatchNorm(-1)
      },
      "BatchNorm expects no negative size, got -1 channels")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var generator = SeededGenerator(seed: 42)
        _ = GRU(3, -1, using: &generator)
      },
      "GRU expects at least one input, hidden number and layer, got 3, -1 and 1")
  }

  @Test func sizesBeyondTheMachine() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.zeros([1 << 20, 1 << 20])
      },
      "zeros: shape [1048576, 1048576] needs 4398046511104 bytes, this machine has ")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.zeros([.max, 2])
      },
      "zeros: shape [9223372036854775807, 2] needs 7.378697629483821e+19 bytes")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.zeros([0, .max, 2])
      },
      "zeros: the axes of shape [0, 9223372036854775807, 2] are too long to be counted")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor([], shape: [.max, .max])
      },
      "Tensor: shape [9223372036854775807, 9223372036854775807] needs ")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([1 << 20, 1]) + Tensor.ones([1, 1 << 20])
      },
      "+: shape [1048576, 1048576] needs 4398046511104 bytes")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([1]).broadcast(to: [1 << 40])
      },
      "broadcast: shape [1099511627776] needs 4398046511104 bytes")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([1, 1, 2, 2]).zeroPadded(left: .max, right: .max, top: 0, bottom: 0)
      },
      "zeroPadded: shape [1, 2, 9223372036854775807] needs ")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([0, 1, 2, 2]).resizedNearest((.max, 2))
      },
      "resizedNearest: shape [1, 9223372036854775807, 2] needs ")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([0, 0, 2, 2]).pixelShuffled(1 << 40)
      },
      "pixelShuffled: the axes of shape [0, 0, 2199023255552, 2199023255552] are too long")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var generator = SeededGenerator(seed: 42)
        _ = Linear(.max, 3, using: &generator)
      },
      "uniform: shape [9223372036854775807, 3] needs ")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var generator = SeededGenerator(seed: 42)
        _ = LSTM(3, .max, using: &generator)
      },
      "LSTM cannot have 9223372036854775807 hidden numbers")
  }

  @Test func shapesOfImages() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([1, 1, 0, 300_000]).resizedNearest((20, 300_000))
      },
      "resizedNearest does not fit an input of shape [1, 1, 0, 300000]: size 20 × 300000")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([1, 1, 3, 0]).resizedBilinear((2, 2))
      },
      "resizedBilinear does not fit an input of shape [1, 1, 3, 0]: size 2 × 2")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([1, 1, 3, 3]).resizedBilinear((0, 2))
      },
      "resizedBilinear does not fit an input of shape [1, 1, 3, 3]: size 0 × 2")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([3, 3]).resizedNearest((2, 2))
      },
      "resizedNearest does not fit an input of shape [3, 3]: it takes [n, channels, h, w]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([1, 1, 3, 3]).zeroPadded(left: -1, right: 0, top: 0, bottom: 0)
      },
      "zeroPadded does not fit an input of shape [1, 1, 3, 3]: padding left -1, right 0, top 0, bottom 0"
    )
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([1, 4, 3, 3]).pixelShuffled(0)
      },
      "pixelShuffled does not fit an input of shape [1, 4, 3, 3]: factor 0")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([1, 4, 3, 3]).pixelShuffled(.max)
      },
      "pixelShuffled does not fit an input of shape [1, 4, 3, 3]: factor 9223372036854775807")
  }

  @Test func axes() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]).sum(axes: [0, -2])
      },
      "sum: axes [0, -2] name one axis of shape [2, 3] twice")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]).mean(axes: [2])
      },
      "mean: axis 2 does not exist in shape [2, 3]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]).max(axes: [1, 1])
      },
      "max: axes [1, 1] name one axis of shape [2, 3] twice")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(1).softmax()
      },
      "softmax: axis -1 does not exist in shape []")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.zeros([2, 0, 4]).max(axis: 1)
      },
      "max: axis 1 of shape [2, 0, 4] is empty, no number is the largest")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.zeros([2, 0]).argmax()
      },
      "argmax: axis 1 of shape [2, 0] is empty")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor([Float]()).max()
      },
      "max: axis 0 of shape [0] is empty")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.zeros([0, 3]).reshaped([0, -1])
      },
      "reshape: −1 could be any length in [0, -1], which holds no numbers")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([4]).reshaped([-1, -1, 2])
      },
      "reshape: 4 numbers of shape [4] do not fit [-1, -1, 2]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([4]).reshaped([.max, .max])
      },
      "do not fit [9223372036854775807, 9223372036854775807]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([4]).clamped(.nan, 1)
      },
      "clamped expects two numbers, got nan and 1.0")
  }
}
