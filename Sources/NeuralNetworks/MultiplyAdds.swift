/// A layer that says how many products of two numbers, each added to a sum, one run of it takes.
///
/// Counted are the matrix products, convolutions among them, as the papers' tables do; not biases,
/// normalisation, activation functions and pooling, which together are a hundredth of that.
public protocol CountsMultiplyAdds: Module {
  func multiplyAdds(input: [Int], output: [Int]) -> Int
}

extension Linear: CountsMultiplyAdds {
  /// Each output is a sum over all inputs.
  public func multiplyAdds(input: [Int], output: [Int]) -> Int {
    output.reduce(1, *) * (input.last ?? 0)
  }
}

extension Convolution2d: CountsMultiplyAdds {
  /// Each output is a sum over a patch of its group's channels.
  public func multiplyAdds(input: [Int], output: [Int]) -> Int {
    output.reduce(1, *) * $weight.value.shape.dropFirst().reduce(1, *)
  }
}

extension TransposedConvolution2d: CountsMultiplyAdds {
  /// Each input is spread over a patch of its group's filters.
  public func multiplyAdds(input: [Int], output: [Int]) -> Int {
    input.reduce(1, *) * $weight.value.shape.dropFirst().reduce(1, *)
  }
}

extension WeightDrop: CountsMultiplyAdds {
  public func multiplyAdds(input: [Int], output: [Int]) -> Int {
    net.multiplyAdds(input: input, output: output)
  }
}

extension RecurrentNet: CountsMultiplyAdds {
  /// At each step, in each layer, every gate is a sum over the inputs and a sum over the hidden numbers.
  public func multiplyAdds(input: [Int], output: [Int]) -> Int {
    let weights = cells.reduce(0) {
      $0 + $1.$inputWeight.value.count + $1.$hiddenWeight.value.count
    }
    return input[0] * input[1] * weights
  }
}
