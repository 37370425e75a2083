import Tensors

/// A layer that says how many products of two numbers, each added to a sum, one run of it takes.
///
/// Counted are the matrix products, convolutions among them, as the papers' tables do; not biases,
/// normalisation, activation functions and pooling, which together are a hundredth of that.
public protocol CountsMultiplyAdds: Module {
  func multiplyAdds(input: [Int], output: [Int]) -> Int
}

extension CountsMultiplyAdds {
  /// The product of a shape's lengths and those of a weight.
  func product(_ shape: [Int], _ weight: some Sequence<Int>) -> Int {
    let lengths = shape + weight
    expect(
      !shape.isEmpty && lengths.allSatisfy { $0 >= 0 }
        && lengths.reduce(1.0) { $0 * Double($1) } < 0x1p62,
      "multiplyAdds expects the shapes of a run of \(type(of: self)), got \(shape)")
    return lengths.reduce(1, *)
  }
}

extension Linear: CountsMultiplyAdds {
  /// Each output is a sum over all inputs.
  public func multiplyAdds(input: [Int], output: [Int]) -> Int {
    product(output, [$weight.value.shape[0]])
  }
}

extension Convolution2d: CountsMultiplyAdds {
  /// Each output is a sum over a patch of its group's channels.
  public func multiplyAdds(input: [Int], output: [Int]) -> Int {
    product(output, $weight.value.shape.dropFirst())
  }
}

extension TransposedConvolution2d: CountsMultiplyAdds {
  /// Each input is spread over a patch of its group's filters.
  public func multiplyAdds(input: [Int], output: [Int]) -> Int {
    product(input, $weight.value.shape.dropFirst())
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
    return product(input.count == 3 ? Array(input.prefix(2)) : [], [weights])
  }
}
