import Tensors
import Testing

/// Convolutions of nothing, of infinite pixels, of sizes at their ends, and in groups.
@Suite struct ConvolutionEdgeTests {
  private func normal(_ shape: [Int], seed: UInt64 = 42) -> Tensor {
    var generator = SeededGenerator(seed: seed)
    return .normal(shape, using: &generator)
  }

  @Test func noImageGivesNoOutputAndNoGradient() {
    let cases: [(image: Int, kernel: Int, stride: Int, padding: Int, groups: Int)] = [
      (5, 3, 1, 0, 1), (5, 3, 1, 1, 3), (30, 5, 1, 0, 1), (30, 3, 1, 1, 1), (9, 1, 1, 0, 1),
      (9, 1, 2, 0, 1), (7, 4, 3, 2, 3),
    ]
    for c in cases {
      @Parameter var x = Tensor.zeros([0, 18, c.image, c.image])
      @Parameter var w = normal([24, 18 / c.groups, c.kernel, c.kernel])
      @Parameter var b = normal([24])
      let y = convolution2d(
        x, w, bias: b, stride: c.stride, padding: c.padding, groups: c.groups)
      let length = (c.image + 2 * c.padding - c.kernel) / c.stride + 1
      #expect(y.shape == [0, 24, length, length])
      y.sum().backward()
      #expect($x.grad.shape == x.shape)
      #expect($w.grad == .zeros(w.shape), "\(c)")
      #expect($b.grad == .zeros([24]))

      @Parameter var z = Tensor.zeros([0, 24, c.image, c.image])
      @Parameter var v = normal([24, 18 / c.groups, c.kernel, c.kernel])
      @Parameter var a = normal([18])
      let t = transposedConvolution2d(
        z, v, bias: a, stride: c.stride, padding: c.padding, groups: c.groups)
      let height = (c.image - 1) * c.stride - 2 * c.padding + c.kernel
      #expect(t.shape == [0, 18, height, height])
      t.sum().backward()
      #expect($z.grad.shape == z.shape)
      #expect($v.grad == .zeros(v.shape), "\(c)")
      #expect($a.grad == .zeros([18]))
    }
  }

