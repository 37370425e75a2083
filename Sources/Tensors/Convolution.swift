import Kernels

/// A two-dimensional convolution (as the field uses the word: a cross-correlation).
///
/// Input `[n, channels, height, width]`, weight `[filters, channels, kernelHeight, kernelWidth]`, output
/// `[n, filters, outHeight, outWidth]` with outHeight = ⌊(height + 2·padding − kernelHeight) / stride⌋ + 1.
///
/// Computed as matrix products: of the filters with all patches (Chellapilla et al. 2006), or for kernels of 3 × 3
/// and stride 1 in Winograd's form, which needs less than half the multiplications. The gradients are
/// the same products turned round. A bias `[filters]` is added to each place.
public func convolution2d(
  _ x: Tensor, _ weight: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Int = 0,
  file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expect(
    x.rank == 4 && weight.rank == 4 && x.shape[1] == weight.shape[1] && stride > 0 && padding >= 0
      && bias.map { $0.shape == [weight.shape[0]] } ?? true,
    "convolution2d expects [n, channels, h, w] and [filters, channels, kh, kw], got \(x.shape) and \(weight.shape)\(bias.map { " with bias \($0.shape)" } ?? "")",
    file: file, line: line)
  expect(
    x.shape[2] + 2 * padding >= weight.shape[2] && x.shape[3] + 2 * padding >= weight.shape[3],
    "convolution2d: kernel \(weight.shape[2]) × \(weight.shape[3]) is larger than the input \(x.shape[2]) × \(x.shape[3]) with padding \(padding)",
    file: file, line: line)
  let plan = ConvolutionPlan(input: x.shape, weight: weight.shape, stride, padding)
  var edges: [(Tensor, (Tensor) -> Tensor)] = [
    (x, { dy in plan.input(dy, weight) }), (weight, { dy in plan.weight(dy, x) }),
  ]
  if let bias { edges.append((bias, { dy in dy.sum(axes: [0, 2, 3]) })) }
  return plan.output(x, weight, bias).recorded("convolution2d", fromAll: edges)
}

/// The reverse of a convolution in shapes: each input number spreads a weighted kernel over the output.
///
/// Input `[n, channels, h, w]`, weight `[channels, filters, kh, kw]`, output height
/// (h − 1)·stride − 2·padding + kh. It is a convolution's gradient used forward.
public func transposedConvolution2d(
  _ x: Tensor, _ weight: Tensor, stride: Int = 1, padding: Int = 0,
  file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expect(
    x.rank == 4 && weight.rank == 4 && x.shape[1] == weight.shape[0] && stride > 0 && padding >= 0,
    "transposedConvolution2d expects [n, channels, h, w] and [channels, filters, kh, kw], got \(x.shape) and \(weight.shape)",
    file: file, line: line)
  let height = (x.shape[2] - 1) * stride - 2 * padding + weight.shape[2]
  let width = (x.shape[3] - 1) * stride - 2 * padding + weight.shape[3]
  expect(
    height > 0 && width > 0,
    "transposedConvolution2d: padding \(padding) leaves nothing of \(x.shape) with kernel \(weight.shape)",
    file: file, line: line)
  let plan = ConvolutionPlan(
    input: [x.shape[0], weight.shape[1], height, width], weight: weight.shape, stride, padding)
  return plan.input(x, weight).recorded(from: x, weight) { dy in
    plan.output(dy, weight)
  } second: { dy in
    plan.weight(x, dy)
  }
}

/// The three products of a convolution: its output, and the gradients of input and weight.
private struct ConvolutionPlan {
  let batch: Int
  let filters: Int
  let inputShape: [Int]
  let weightShape: [Int]
  let shape: ConvolutionShape

  init(input: [Int], weight: [Int], _ stride: Int, _ padding: Int) {
    batch = input[0]
    filters = weight[0]
    inputShape = input
    weightShape = weight
    shape = ConvolutionShape(
      channels: input[1], height: input[2], width: input[3], kernelHeight: weight[2],
      kernelWidth: weight[3], stride: stride, padding: padding)
  }

  func output(_ x: Tensor, _ weight: Tensor, _ bias: Tensor? = nil) -> Tensor {
    let y = Tensor(unfilled: [batch, filters, shape.outHeight, shape.outWidth])
    Kernels.convolution(
      x.start, weight.start, bias: bias?.start, into: y.storage.start, batch: batch,
      filters: filters, shape)
    return y
  }

  func input(_ dy: Tensor, _ weight: Tensor) -> Tensor {
    let dx = Tensor(unfilled: inputShape)
    Kernels.convolutionInputGradient(
      dy.start, weight.start, into: dx.storage.start, batch: batch, filters: filters, shape)
    return dx
  }

  func weight(_ dy: Tensor, _ x: Tensor) -> Tensor {
    let dw = Tensor(unfilled: weightShape)
    Kernels.convolutionWeightGradient(
      dy.start, x.start, into: dw.storage.start, batch: batch, filters: filters, shape)
    return dw
  }
}
