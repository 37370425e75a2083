import NeuralNetworks
import Tensors
import Testing

/// Tensors without numbers go through every operation, forward and backward.
@Suite struct EmptyTensorTests {
  @Test func aSumOfNothingIsZeroAndAMeanNaN() {
    let x = Tensor.zeros([2, 0, 3])
    #expect(x.sum().item == 0)
    #expect(x.mean().item.isNaN)
    #expect(x.sum(axes: [1]) == .zeros([2, 3]))
    #expect(x.sum(axes: [1, 2], keepingAxes: true) == .zeros([2, 1, 1]))
    #expect(x.sum(axes: [0]).shape == [0, 3])
    let means = x.mean(axes: [1])
    #expect(means.shape == [2, 3] && means.values.allSatisfy { $0.isNaN })
    #expect(x.mean(axes: [0]).shape == [0, 3])
    let s = x.statistics
    #expect(s.minimum.isNaN && s.maximum.isNaN && s.mean.isNaN && s.deviation.isNaN)
    #expect(x.description == "Tensor [2, 0, 3]" && Tensor([Float]()).description == "[]")
  }

  @Test func theLargestOfFullAxesBesideAnEmptyOneIsEmpty() {
    let x = Tensor.zeros([0, 3])
    #expect(x.max(axis: 1).shape == [0])
    #expect(x.max(axis: 1, keepingAxis: true).shape == [0, 1])
    #expect(x.argmax(axis: 1).isEmpty)
    #expect(Tensor.zeros([2, 3, 0]).max(axis: 0).shape == [3, 0])
    #expect(Tensor.zeros([2, 3, 0]).max(axes: [0, 1]).shape == [0])
  }

