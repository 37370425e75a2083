// Initial weights for layers before a tanh or a sigmoid (Glorot and Bengio 2010, eq. 12 and 16): a variance of
// 1/inputs keeps the size of what flows forward, 1/outputs that of the gradients; 2 / (inputs + outputs)
// lies between. For a convolution these are channels·kernel² and filters·kernel².
extension Tensor {
  /// Normal numbers with deviation √(2 / (inputs + outputs)).
  public static func xavierNormal(
    _ shape: [Int], inputs: Int, outputs: Int,
    using generator: inout some RandomNumberGenerator, file: StaticString = #fileID,
    line: UInt = #line
  ) -> Tensor {
    let deviation = xavierDeviation(inputs, outputs, "xavierNormal", file, line)
    return .normal(shape, deviation: deviation, using: &generator, file: file, line: line)
  }

  /// Numbers spread evenly over ±√(6 / (inputs + outputs)), which have the same deviation.
  public static func xavierUniform(
    _ shape: [Int], inputs: Int, outputs: Int,
    using generator: inout some RandomNumberGenerator, file: StaticString = #fileID,
    line: UInt = #line
  ) -> Tensor {
    let bound =
      Float(3).squareRoot() * xavierDeviation(inputs, outputs, "xavierUniform", file, line)
    return .uniform(shape, in: -bound..<bound, using: &generator, file: file, line: line)
  }

  private static func xavierDeviation(
    _ inputs: Int, _ outputs: Int, _ name: String, _ file: StaticString, _ line: UInt
  ) -> Float {
    expect(
      inputs > 0 && outputs > 0,
      "\(name) expects at least one input and one output, got \(inputs) and \(outputs)",
      file: file, line: line)
    return (2 / (Float(inputs) + Float(outputs))).squareRoot()
  }
}
