import Foundation
import NeuralNetworks
import ReferenceReader
import Tensors
import Testing

/// Values and gradients where 0 meets infinity, at NaN, at kinks and where a function saturates, as PyTorch has
/// them in double precision.
@Suite struct EdgeValueTests {
  /// A number, or "inf", "-inf", "nan", which JSON has not.
  private struct Number: Decodable {
    let value: Float
    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        value = try #require(Float(text))
      } else {
        value = Float(try container.decode(Double.self))
      }
    }
  }

  private struct Case: Decodable {
    let operation: String
    let arguments: [String: Number]
    let inputs: [[Number]]
    let output: [Number]
    let gradients: [[Number]]

    func argument(_ name: String) throws -> Float { try #require(arguments[name]).value }
  }

  private func run(_ c: Case, _ x: [Tensor]) throws -> Tensor {
    switch c.operation {
    case "relu": x[0].relu()
    case "leakyReLU": x[0].leakyReLU(try c.argument("slope"))
    case "abs": x[0].abs()
    case "sqrt": x[0].sqrt()
    case "log": x[0].log()
    case "exp": x[0].exp()
    case "square": x[0].square()
    case "sigmoid": x[0].sigmoid()
    case "tanh": x[0].tanh()
    case "clamp": x[0].clamped(try c.argument("minimum"), try c.argument("maximum"))
    case "logClamp": x[0].log().clamped(-100, .infinity)
    case "pow": x[0].pow(try c.argument("exponent"))
    case "divide": x[0] / x[1]
    case "divideBy": x[0] / (try c.argument("c"))
    case "divideInto": try c.argument("c") / x[0]
    case "softmax": x[0].softmax() * Tensor([1, 2, 3])
    case "logSoftmax": x[0].logSoftmax() * Tensor([1, 2, 3])
    case "binaryCrossEntropy": binaryCrossEntropy(x[0], x[1])
    case "sigmoidBinaryCrossEntropy": binaryCrossEntropy(x[0].sigmoid(), x[1])
    case "binaryCrossEntropyOfLogits": binaryCrossEntropy(logits: x[0], x[1])
    case "max": x[0].max(axis: 0)
    case "mean": x[0].mean()
    default: throw Unreadable("no operation \(c.operation)")
    }
  }

  @Test func everyEdgeIsWherePyTorchHasIt() throws {
    let cases: [Case] = try References.read("edge_values.json", in: References.committed)
    for c in cases {
      let parameters = c.inputs.map { Parameter(Tensor($0.map(\.value))) }
      let y = try run(c, parameters.map(\.wrappedValue))
      let about = "\(c.operation) \(c.arguments.mapValues(\.value))"
      compare(y.values, c.output, c, about)
      y.sum().backward()
      for (i, gradient) in c.gradients.enumerated() {
        compare(parameters[i].grad.values, gradient, c, "\(about), gradient of input \(i)")
      }
    }
    #expect(cases.count == 71)
  }

  private func compare(_ ours: [Float], _ theirs: [Number], _ c: Case, _ about: String) {
    #expect(ours.count == theirs.count, "\(about)")
    for (i, (a, b)) in zip(ours, theirs.map(\.value)).enumerated() {
      let isRight =
        a == b || (a.isNaN && b.isNaN) || (a - b).magnitude <= 2e-6 * (1 + b.magnitude)
      if !isRight {
        let inputs = c.inputs.map { $0.count == theirs.count ? $0[i].value : .nan }
        Issue.record("\(about): number \(i) is \(a), PyTorch has \(b), inputs \(inputs)")
      }
    }
  }

  @Test func movingNumbersKeepsTheSignOfZero() {
    let x = Tensor([[-0.0, 1], [0, -0.0]])
    #expect(x.permuted([1, 0]).values.map(\.sign) == [.minus, .plus, .plus, .minus])
    #expect(x.transposed().values.map(\.sign) == [.minus, .plus, .plus, .minus])
    #expect(
      Tensor([-0.0]).broadcast(to: [2, 2]).values.map(\.sign) == [.minus, .minus, .minus, .minus])
    #expect(Tensor(-0.0).broadcast(to: [1]).values.map(\.sign) == [.minus])
  }

  @Test func aNumberThatIsNoneIsPassedOnByEveryReduction() {
    // PyTorch: the first NaN is the largest, wherever it stands.
    for place in 0..<5 {
      var values: [Float] = [3, 9, -1, 9, 2]
      values[place] = .nan
      let x = Tensor(values)
      #expect(x.max(axis: 0).item.isNaN)
      #expect(x.max().item.isNaN)
      #expect(x.argmax() == [place])
      #expect(x.reshaped([5, 1]).max(axis: 0).values[0].isNaN)
      #expect(
        concatenate([x.reshaped([5, 1]), .ones([5, 1])], axis: 1).argmax(axis: 0) == [place, 0])
      #expect(x.sum().item.isNaN)
      #expect(x.mean().item.isNaN)
      let s = x.statistics
      #expect(s.minimum.isNaN && s.maximum.isNaN && s.mean.isNaN && s.deviation.isNaN)
    }
    #expect(Tensor([1, .nan, .nan]).argmax() == [1])
    let infinite = Tensor([1, .infinity, -.infinity]).statistics
    #expect(infinite.minimum == -.infinity && infinite.maximum == .infinity && infinite.mean.isNaN)
  }
}
