import Tensors

/// A fully connected layer: y = xW + b, an affine function.
///
/// Input `[…, inputs]`, output `[…, outputs]`. Weights and biases start evenly spread over
/// ±1/√inputs, as PyTorch's do, so that figures can be compared.
public final class Linear: Module, Layer {
  @Parameter public var weight: Tensor  // [inputs, outputs]
  @Parameter public var bias: Tensor  // [outputs]

  public init(
    _ inputs: Int, _ outputs: Int, using generator: inout some RandomNumberGenerator,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    expect(
      inputs >= 0 && outputs >= 0,
      "Linear expects no negative size, got \(inputs) inputs and \(outputs) outputs", file: file,
      line: line)
    // Without inputs there is nothing to weigh, and the bias starts from 0.
    let bound = inputs == 0 ? 0 : 1 / Float(inputs).squareRoot()
    weight = .uniform(
      [inputs, outputs], in: -bound..<bound, using: &generator, file: file, line: line)
    bias = .uniform([outputs], in: -bound..<bound, using: &generator)
  }

  /// A layer with the given numbers.
  public init(weight: Tensor, bias: Tensor) {
    expect(
      weight.rank == 2 && bias.shape == [weight.shape[1]],
      "Linear expects weight [inputs, outputs] and bias [outputs], got \(weight.shape) and \(bias.shape)"
    )
    self.weight = weight
    self.bias = bias
  }

  public func forward(_ x: Tensor) -> Tensor {
    expect(
      x.shape.last == $weight.value.shape[0],
      "Linear expects [..., \($weight.value.shape[0])], got \(x.shape)")
    return linear(x, weight, bias)
  }
}
