/// How a kernel moves over images: what a convolution and its reverse are given beside their
/// tensors, checked.
struct KernelSteps {
  let stride: HeightAndWidth
  let padding: HeightAndWidth
  let dilation: HeightAndWidth
  let groups: Int
  let operation: StaticString
  let file: StaticString
  let line: UInt

  init(
    _ stride: any PerAxis, _ padding: any PerAxis, _ dilation: any PerAxis, groups: Int,
    _ operation: StaticString, file: StaticString, line: UInt
  ) {
    self.stride = stride.checked("a stride", from: 1, in: operation, file: file, line: line)
    self.padding = padding.checked("a padding", from: 0, in: operation, file: file, line: line)
    self.dilation = dilation.checked("a dilation", from: 1, in: operation, file: file, line: line)
    self.groups = groups
    (self.operation, self.file, self.line) = (operation, file, line)
    expect(
      groups >= 1, "\(operation) expects 1 group or more, got \(groups)", file: file, line: line)
    let most = max(self.padding.height, self.padding.width)
    expect(
      most <= 1 << 30, "\(operation): a padding of \(most) pixels is too large", file: file,
      line: line)
  }

  /// " in 2 groups", for a message.
  var inGroups: String { groups == 1 ? "" : " in \(groups) groups" }

  /// Stops where channels or filters cannot be cut into as many groups.
  func expectGroups(of count: Int, _ what: String) {
    expect(
      groups == 1 || count % groups == 0 && count > 0,
      "\(operation): \(count) \(what) cannot be cut into \(groups) groups of one size", file: file,
      line: line)
  }

  /// Places of a convolution: ⌊(length + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1 along
  /// each axis.
  func output(of image: HeightAndWidth, kernel: HeightAndWidth) -> HeightAndWidth {
    expectPixels(image, kernel)
    let (p, d) = (padding, dilation)
    expect(
      fits(kernel.height, d.height, image.height + 2 * p.height)
        && fits(kernel.width, d.width, image.width + 2 * p.width),
      "\(operation): kernel \(kernel.height) × \(kernel.width)\(d == 1 ? "" : " of dilation \(d)") is larger than the input \(image.height) × \(image.width) with padding \(p)",
      file: file, line: line)
    func places(_ length: Int, _ kernel: Int, _ stride: Int, _ padding: Int, _ dilation: Int) -> Int
    {
      (length + 2 * padding - reach(kernel, dilation)) / stride + 1
    }
    return HeightAndWidth(
      places(image.height, kernel.height, stride.height, p.height, d.height),
      places(image.width, kernel.width, stride.width, p.width, d.width))
  }

  /// Pixels of the reverse: (length − 1)·stride − 2·padding + dilation·(kernel − 1) + 1 + what is
  /// added behind.
  func input(
    of places: HeightAndWidth, kernel: HeightAndWidth, adding: HeightAndWidth
  ) -> HeightAndWidth {
    expectPixels(places, kernel)
    func pixels(_ length: Int, _ kernel: Int, _ axis: KeyPath<HeightAndWidth, Int>) -> Int {
      let (stride, dilation) = (stride[keyPath: axis], dilation[keyPath: axis])
      // In double precision first, which does not overflow.
      let full =
        Double(length - 1) * Double(stride) + Double(kernel - 1) * Double(dilation) + 1
        + Double(adding[keyPath: axis])
      expect(
        full <= 0x1p32, "\(operation): an output of \(full) pixels along an axis is too large",
        file: file, line: line)
      return Int(full) - 2 * padding[keyPath: axis]
    }
    let size = HeightAndWidth(
      pixels(places.height, kernel.height, \.height), pixels(places.width, kernel.width, \.width))
    expect(
      size.height > 0 && size.width > 0,
      "\(operation): padding \(padding) leaves nothing of \(places.height) × \(places.width) with kernel \(kernel.height) × \(kernel.width)",
      file: file, line: line)
    return size
  }

  private func expectPixels(_ image: HeightAndWidth, _ kernel: HeightAndWidth) {
    expect(
      min(image.height, image.width, kernel.height, kernel.width) > 0,
      "\(operation) expects an image and a kernel of one pixel or more, got \(image.height) × \(image.width) and \(kernel.height) × \(kernel.width)",
      file: file, line: line)
  }

  /// Pixels from the first tap of a kernel to its last.
  private func reach(_ kernel: Int, _ dilation: Int) -> Int {
    kernel == 1 ? 1 : (kernel - 1) * dilation + 1
  }

  private func fits(_ kernel: Int, _ dilation: Int, _ length: Int) -> Bool {
    kernel == 1 || Double(kernel - 1) * Double(dilation) < Double(length)
  }
}
