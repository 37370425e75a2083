import Kernels

/// The larger of two numbers, element by element; the two are repeated to fit each other. NaN where either is.
///
/// Gradient: all to the larger; of two equal numbers each has half. Where either is NaN both have all of it, as in
/// PyTorch.
public func maximum(
  _ a: Tensor, _ b: Tensor, file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expectFit(a, b, in: "maximum", file, line)
  return a.combined(.maximum, b, name: "maximum").recorded("maximum", from: a, b) { dy in
    dy.share(of: a, whereLargerThan: b).summed(to: a.shape)
  } second: { dy in
    dy.share(of: b, whereLargerThan: a).summed(to: b.shape)
  }
}

/// The smaller of two numbers, element by element, as `maximum` is the larger.
public func minimum(
  _ a: Tensor, _ b: Tensor, file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expectFit(a, b, in: "minimum", file, line)
  return a.combined(.minimum, b, name: "minimum").recorded("minimum", from: a, b) { dy in
    dy.share(of: b, whereLargerThan: a).summed(to: a.shape)
  } second: { dy in
    dy.share(of: a, whereLargerThan: b).summed(to: b.shape)
  }
}

func expectFit(
  _ a: Tensor, _ b: Tensor, in operation: String, _ file: StaticString, _ line: UInt
) {
  expect(
    broadcastShape(a.shape, b.shape) != nil,
    "\(operation): shapes \(a.shape) and \(b.shape) do not fit each other", file: file, line: line)
}

extension Tensor {
  /// dy where a > b, half of it where they are equal; dy being this tensor.
  fileprivate func share(of a: Tensor, whereLargerThan b: Tensor) -> Tensor {
    Tensor.combined(.largerGradient, self, a.repeated(shape), b.repeated(shape))
  }
}