  /// Each with an input that has no numbers, the shape of the result, and the shape of a second input.
  @Test func everyOperationTakesAnEmptyInput() {
    let cases: [(String, [[Int]], [Int], ([Tensor]) -> Tensor)] = [
      ("+", [[0, 3], [3]], [0, 3], { $0[0] + $0[1] }),
      ("-", [[0, 3], [1, 1]], [0, 3], { $0[0] - $0[1] }),
      ("*", [[2, 1], [2, 0]], [2, 0], { $0[0] * $0[1] }),
      ("/", [[0, 3], [0, 1]], [0, 3], { $0[0] / $0[1] }),
      ("exp", [[0, 3]], [0, 3], { $0[0].exp() }),
      ("pow", [[0]], [0], { $0[0].pow(2) }),
      ("clamped", [[0]], [0], { $0[0].clamped(0, 1) }),
      ("relu", [[3, 0]], [3, 0], { $0[0].relu() }),
      ("sum", [[0, 3]], [3], { $0[0].sum(axes: [0]) }),
      ("mean", [[3, 0]], [0], { $0[0].mean(axes: [0]) }),
      ("max", [[0, 3]], [0], { $0[0].max(axis: 1) }),
      ("softmax", [[2, 0]], [2, 0], { $0[0].softmax() }),
      ("softmax, other axis", [[2, 0]], [2, 0], { $0[0].softmax(axis: 0) }),
      ("logSoftmax", [[0, 3]], [0, 3], { $0[0].logSoftmax() }),
      ("transposed", [[0, 3]], [3, 0], { $0[0].transposed() }),
      ("permuted", [[2, 0, 3]], [3, 2, 0], { $0[0].permuted([2, 0, 1]) }),
      ("reshaped", [[0, 3]], [3, 0, 5], { $0[0].reshaped([3, 0, 5]) }),
      ("reshaped, open axis", [[0, 3]], [0, 3], { $0[0].reshaped([-1, 3]) }),
      ("broadcast", [[0, 1]], [2, 0, 3], { $0[0].broadcast(to: [2, 0, 3]) }),
      ("sliced", [[2, 3]], [2, 0], { $0[0].sliced(axis: 1, 1..<1) }),
      ("rows", [[4, 3]], [0, 3], { $0[0].rows([]) }),
      ("columns", [[0, 3]], [0], { $0[0].columns([]) }),
      ("concatenate", [[0, 3], [2, 3]], [2, 3], { concatenate($0) }),
      ("stack", [[0, 3], [0, 3]], [0, 2, 3], { stack($0, axis: 1) }),
      ("matmul", [[0, 4], [4, 3]], [0, 3], { matmul($0[0], $0[1]) }),
      ("matmul over nothing", [[2, 0], [0, 3]], [2, 3], { matmul($0[0], $0[1]) }),
      ("matmul to nothing", [[2, 4], [4, 0]], [2, 0], { matmul($0[0], $0[1]) }),
      ("batchedMatmul", [[0, 2, 4], [0, 4, 3]], [0, 2, 3], { batchedMatmul($0[0], $0[1]) }),
      (
        "batchedMatmul over nothing", [[2, 2, 0], [2, 0, 3]], [2, 2, 3],
        {
          batchedMatmul($0[0], $0[1])
        }
      ),
      ("linear", [[0, 4], [4, 3], [3]], [0, 3], { linear($0[0], $0[1], $0[2]) }),
      ("linear over nothing", [[2, 0], [0, 3], [3]], [2, 3], { linear($0[0], $0[1], $0[2]) }),
      ("resizedNearest", [[0, 1, 2, 3]], [0, 1, 4, 4], { $0[0].resizedNearest((4, 4)) }),
      ("resizedBilinear", [[0, 1, 2, 3]], [0, 1, 4, 4], { $0[0].resizedBilinear((4, 4)) }),
      (
        "zeroPadded", [[1, 1, 0, 2]], [1, 1, 2, 4],
        {
          $0[0].zeroPadded(left: 1, right: 1, top: 1, bottom: 1)
        }
      ),
      (
        "reflectionPadded", [[0, 1, 2, 2]], [0, 1, 4, 4],
        {
          $0[0].reflectionPadded(left: 1, right: 1, top: 1, bottom: 1)
        }
      ),
      ("pixelShuffled", [[0, 4, 2, 2]], [0, 1, 4, 4], { $0[0].pixelShuffled(2) }),
      (
        "batchNormalized", [[0, 3, 2], [3], [3]], [0, 3, 2],
        {
          $0[0].batchNormalized(gamma: $0[1], beta: $0[2], epsilon: 1e-5).output
        }
      ),
      (
        "batchNormalized, no images", [[0, 3], [3], [3]], [0, 3],
        {
          $0[0].batchNormalized(gamma: $0[1], beta: $0[2], epsilon: 1e-5, relu: true).output
        }
      ),
      (
        "gruLayer", [[0, 2, 3], [0, 4], [12, 3], [12, 4], [12], [12]], [0, 2, 4],
        {
          gruLayer(
            $0[0], h: $0[1], .init(input: $0[2], hidden: $0[3], inputBias: $0[4], hiddenBias: $0[5])
          )
        }
      ),
      (
        "lstmLayer", [[0, 2, 3], [0, 4], [16, 3], [16, 4], [16], [16]], [0, 2, 4],
        {
          lstmLayer(
            $0[0], h: $0[1], c: $0[1],
            .init(input: $0[2], hidden: $0[3], inputBias: $0[4], hiddenBias: $0[5])
          ).output
        }
      ),
    ]
    for (name, shapes, wanted, f) in cases {
      let parameters = shapes.map { Parameter(.ones($0)) }
      let y = f(parameters.map(\.wrappedValue))
      #expect(y.shape == wanted, "\(name)")
      y.sum().backward()
      // Every result is empty, or a sum of nothing: no gradient is anything but 0, but for what is really added.
      for (parameter, shape) in zip(parameters, shapes) {
        #expect(parameter.grad.shape == shape, "\(name)")
        #expect(parameter.grad.isFinite, "\(name)")
      }
    }
    #expect(cases.count == 40)
  }

  @Test func productsOverNothingAreZero() {
    // Buffers come back from the pool with their old numbers.
    for _ in 0..<3 { _ = Tensor.ones([2, 2, 3]) * 7 }
    #expect(matmul(.zeros([2, 0]), .zeros([0, 3])) == .zeros([2, 3]))
    #expect(batchedMatmul(.zeros([2, 2, 0]), .zeros([2, 0, 3])) == .zeros([2, 2, 3]))
    #expect(
      linear(.zeros([2, 0]), .zeros([0, 3]), Tensor([1, 2, 3])) == Tensor([[1, 2, 3], [1, 2, 3]]))
    @Parameter var w = Tensor.ones([4, 3])
    (matmul(.ones([0, 4]), w).sum() + 0).backward()
    #expect($w.grad == .zeros([4, 3]))
  }

  @Test func aLayerWithoutInputsGivesItsBiasWhichStartsFromZero() {
    // As torch.nn.Linear(0, 3).
    var generator = SeededGenerator(seed: 42)
    #expect(Linear(0, 3, using: &generator)(.zeros([2, 0])) == .zeros([2, 3]))
  }

  @Test func recurrentNetsTakeABatchOfNoSequences() {
    var generator = SeededGenerator(seed: 42)
    let (y, (h, c)) = LSTM(3, 4, layers: 2, using: &generator)(.zeros([0, 5, 3]))
    #expect(y.shape == [0, 5, 4] && h.shape == [2, 0, 4] && c.shape == [2, 0, 4])
  }
}
