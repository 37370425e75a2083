import Foundation
import NeuralNetworks
import Tensors
import Testing

/// Sums do not lose digits as they grow.
@Suite struct LongSumTests {
  /// Sums of whole numbers below 2²⁴ are exact in any order: every length, axis and edge of a block counts.
  @Test func sumsOverEveryAxisAreExactForWholeNumbers() {
    let lengths = [0, 1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 31, 63, 64, 65, 127, 128, 129, 257, 1000]
    let inners = [1, 2, 3, 15, 16, 17, 33, 511, 512, 513, 1100]
    var compared = 0
    for length in lengths {
      for inner in inners {
        for outer in [1, 3] {
          let shape = [outer, length, inner]
          let numbers = (0..<outer * length * inner).map { Float($0 % 7 - 3 + $0 % 5) }
          var wanted = [Float](repeating: 0, count: outer * inner)
          for (i, number) in numbers.enumerated() {
            wanted[i / (length * inner) * inner + i % inner] += number
          }
          let x = Tensor(numbers, shape: shape)
          #expect(x.sum(axes: [1]).values == wanted, "\(shape)")
          #expect(x.sum().item == numbers.reduce(0, +), "\(shape)")
          compared += 1
        }
      }
    }
    #expect(compared == lengths.count * inners.count * 2)
  }

