import Tensors

/// Initial weights for a convolution before a pixel shuffle: each filter of a smaller convolution, factor²
/// times (Aitken et al. 2017, "initialised to convolution NN resize").
///
/// A pixel shuffle makes the factor² pixels of a cell from factor² neighbouring channels. Drawn on their own,
/// they differ, and the picture starts as a checkerboard. Alike, each cell has one value: the start is the smaller
/// convolution, enlarged by nearest neighbour. Takes weights `[filters, channels, kernel, kernel]` or
/// biases `[filters]`, gives factor² times as many filters.
public func icnr(
  _ weights: Tensor, factor: Int, file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expect(
    factor > 0 && weights.rank > 0,
    "icnr expects weights [filters, …] and a positive factor, got \(weights.shape) and \(factor)",
    file: file, line: line)
  let square = factor.timesLength(factor)
  let filters = weights.shape[0].timesLength(square)
  expectShape([filters], in: "icnr", file: file, line: line)
  let numbers = (0..<filters).map { $0 / square }
  return weights.rows(numbers, file: file, line: line).detached()
}

extension Convolution2d {
  /// Starts over with ICNR: the first filter of each group of factor², and its bias, go to the whole group.
  public func initialiseICNR(
    factor: Int, file: StaticString = #fileID, line: UInt = #line
  ) {
    let filters = $weight.value.shape[0]
    let square = factor.timesLength(factor)
    expect(
      factor > 0 && filters % square == 0,
      "a pixel shuffle by \(factor) needs a multiple of \(factor)² filters, got \(filters)",
      file: file, line: line)
    let firsts = (0..<filters / square).map { $0 * square }
    for parameter in parameters {
      parameter.value = icnr(parameter.value.rows(firsts), factor: factor)
    }
  }
}
