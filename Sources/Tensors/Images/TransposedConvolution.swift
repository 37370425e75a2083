/// The reverse of a convolution in shapes: each input number spreads a weighted kernel over the
/// output.
///
/// Input `[n, channels, h, w]`, weight `[channels, filters / groups, kh, kw]`, output `[n, filters,
/// …]` of height
///
///     (h − 1)·stride − 2·padding + dilation·(kh − 1) + outputPadding + 1
///
/// It is a convolution's gradient used forward. Several heights shrink to the same h by a stride:
/// `outputPadding`, less than stride or dilation, says how many rows and columns more than the
/// least. A bias `[filters]` is added to each place.
public func transposedConvolution2d(
  _ x: Tensor, _ weight: Tensor, bias: Tensor? = nil, stride: any PerAxis = 1,
  padding: any PerAxis = 0, outputPadding: any PerAxis = 0, dilation: any PerAxis = 1,
  groups: Int = 1, file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  let name: StaticString = "transposedConvolution2d"
  let steps = KernelSteps(stride, padding, dilation, groups: groups, name, file: file, line: line)
  let extra = outputPadding.checked("an output padding", from: 0, in: name, file: file, line: line)
  expect(
    extra.height < max(steps.stride.height, steps.dilation.height)
      && extra.width < max(steps.stride.width, steps.dilation.width),
    "\(name) expects an output padding less than stride or dilation, got \(extra) with stride \(steps.stride) and dilation \(steps.dilation)",
    file: file, line: line)
  if x.rank == 4 { steps.expectGroups(of: x.shape[1], "channels") }
  expect(
    x.rank == 4 && weight.rank == 4 && x.shape[1] == weight.shape[0]
      && bias.map { $0.shape == [weight.shape[1] * groups] } ?? true,
    "\(name)\(steps.inGroups) expects [n, channels, h, w] and [channels, filters\(groups == 1 ? "" : " / \(groups)"), kh, kw], got \(x.shape) and \(weight.shape)\(bias.map { " with bias \($0.shape)" } ?? "")",
    file: file, line: line)
  let places = HeightAndWidth(x.shape[2], x.shape[3])
  let size = steps.input(
    of: places, kernel: HeightAndWidth(weight.shape[2], weight.shape[3]), adding: extra)
  let filters = weight.shape[1] * groups
  expectShape([x.shape[0], filters, size.height, size.width], in: name, file: file, line: line)
  let plan = ConvolutionPlan(
    input: [x.shape[0], filters, size.height, size.width], weight: weight.shape, steps,
    output: places)
  let y = plan.input(x, weight).recorded("transposedConvolution2d", from: x, weight) { dy in
    plan.output(dy, weight)
  } second: { dy in
    plan.weight(x, dy)
  }
  return bias.map { y + $0.reshaped([1, filters, 1, 1]) } ?? y
}

/// The same with one number for both axes.
public func transposedConvolution2d(
  _ x: Tensor, _ weight: Tensor, stride: Int = 1, padding: Int = 0,
  file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  transposedConvolution2d(
    x, weight, stride: stride as any PerAxis, padding: padding as any PerAxis, file: file,
    line: line)
}
