import NeuralNetworks
import Tensors
import Testing

/// A layer or a loss that cannot be stops with one sentence.
@Suite struct LayerMessageTests {
  /// Runs in a process of its own and looks for the sentence in what it prints.
  private func expectMessage(_ result: ExitTest.Result?, _ sentence: String) {
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains(sentence), "printed: \(text)")
  }

  @Test func layers() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var generator = SeededGenerator(seed: 42)
        _ = Convolution2d(0, 4, kernel: 3, using: &generator)
      },
      "Convolution2d expects one channel and filter or more, and groups that divide both, got 0 channels, 4 filters and 1 groups"
    )
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var generator = SeededGenerator(seed: 42)
        _ = Convolution2d(4, 6, kernel: 3, groups: 4, using: &generator)
      },
      "Convolution2d expects one channel and filter or more, and groups that divide both, got 4 channels, 6 filters and 4 groups"
    )
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var generator = SeededGenerator(seed: 42)
        _ = Convolution2d(4, 6, kernel: 0, using: &generator)
      },
      "Convolution2d expects a kernel of 1 or more for both axes or for height and width, got 0")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var generator = SeededGenerator(seed: 42)
        _ = Convolution2d(.max, .max, kernel: 3, using: &generator)
      },
      "Convolution2d: shape [9223372036854775807, 9223372036854775807, 3, 3]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var generator = SeededGenerator(seed: 42)
        _ = TransposedConvolution2d(4, 6, kernel: 3, outputPadding: [0, -1], using: &generator)
      },
      "TransposedConvolution2d expects an output padding of 0 or more for both axes or for height and width, got [0, -1]"
    )
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var generator = SeededGenerator(seed: 42)
        _ = ConvLayer(4, 6, stride: [], using: &generator)
      },
      "Convolution2d expects a stride of 1 or more for both axes or for height and width, got []")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = MaxPool2d(3, padding: 2)
      },
      "MaxPool2d: padding 2 is more than half the kernel 3")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = AveragePool2d(3, stride: 0)
      },
      "AveragePool2d expects a stride of 1 or more for both axes or for height and width, got 0")
  }

  @Test func labelsAndWeights() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = crossEntropy(.ones([2, 3]), [0, 1], weights: [1, 1])
      },
      "crossEntropy expects a weight a class, got 2 weights for 3 classes")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = crossEntropy(.ones([2, 3]), [0, 1], weights: [1, -1, 1])
      },
      "crossEntropy expects weights of 0 or more, got -1.0 for class 1")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = crossEntropy(.ones([2, 3]), [0, 1], weights: [1, 1, .nan])
      },
      "crossEntropy expects weights of 0 or more, got nan for class 2")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = crossEntropy(.ones([2, 3]), [0, -1], ignoring: -100)
      },
      "crossEntropy expects labels in 0..<3, got -1 at position 1")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = negativeLogLikelihood(.ones([2, 3]), [3, 0])
      },
      "negativeLogLikelihood expects labels in 0..<3, got 3 at position 0")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = negativeLogLikelihood(.ones([2, 3]), [0])
      },
      "negativeLogLikelihood expects log-probabilities [batch, classes] and one label a row, got [2, 3] and 1 labels"
    )
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = negativeLogLikelihood(pixels: .ones([1, 3, 2, 2]), [0])
      },
      "negativeLogLikelihood(pixels:) expects [n, classes, h, w] and a label a pixel, got [1, 3, 2, 2] and 1 labels"
    )
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = crossEntropy(pixels: .ones([1, 0, 2, 2]), [0])
      },
      "crossEntropy(pixels:) expects [n, classes, h, w] and a label a pixel, got [1, 0, 2, 2] and 1 labels"
    )
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = smoothL1Loss(.ones([2]), .ones([2]), beta: .infinity)
      },
      "smoothL1Loss expects two tensors of one shape and a positive β, got [2], [2] and inf")
  }
}
