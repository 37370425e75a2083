import Tensors
import Testing

/// A convolution or a pooling that cannot be stops with one sentence.
@Suite struct ImageMessageTests {
  /// Runs in a process of its own and looks for the sentence in what it prints.
  private func expectMessage(_ result: ExitTest.Result?, _ sentence: String) {
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains(sentence), "printed: \(text)")
  }

  @Test func stepsOfAConvolution() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = convolution2d(.ones([1, 3, 8, 8]), .ones([4, 3, 3, 3]), stride: 0)
      },
      "convolution2d expects a stride of 1 or more for both axes or for height and width, got 0")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = convolution2d(.ones([1, 3, 8, 8]), .ones([4, 3, 3, 3]), stride: [1, -2])
      },
      "convolution2d expects a stride of 1 or more for both axes or for height and width, got [1, -2]"
    )
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = convolution2d(.ones([1, 3, 8, 8]), .ones([4, 3, 3, 3]), padding: [1, 1, 1])
      },
      "convolution2d expects a padding of 0 or more for both axes or for height and width, got [1, 1, 1]"
    )
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = convolution2d(.ones([1, 3, 8, 8]), .ones([4, 3, 3, 3]), padding: .max)
      },
      "convolution2d: a padding of 9223372036854775807 pixels is too large")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = convolution2d(.ones([1, 3, 8, 8]), .ones([4, 3, 3, 3]), dilation: 0)
      },
      "convolution2d expects a dilation of 1 or more for both axes or for height and width, got 0"
    )
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = convolution2d(.ones([1, 3, 8, 8]), .ones([4, 3, 3, 3]), dilation: Int.max)
      },
      "convolution2d: kernel 3 × 3 of dilation 9223372036854775807 is larger than the input 8 × 8 with padding 0"
    )
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = convolution2d(.ones([1, 3, 8, 8]), .ones([4, 3, 3, 3]), dilation: [4, 1])
      },
      "convolution2d: kernel 3 × 3 of dilation 4 × 1 is larger than the input 8 × 8 with padding 0"
    )
  }

  @Test func outputsBeyondTheMachine() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = convolution2d(.ones([1, 1, 1, 1]), .ones([4, 1, 1, 1]), padding: 1 << 30)
      },
      "convolution2d: shape [1, 4, 2147483649, 2147483649] needs")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = transposedConvolution2d(.ones([1, 1, 9, 9]), .ones([1, 4, 1, 1]), stride: 1 << 28)
      },
      "transposedConvolution2d: shape [1, 4, 2147483649, 2147483649] needs")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([9, 9, 1, 1]).adaptiveAveragePool2d((1 << 24, 1 << 24))
      },
      "adaptiveAveragePool2d: shape [9, 9, 16777216, 16777216] needs")
  }

  @Test func groupsOfAConvolution() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = convolution2d(.ones([1, 4, 8, 8]), .ones([4, 4, 3, 3]), groups: 0)
      },
      "convolution2d expects 1 group or more, got 0")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = convolution2d(.ones([1, 4, 8, 8]), .ones([6, 2, 3, 3]), groups: 3)
      },
      "convolution2d: 4 channels cannot be cut into 3 groups of one size")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = convolution2d(.ones([1, 4, 8, 8]), .ones([5, 2, 3, 3]), groups: 2)
      },
      "convolution2d: 5 filters cannot be cut into 2 groups of one size")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = convolution2d(.ones([1, 4, 8, 8]), .ones([6, 4, 3, 3]), groups: 2)
      },
      "convolution2d in 2 groups expects [n, channels, h, w] and [filters, channels / 2, kh, kw], got [1, 4, 8, 8] and [6, 4, 3, 3]"
    )
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = transposedConvolution2d(.ones([1, 4, 8, 8]), .ones([4, 2, 3, 3]), groups: .max)
      },
      "transposedConvolution2d: 4 channels cannot be cut into 9223372036854775807 groups of one size"
    )
  }

  @Test func imagesAndKernelsOfNothing() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = convolution2d(.ones([1, 3, 0, 8]), .ones([4, 3, 1, 1]), padding: 1)
      },
      "convolution2d expects an image and a kernel of one pixel or more, got 0 × 8 and 1 × 1")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = convolution2d(.ones([1, 3, 8, 8]), .ones([4, 3, 0, 1]))
      },
      "convolution2d expects an image and a kernel of one pixel or more, got 8 × 8 and 0 × 1")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = transposedConvolution2d(.ones([1, 3, 8, 0]), .ones([3, 4, 2, 2]))
      },
      "transposedConvolution2d expects an image and a kernel of one pixel or more, got 8 × 0 and 2 × 2"
    )
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([1, 3, 0, 8]).maxPool2d(2, stride: 1, padding: 1)
      },
      "maxPool2d expects [n, channels, h, w] of one pixel to 2³¹, got [1, 3, 0, 8]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([1, 3, 8, 0]).adaptiveAveragePool2d((2, 2))
      },
      "adaptiveAveragePool2d expects [n, channels, h, w] of one pixel to 2³¹, got [1, 3, 8, 0]")
  }

  @Test func transposedConvolutions() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = transposedConvolution2d(
          .ones([1, 3, 8, 8]), .ones([3, 4, 3, 3]), stride: 2, outputPadding: 2)
      },
      "transposedConvolution2d expects an output padding less than stride or dilation, got 2 with stride 2 and dilation 1"
    )
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = transposedConvolution2d(.ones([1, 3, 8, 8]), .ones([3, 4, 3, 3]), outputPadding: -1)
      },
      "transposedConvolution2d expects an output padding of 0 or more for both axes or for height and width, got -1"
    )
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = transposedConvolution2d(.ones([1, 3, 8, 8]), .ones([3, 4, 3, 3]), bias: .ones([3]))
      },
      "got [1, 3, 8, 8] and [3, 4, 3, 3] with bias [3]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = transposedConvolution2d(.ones([1, 3, 1, 1]), .ones([3, 4, 3, 3]), padding: 2)
      },
      "transposedConvolution2d: padding 2 leaves nothing of 1 × 1 with kernel 3 × 3")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = transposedConvolution2d(.ones([1, 3, 2, 2]), .ones([3, 4, 3, 3]), stride: .max)
      },
      "pixels along an axis is too large")
  }

  @Test func windowsOfPooling() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([1, 3, 8, 8]).maxPool2d(0)
      },
      "maxPool2d expects a kernel of 1 or more for both axes or for height and width, got 0")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([1, 3, 8, 8]).averagePool2d(2, stride: [1, 0])
      },
      "averagePool2d expects a stride of 1 or more for both axes or for height and width, got [1, 0]"
    )
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([1, 3, 8, 8]).maxPool2d([2, 4], padding: 2)
      },
      "maxPool2d: padding 2 is more than half the kernel 2 × 4")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([1, 3, 8, 8]).averagePool2d(3, padding: .max)
      },
      "averagePool2d: padding 9223372036854775807 is more than half the kernel 3")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([1, 3, 2, 2]).maxPool2d(.max)
      },
      "do not fit an input of shape [1, 3, 2, 2]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([1, 3, 2, 2]).maxPool2d(3, stride: 1, ceilMode: true)
      },
      "maxPool2d: kernel 3, stride 1, padding 0 do not fit an input of shape [1, 3, 2, 2]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([1, 3, 2, 2]).adaptiveMaxPool2d((.max, 1))
      },
      "adaptiveMaxPool2d: a size of 9223372036854775807 × 1 is too large")
  }
}
