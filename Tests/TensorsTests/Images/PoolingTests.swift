import Tensors
import Testing

/// The edges of pooling; drawn sizes are compared with PyTorch in OperationTests.
@Suite struct PoolingTests {
  @Test func paddingCountsOnlyIfItIsToldTo() {
    @Parameter var x = Tensor([1, 2, 3, 4], shape: [1, 1, 2, 2])
    #expect(
      x.averagePool2d(3, stride: 1, padding: 1).values == .init(repeating: 10.0 / 9, count: 4))
    let y = x.averagePool2d(3, stride: 1, padding: 1, countsPadding: false)
    #expect(y.values == .init(repeating: 2.5, count: 4))
    y.sum().backward()
    #expect($x.grad.values == [1, 1, 1, 1])
  }

  /// Five in a row by windows of two: 1 2 | 3 4 | 5 and what hangs over, which counts in no mean.
  @Test func theLastWindowMayHangOver() {
    let x = Tensor([1, 2, 3, 4, 5], shape: [1, 1, 1, 5])
    #expect(x.averagePool2d([1, 2]).values == [1.5, 3.5])
    #expect(x.averagePool2d([1, 2], ceilMode: true).values == [1.5, 3.5, 5])
    #expect(x.maxPool2d([1, 2], ceilMode: true).values == [2, 4, 5])
    // It begins inside: a fourth window would begin at pixel 6.
    #expect(x.maxPool2d([1, 2], stride: [1, 3], ceilMode: true).values == [2, 5])
    // A kernel larger than the image hangs over too, as far as the stride allows.
    #expect(x.maxPool2d([1, 6], stride: [1, 2], ceilMode: true).values == [5])
  }

  @Test func noImageGivesNoOutput() {
    @Parameter var x = Tensor.zeros([0, 3, 5, 4])
    let outputs = [
      x.maxPool2d(2), x.averagePool2d(2, stride: [1, 2]), x.maxPool2d(3, padding: 1),
      x.adaptiveAveragePool2d((2, 2)), x.adaptiveMaxPool2d((5, 1)),
    ]
    let shapes = [[2, 2], [4, 2], [2, 2], [2, 2], [5, 1]]
    for (y, shape) in zip(outputs, shapes) { #expect(y.shape == [0, 3] + shape) }
    outputs.map { $0.sum() }.reduce(Tensor(0), +).backward()
    #expect($x.grad.shape == [0, 3, 5, 4])
    #expect(Tensor.zeros([2, 0, 5, 4]).maxPool2d(2).shape == [2, 0, 2, 2])
  }

  @Test func aNumberThatIsNoneIsTheLargest() {
    for place in 0..<4 {
      var values: [Float] = [1, 2, 3, 4]
      values[place] = .nan
      @Parameter var x = Tensor(values, shape: [1, 1, 2, 2])
      let y = x.maxPool2d(2)
      #expect(y.item.isNaN)
      y.sum().backward()
      #expect($x.grad.values == (0..<4).map { $0 == place ? 1 : 0 })
      #expect(x.adaptiveMaxPool2d((1, 1)).item.isNaN)
    }
    let lowest = Tensor(repeating: -.infinity, [1, 1, 3, 3])
    #expect(lowest.maxPool2d(3, stride: 1, padding: 1) == lowest)
  }

  @Test func aPixelThatWinsInSeveralWindowsGetsTheSum() {
    @Parameter var x = Tensor([0, 0, 0, 0, 9, 0, 0, 0, 0], shape: [1, 1, 3, 3])
    let dy = Tensor([1, 2, 3, 4], shape: [1, 1, 2, 2])
    (x.maxPool2d(2, stride: 1) * dy).sum().backward()
    #expect($x.grad.values == [0, 0, 0, 0, 10, 0, 0, 0, 0])
  }

  @Test func aKernelFarLargerThanTheImageSeesAllOfIt() {
    let x = Tensor([1, 2, 3, 6], shape: [1, 1, 2, 2])
    #expect(
      x.maxPool2d(1_000_000, stride: 5, padding: 500_000).values == [6])
    let mean = x.averagePool2d(1_000_000, stride: 5, padding: 500_000, countsPadding: false)
    #expect(mean.values == [3])
  }
}