  /// Half a unit of the last place, and as much again for the few roundings in 32 bits.
  private func expectClose(_ sum: Float, _ exact: Double, _ label: String) {
    #expect(
      (Double(sum) - exact).magnitude <= exact.magnitude * 0x1p-23, "\(label): \(sum) for \(exact)")
  }

  @Test func aMillionTenthsAreAHundredThousand() {
    let tenth = Double(Float(0.1))
    for length in [100, 4480, 1_000_000] {
      let x = Tensor(repeating: 0.1, [length, 2])
      for sum in x.sum(axes: [0]).values {
        expectClose(sum, tenth * Double(length), "axis 0 of \(length)")
      }
      for sum in x.reshaped([2, length]).sum(axes: [1]).values {
        expectClose(sum, tenth * Double(length), "axis 1 of \(length)")
      }
      expectClose(x.sum().item, 2 * tenth * Double(length), "all of \(length)")
      expectClose(x.mean().item, tenth, "mean of \(length)")
    }
    // Beyond 2²⁴ a running sum of ones stands still.
    #expect(Tensor.ones([20_000_000, 1]).mean(axes: [0]).values == [1])
    #expect(Tensor.ones([10_000_000, 2]).mean(axes: [0]).values == [1, 1])
  }

  @Test func drawnNumbersSumAsInDoublePrecision() {
    var generator = SeededGenerator(seed: 42)
    let x = Tensor.uniform([100_000, 3], in: 0..<1, using: &generator)
    var exact = [0.0, 0.0, 0.0]
    for (i, value) in x.values.enumerated() { exact[i % 3] += Double(value) }
    for (sum, wanted) in zip(x.sum(axes: [0]).values, exact) {
      expectClose(sum, wanted, "axis 0")
    }
    expectClose(x.sum().item, exact.reduce(0, +), "all")
  }

  @Test func gradientsOfBiasesAndMeansOfLossesKeepTheirDigits() {
    let rows = 200_000
    @Parameter var bias = Tensor.zeros([2])
    let y = linear(.ones([rows, 1]), .ones([1, 2]), bias)
    (y * 0.1).sum().backward()
    for value in $bias.grad.values { expectClose(value, Double(Float(0.1)) * Double(rows), "bias") }
    expectClose(mse(Tensor(repeating: 0.1, [rows]), .zeros([rows])).item, 0.01, "mse")
    // −ln σ(0) = ln 2
    let loss = binaryCrossEntropy(logits: .zeros([rows]), .ones([rows])).item
    expectClose(loss, 0.693_147_180_559_945, "binary cross entropy")
  }

  /// A tenth flows back from every place of the result, a million to each number that was taken.
  @Test func gradientsThatMeetInOneNumberKeepTheirDigits() {
    let many = [Int](repeating: 1, count: 1_000_000)
    let cases: [(name: String, shape: [Int], taken: [Int], f: (Tensor) -> Tensor)] = [
      ("rows", [3, 2], [2, 3], { $0.rows(many) }),
      ("selected", [2, 3], [1, 4], { $0.selected(axis: 1, many) }),
      ("gathered", [3], [1], { $0.gathered(axis: 0, many, shape: [many.count]) }),
      ("resizedNearest", [1, 2, 1, 1], [0, 1], { $0.resizedNearest((1000, 1000)) }),
      ("adaptiveMaxPool2d", [1, 1, 1, 1], [0], { $0.adaptiveMaxPool2d((1000, 1000)) }),
      ("adaptiveAveragePool2d", [1, 1, 1, 1], [0], { $0.adaptiveAveragePool2d((1000, 1000)) }),
    ]
    for (name, shape, taken, f) in cases {
      let x = Parameter(.ones(shape))
      (f(x.wrappedValue) * 0.1).sum().backward()
      for (i, sum) in x.grad.values.enumerated() {
        expectClose(sum, taken.contains(i) ? Double(Float(0.1)) * 1e6 : 0, "\(name), number \(i)")
      }
    }
    #expect(cases.count == 6)
  }

  @Test func whatIsNamedOftenAndWhatIsNamedOnceShareATable() {
    var generator = SeededGenerator(seed: 42)
    // Row 0 two hundred times, rows 1 to 99 once, rows from 100 on not at all.
    let numbers = [Int](repeating: 0, count: 200) + Array(1..<100)
    let dy = Tensor.normal([numbers.count, 5], using: &generator)
    @Parameter var x = Tensor.ones([120, 5])
    (x.rows(numbers) * dy).sum().backward()
    var wanted = [Double](repeating: 0, count: 600)
    for (i, value) in dy.values.enumerated() { wanted[numbers[i / 5] * 5 + i % 5] += Double(value) }
    #expect($x.grad.values == wanted.map { Float($0) })
  }

  @Test func manyClassesAndLargeWindowsKeepTheirDigits() {
    // One logit of 0, the others −2.3: ln(1 + n·e^−2.3).
    let others = 99_999
    let wanted = Foundation.log(1 + Double(others) * Foundation.exp(Double(Float(-2.3))))
    for inner in [1, 3] {
      let logits = Tensor(
        (0..<(others + 1) * inner).map { $0 < inner ? 0 : -2.3 }, shape: [1, others + 1, 1, inner])
      let labels = [Int](repeating: 0, count: inner)
      expectClose(crossEntropy(pixels: logits, labels).item, wanted, "\(inner) pixels")
    }
    let image = Tensor(repeating: 0.1, [1, 1, 1001, 999])
    expectClose(image.averagePool2d([1001, 999]).item, Double(Float(0.1)), "average pool")
    expectClose(image.adaptiveAveragePool2d((1, 1)).item, Double(Float(0.1)), "adaptive")
  }

  @Test func batchStatisticsKeepTheirDigits() {
    // Values 1000, 1001, 1000, …: mean 1000.5, variance 0.25.
    for shape in [[200_000, 2], [2, 2, 100_000], [3, 2, 257]] {
      let count = shape.reduce(1, *)
      let isRows = shape.count == 2
      let x = Tensor(
        (0..<count).map { 1000 + Float((isRows ? $0 / 2 : $0) % 2) }, shape: shape)
      let result = x.batchNormalized(gamma: .ones([2]), beta: .zeros([2]), epsilon: 0)
      let isEven = (count / 2) % 2 == 0 && shape.last != 257
      for (mean, variance) in zip(result.mean.values, result.variance.values) where isEven {
        #expect(mean == 1000.5)
        #expect((variance - 0.25).magnitude <= 1e-7)
      }
      if isEven {
        for y in result.output.values { #expect((y.magnitude - 1).magnitude <= 2e-6) }
      }
      // Σ dy of so many tenths.
      @Parameter var beta = Tensor.zeros([2])
      (x.batchNormalized(gamma: .ones([2]), beta: beta, epsilon: 1e-5).output * 0.1).sum()
        .backward()
      for sum in $beta.grad.values {
        expectClose(sum, Double(Float(0.1)) * Double(count / 2), "β of \(shape)")
      }
    }
  }
}
