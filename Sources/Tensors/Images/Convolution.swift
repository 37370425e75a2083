import Kernels

/// A two-dimensional convolution (as the field uses the word: a cross-correlation).
///
/// Input `[n, channels, height, width]`, weight `[filters, channels / groups, kernelHeight,
/// kernelWidth]`, output `[n, filters, outHeight, outWidth]` with
///
///     outHeight = ⌊(height + 2·padding − dilation·(kernelHeight − 1) − 1) / stride⌋ + 1
///
/// Stride, padding and dilation are one number or `[height, width]`. The taps of a kernel lie
/// `dilation` pixels apart (Yu and Koltun 2016). Channels and filters are cut into `groups`, each
/// filter meets the channels of its own; as many groups as channels make a depthwise convolution. A
/// bias `[filters]` is added to each place.
///
/// Computed as matrix products: of the filters with all patches (Chellapilla et al. 2006), or for
/// kernels of 3 × 3 and stride 1 in Winograd's form, which needs less than half the
/// multiplications. The gradients are the same products turned round.
public func convolution2d(
  _ x: Tensor, _ weight: Tensor, bias: Tensor? = nil, stride: any PerAxis = 1,
  padding: any PerAxis = 0, dilation: any PerAxis = 1, groups: Int = 1,
  file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  let steps = KernelSteps(
    stride, padding, dilation, groups: groups, "convolution2d", file: file, line: line)
  if x.rank == 4 && weight.rank == 4 {
    steps.expectGroups(of: x.shape[1], "channels")
    steps.expectGroups(of: weight.shape[0], "filters")
  }
  expect(
    x.rank == 4 && weight.rank == 4 && x.shape[1] / groups == weight.shape[1]
      && bias.map { $0.shape == [weight.shape[0]] } ?? true,
    "convolution2d\(steps.inGroups) expects [n, channels, h, w] and [filters, channels\(groups == 1 ? "" : " / \(groups)"), kh, kw], got \(x.shape) and \(weight.shape)\(bias.map { " with bias \($0.shape)" } ?? "")",
    file: file, line: line)
  let output = steps.output(
    of: HeightAndWidth(x.shape[2], x.shape[3]),
    kernel: HeightAndWidth(weight.shape[2], weight.shape[3]))
  expectShape(
    [x.shape[0], weight.shape[0], output.height, output.width], in: "convolution2d", file: file,
    line: line)
  let plan = ConvolutionPlan(input: x.shape, weight: weight.shape, steps, output: output)
  var edges: [(Tensor, (Tensor) -> Tensor)] = [
    (x, { dy in plan.input(dy, weight) }), (weight, { dy in plan.weight(dy, x) }),
  ]
  if let bias { edges.append((bias, { dy in dy.sum(axes: [0, 2, 3]) })) }
  return plan.output(x, weight, bias).recorded("convolution2d", fromAll: edges)
}

/// The same with one number for both axes.
public func convolution2d(
  _ x: Tensor, _ weight: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Int = 0,
  file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  convolution2d(
    x, weight, bias: bias, stride: stride as any PerAxis, padding: padding as any PerAxis,
    file: file, line: line)
}

/// The three products of a convolution: its output, and the gradients of input and weight. Where
/// there is no image, no channel or no filter, sums over nothing are 0.
struct ConvolutionPlan {
  private let batch: Int
  private let filters: Int
  private let inputShape: [Int]
  private let weightShape: [Int]
  private let shape: ConvolutionShape
  private var isEmpty: Bool { batch == 0 || filters == 0 || shape.channels == 0 }

  /// `output` is how many places the convolution has.
  init(input: [Int], weight: [Int], _ steps: KernelSteps, output: HeightAndWidth) {
    batch = input[0]
    filters = weight[0]
    inputShape = input
    weightShape = weight
    // A stride beyond the image leads nowhere: one place is left.
    let padded = HeightAndWidth(
      input[2] + 2 * steps.padding.height, input[3] + 2 * steps.padding.width)
    shape = ConvolutionShape(
      channels: input[1], groups: steps.groups, image: HeightAndWidth(input[2], input[3]),
      kernel: HeightAndWidth(weight[2], weight[3]),
      stride: HeightAndWidth(
        min(steps.stride.height, padded.height), min(steps.stride.width, padded.width)),
      padding: steps.padding,
      dilation: HeightAndWidth(
        weight[2] == 1 ? 1 : steps.dilation.height, weight[3] == 1 ? 1 : steps.dilation.width),
      output: output)
  }

  func output(_ x: Tensor, _ weight: Tensor, _ bias: Tensor? = nil) -> Tensor {
    let outputShape = [batch, filters, shape.output.height, shape.output.width]
    if isEmpty {
      let zeros = Tensor.zeros(outputShape)
      return bias.map { zeros + $0.detached().reshaped([1, filters, 1, 1]) } ?? zeros
    }
    let y = Tensor(unfilled: outputShape)
    Kernels.convolution(
      x.start, weight.start, bias: bias?.start, into: y.storage.start, batch: batch,
      filters: filters, shape)
    return y
  }

  func input(_ dy: Tensor, _ weight: Tensor) -> Tensor {
    if isEmpty { return .zeros(inputShape) }
    let dx = Tensor(unfilled: inputShape)
    Kernels.convolutionInputGradient(
      dy.start, weight.start, into: dx.storage.start, batch: batch, filters: filters, shape)
    return dx
  }

  func weight(_ dy: Tensor, _ x: Tensor) -> Tensor {
    if isEmpty { return .zeros(weightShape) }
    let dw = Tensor(unfilled: weightShape)
    Kernels.convolutionWeightGradient(
      dy.start, x.start, into: dw.storage.start, batch: batch, filters: filters, shape)
    return dw
  }
}