  @Test func noChannelLeavesTheBias() {
    @Parameter var w = Tensor.zeros([2, 0, 3, 3])
    @Parameter var b = Tensor([1.5, -2])
    let y = convolution2d(.zeros([2, 0, 4, 4]), w, bias: b)
    #expect(y.shape == [2, 2, 2, 2])
    #expect(y.values == [1.5, 1.5, 1.5, 1.5, -2, -2, -2, -2, 1.5, 1.5, 1.5, 1.5, -2, -2, -2, -2])
    y.sum().backward()
    #expect($w.grad.shape == [2, 0, 3, 3])
    #expect($b.grad.values == [8, 8])
    #expect(convolution2d(.ones([2, 3, 4, 4]), .zeros([0, 3, 3, 3])).shape == [2, 0, 2, 2])
    #expect(
      transposedConvolution2d(.ones([1, 3, 2, 2]), .zeros([3, 0, 3, 3])).shape == [1, 0, 4, 4])
  }

  /// Twenty images of 6 × 6 are done in Winograd's form, each alone by patches.
  @Test func anInfinitePixelReachesWhatItsKernelReaches() {
    let w = normal([16, 16, 3, 3])
    var images = normal([20, 16, 6, 6]).values
    // One in each corner, on each side, inside; another channel each.
    let places = [0, 5, 30, 35, 2, 12, 17, 33, 14, 21]
    let numbers: [Float] = [.infinity, -.infinity, .nan, 3e38]
    for (i, place) in places.enumerated() {
      images[(2 * i * 16 + i) * 36 + place] = numbers[i % numbers.count]
    }
    let x = Tensor(images, shape: [20, 16, 6, 6])
    let upstream = normal([20, 16, 6, 6], seed: 1)
    func gradients(_ x: Tensor, _ w: Tensor, _ dy: Tensor, padding: Int) -> [Tensor] {
      let (x, w) = (Parameter(x), Parameter(w))
      let y = convolution2d(x.wrappedValue, w.wrappedValue, padding: padding)
      (y * dy).sum().backward()
      return [y.detached(), x.grad, w.grad]
    }
    let together = gradients(x, w, upstream, padding: 1)
    // The gradient of x from an infinite upstream is the same kind of sum.
    let back = gradients(upstream, w, x, padding: 1)
    var infinite = 0
    for i in 0..<20 {
      let alone = gradients(x[i..<(i + 1)], w, upstream[i..<(i + 1)], padding: 1)
      infinite += expectSame(together[0][i..<(i + 1)], alone[0], "output \(i)")
      let backAlone = gradients(upstream[i..<(i + 1)], w, x[i..<(i + 1)], padding: 1)
      infinite += expectSame(back[1][i..<(i + 1)], backAlone[1], "gradient of x, \(i)")
    }
    #expect(infinite > 1000)
  }

  /// Without padding the second pixel of the first row meets the first two taps of each kernel.
  @Test func anInfinitePixelOfTheEdgeReachesTwoTaps() {
    var images = normal([8, 8, 8, 8]).values
    images[3 * 64 + 1] = .infinity
    @Parameter var w = normal([8, 8, 3, 3])
    let dy = normal([8, 8, 6, 6], seed: 1)
    (convolution2d(Tensor(images, shape: [8, 8, 8, 8]), w) * dy).sum().backward()
    for (i, value) in $w.grad.values.enumerated() {
      let meets = i / 9 % 8 == 3 && i % 9 < 2
      #expect(!value.isNaN && value.isInfinite == meets, "weight \(i): \(value)")
    }
  }

  private func expectSame(_ a: Tensor, _ b: Tensor, _ label: String) -> Int {
    var infinite = 0
    for (i, (x, y)) in zip(a.values, b.values).enumerated() {
      if !y.isFinite { infinite += 1 }
      #expect(
        x == y || x.isNaN && y.isNaN || (x - y).magnitude <= 1e-4 * (1 + y.magnitude),
        "\(label), number \(i): \(x), alone \(y)")
    }
    return infinite
  }

  @Test func aFilterOfADepthwiseConvolutionSeesItsChannelAlone() {
    let x = Tensor(
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90], shape: [1, 2, 3, 3])
    let w = Tensor([1, 0, 0, 1, 0, 1, 1, 0], shape: [2, 1, 2, 2])
    let y = convolution2d(x, w, bias: Tensor([0, 0.5]), groups: 2)
    #expect(y.shape == [1, 2, 2, 2])
    #expect(y.values == [6, 8, 12, 14, 60.5, 80.5, 120.5, 140.5])
  }

  @Test func groupsAreConvolutionsSideBySide() {
    let (x, w) = (normal([3, 6, 7, 9]), normal([4, 3, 3, 2], seed: 1))
    let y = convolution2d(x, w, stride: [2, 1], padding: [1, 0], groups: 2)
    let halves = (0..<2).map { g in
      convolution2d(
        x.sliced(axis: 1, (3 * g)..<(3 * g + 3)), w[(2 * g)..<(2 * g + 2)], stride: [2, 1],
        padding: [1, 0])
    }
    let wanted = concatenate(halves, axis: 1)
    #expect(y.shape == wanted.shape)
    for (a, b) in zip(y.values, wanted.values) { #expect((a - b).magnitude <= 1e-5) }
  }

  @Test func oneNumberAndTwoAlikeAreTheSame() {
    let (x, w) = (normal([2, 3, 9, 9]), normal([4, 3, 3, 3], seed: 1))
    let stride = 2
    let wanted = convolution2d(x, w, stride: stride, padding: 1)
    #expect(convolution2d(x, w, stride: 2, padding: 1) == wanted)
    #expect(convolution2d(x, w, stride: [2], padding: [1, 1]) == wanted)
    #expect(convolution2d(x, w, stride: HeightAndWidth(2, 2), padding: 1) == wanted)
    #expect(convolution2d(x, w, stride: [2, stride], padding: 1, dilation: 1) == wanted)
    #expect(x.maxPool2d([3, 3], stride: [stride]) == x.maxPool2d(3, stride: 2))
    #expect("\(HeightAndWidth(2, 2)), \(HeightAndWidth(2, 1))" == "2, 2 × 1")
  }

  /// ⟨conv(x), y⟩ = ⟨x, convᵀ(y)⟩, with the output padding that gives back the size of x.
  @Test func theTransposedConvolutionIsTheTranspose() {
    var generator = SeededGenerator(seed: 42)
    var compared = 0
    while compared < 60 {
      func draw(_ range: ClosedRange<Int>) -> [Int] {
        [Int.random(in: range, using: &generator), Int.random(in: range, using: &generator)]
      }
      let (size, kernel, stride) = (draw(1...12), draw(1...4), draw(1...4))
      let (padding, dilation) = (draw(0...3), draw(1...3))
      let groups = Int.random(in: 1...3, using: &generator)
      func room(_ axis: Int) -> Int {
        let reach = dilation[axis] * (kernel[axis] - 1) + 1
        return size[axis] + 2 * padding[axis] - reach
      }
      guard room(0) >= 0 && room(1) >= 0 else { continue }
      let x = Tensor.normal([2, 2 * groups, size[0], size[1]], using: &generator)
      let w = Tensor.normal([3 * groups, 2, kernel[0], kernel[1]], using: &generator)
      let y = convolution2d(
        x, w, stride: stride, padding: padding, dilation: dilation, groups: groups)
      #expect(y.shape[2...] == [room(0) / stride[0] + 1, room(1) / stride[1] + 1])
      let z = Tensor.normal(y.shape, using: &generator)
      let back = transposedConvolution2d(
        z, w, stride: stride, padding: padding,
        outputPadding: [room(0) % stride[0], room(1) % stride[1]], dilation: dilation,
        groups: groups)
      #expect(back.shape == x.shape)
      let left = (y * z).sum().item
      let right = (x * back).sum().item
      let scale = (y * z).abs().sum().item
      #expect((left - right).magnitude <= 1e-5 * (1 + scale), "\(size) \(kernel) \(stride)")
      compared += 1
    }
  }

  @Test func aStrideBeyondTheImageLeavesOnePlace() {
    let (x, w) = (normal([2, 3, 5, 6]), normal([4, 3, 3, 3], seed: 1))
    let wanted = convolution2d(x.sliced(axis: 2, 0..<3).sliced(axis: 3, 0..<3), w)
    #expect(convolution2d(x, w, stride: .max, padding: 0).shape == [2, 4, 1, 1])
    for (a, b) in zip(convolution2d(x, w, stride: [Int.max, 1_000_000_007]).values, wanted.values) {
      #expect((a - b).magnitude <= 1e-5)
    }
    #expect(convolution2d(x, .ones([1, 3, 1, 1]), dilation: Int.max).shape == [2, 1, 5, 6])
    #expect(transposedConvolution2d(normal([1, 4, 1, 1]), w, stride: .max).shape == [1, 3, 3, 3])
    #expect(x.maxPool2d(2, stride: Int.max, ceilMode: true).shape == [2, 3, 1, 1])
  }
}
