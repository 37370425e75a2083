import Foundation
import ReferenceReader
import Tensors
import Testing

/// Infinite, undefined, huge and equal numbers, signed zeros and empty axes, against PyTorch in double precision
/// (`Tests/References/operator_extremes.py`).
@Suite struct OperatorExtremesTests {
  @Test func everyExtremeIsPyTorchs() throws {
    let data = try Data(
      contentsOf: References.committed.appending(path: "operator_extremes.json"))
    let cases = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    #expect(cases.count == 43)
    for json in cases {
      var json = try #require(try numbers(json) as? [String: Any])
      json["upstream"] = json["output"]
      if json["operation"] as? String == "matmul" { json["operation"] = "matmulBroadcast" }
      let c = try ReferenceCase(json)
      let parameters = c.inputs.map { Parameter($0) }
      let y = try run(c, parameters.map(\.wrappedValue), arguments: c.arguments).output
      let label = "\(c.operation) \(c.inputs.map(\.shape)) \(json["arguments"] ?? "")"
      expectSame(y, c.output, c.inputs, label)
      y.sum().backward()
      for (i, (parameter, gradient)) in zip(parameters, c.gradients).enumerated() {
        expectSame(parameter.grad, gradient, c.inputs, "\(label), gradient \(i)")
      }
    }
  }

  /// Zeros have their sign: 1 / x tells them apart.
  @Test func signedZerosKeepTheirSign() {
    let x = Tensor([-0.0])
    let kept: [(String, Tensor)] = [
      ("tanh", x.tanh()), ("gelu", x.gelu()), ("gelu, tanh", x.gelu(.tanh)), ("elu", x.elu()),
      ("relu6", x.relu6()),
      ("leakyReLU", x.leakyReLU()), ("pow", x.pow(Tensor([3]))), ("min", x.min(axis: 0)),
      ("maximum", maximum(x, x)), ("minimum", minimum(x, Tensor([1]))),
      ("where", Tensor.where(Tensor([1]), x, Tensor([2]))), ("selected", x.selected(axis: 0, [0])),
      ("gathered", x.gathered(axis: 0, [0], shape: [1])), ("sliced", x.sliced([0..<1], by: [2])),
    ]
    #expect(kept.count == 14)
    for (name, y) in kept { #expect(y.values[0] == 0 && y.values[0].sign == .minus, "\(name)") }
    #expect(x.pow(Tensor([2])).values[0].sign == .plus)
  }

  @Test func theSmallestOfEqualNumbersIsTheFirstAndNaNIsSmallest() {
    @Parameter var x = Tensor([[2, 1, 1], [5, .nan, .nan]])
    #expect(x.argmin() == [1, 1])
    #expect(x.argmin(axis: 0) == [0, 1, 1])
    x.min(axis: 1).sum().backward()
    #expect($x.grad.values == [0, 1, 0, 0, 1, 0])
    $x.zeroGrad()
    #expect(x.min().item.isNaN)
    @Parameter var equal = Tensor([[1, 1], [1, 1]])
    equal.min().backward()
    #expect($equal.grad.values == [1, 0, 0, 0])
  }

  /// By hand: what was not taken is not multiplied by 0, which would make NaN of an infinite slope.
  @Test func anInfiniteGradientStaysOnItsSideOfWhere() {
    @Parameter var a = Tensor([4, 9])
    @Parameter var b = Tensor([0, 0])
    // √ has an infinite slope at 0: only the first of b is taken.
    (Tensor.where(Tensor([0, 1]), a, b).sqrt()).sum().backward()
    #expect($a.grad.values == [0, Float(1) / 6])
    #expect($b.grad.values == [.infinity, 0])
  }

  @Test func nothingComesOfNothing() {
    let empty = Tensor.zeros([0, 3])
    #expect(empty.gelu().shape == [0, 3])
    #expect(empty.softplus().shape == [0, 3])
    #expect(empty.layerNormalized([3], weight: .ones([3]), bias: .zeros([3])).shape == [0, 3])
    #expect(Tensor.zeros([2, 0]).layerNormalized([0]).shape == [2, 0])
    #expect(Tensor.zeros([0, 4, 2]).groupNormalized(groups: 2).shape == [0, 4, 2])
    #expect(Tensor.zeros([2, 4, 0]).groupNormalized(groups: 2).shape == [2, 4, 0])
    #expect(Tensor.zeros([0, 4, 2, 2]).instanceNormalized().shape == [0, 4, 2, 2])
    #expect(empty.min(axis: 1).shape == [0])
    #expect(empty.argmin(axis: 1) == [])
    #expect(maximum(empty, Tensor(1)).shape == [0, 3])
    #expect(empty.pow(.ones([1, 3])).shape == [0, 3])
    #expect(Tensor.where(.ones([1, 3]), empty, Tensor(1)).shape == [0, 3])
    #expect(Tensor.ones([2, 3]).selected(axis: 1, []).shape == [2, 0])
    #expect(Tensor.ones([2, 3]).gathered(axis: 1, [], shape: [2, 0]).shape == [2, 0])
    #expect(empty.gathered(axis: 1, [], shape: [0, 7]).shape == [0, 7])
    #expect(Tensor.ones([2, 3]).sliced(axis: 1, 1..<1, by: 2).shape == [2, 0])
    @Parameter var x = Tensor.ones([2, 3])
    (x.sliced(axis: 1, 3..<3, by: 2).sum() + x.selected(axis: 0, []).sum()).backward()
    #expect($x.grad == .zeros([2, 3]))
  }

  /// The strings of the file as numbers.
  private func numbers(_ json: Any) throws -> Any {
    switch json {
    case let object as [String: Any]:
      var object = object
      for (key, value) in object where key != "operation" && key != "form" {
        object[key] = try numbers(value)
      }
      return object
    case let list as [Any]: return try list.map(numbers)
    case let text as String: return NSNumber(value: try #require(Float(text)))
    default: return json
    }
  }

  private func expectSame(_ a: Tensor, _ b: Tensor, _ inputs: [Tensor], _ label: String) {
    #expect(a.shape == b.shape, "\(label)")
    for (i, (x, y)) in zip(a.values, b.values).enumerated() {
      let isSame =
        x == y || (x.isNaN && y.isNaN) || (x - y).magnitude <= 2e-6 * Swift.max(1, y.magnitude)
      let at = inputs.allSatisfy { $0.count == a.count } ? "\(inputs.map { $0.values[i] })" : ""
      #expect(isSame, "\(label): number \(i) \(at) is \(x), PyTorch has \(y)")
    }
  }
}
