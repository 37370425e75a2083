import Foundation
import NeuralNetworks
import Tensors
import Testing

/// Losses an item each, their sum and their mean, where nothing is left to count too. Drawn numbers
/// are compared with PyTorch in OperationTests.
@Suite struct LossReductionTests {
  private typealias Loss = (Tensor, LossReduction) -> Tensor

  /// Every loss on rows of three numbers.
  private func losses(rows: Int) -> [(name: String, loss: Loss)] {
    let target = Tensor(repeating: 0.25, [rows, 3])
    let labels = (0..<rows).map { $0 % 3 }
    return [
      ("mse", { mse($0, target, reduction: $1) }),
      ("l1Loss", { l1Loss($0, target, reduction: $1) }),
      ("smoothL1Loss", { smoothL1Loss($0, target, reduction: $1) }),
      ("binaryCrossEntropy", { binaryCrossEntropy($0, target, reduction: $1) }),
      ("binaryCrossEntropy(logits:)", { binaryCrossEntropy(logits: $0, target, reduction: $1) }),
      ("crossEntropy", { crossEntropy($0, labels, reduction: $1) }),
      ("negativeLogLikelihood", { negativeLogLikelihood($0, labels, reduction: $1) }),
      (
        "crossEntropy(pixels:)",
        { crossEntropy(pixels: $0.reshaped([rows, 3, 1, 1]), labels, reduction: $1) }
      ),
      (
        "negativeLogLikelihood(pixels:)",
        { negativeLogLikelihood(pixels: $0.reshaped([rows, 3, 1, 1]), labels, reduction: $1) }
      ),
    ]
  }

  @Test func theSumAndTheMeanAreThoseOfTheItems() {
    var generator = SeededGenerator(seed: 42)
    let x = Tensor.uniform([5, 3], in: 0.1..<0.9, using: &generator)
    for (name, loss) in losses(rows: 5) {
      let items = loss(x, .none)
      #expect(items.shape[0] == 5, "\(name)")
      let sum = items.values.reduce(0, +)
      #expect((loss(x, .sum).item - sum).magnitude < 1e-5, "\(name)")
      #expect((loss(x, .mean).item - sum / Float(items.count)).magnitude < 1e-6, "\(name)")
    }
    #expect(
      crossEntropy(x, [0, 1, 2, 0, 1]) == crossEntropy(x, [0, 1, 2, 0, 1], reduction: .mean))
  }

  /// By hand: d − β/2 of slope ±1 beyond β, d²/2β of slope d/β below.
  @Test func smoothL1HoldsForAnyBeta() {
    for beta: Float in [1e-33, 1e-20, 1e-10, 1, 1e10, 1e30, 1e37] {
      @Parameter var x = Tensor([4, -4, 1, -1, 0.5, -0.5, 0, 1e-4].map { $0 * beta })
      let y = smoothL1Loss(x, .zeros([8]), beta: beta, reduction: .none)
      for (value, wanted) in zip(y.values, [3.5, 3.5, 0.5, 0.5, 0.125, 0.125, 0]) {
        #expect((value / beta - Float(wanted)).magnitude <= 1e-6, "β \(beta)")
      }
      y.sum().backward()
      #expect($x.grad.count == 8)
      // From the d that 32 bits hold: 1e-4 of the smallest β is a subnormal number of few digits.
      for (slope, d) in zip($x.grad.values, x.values) {
        let wanted = max(-1, min(1, Double(d) / Double(beta)))
        #expect((Double(slope) - wanted).magnitude <= 1e-6 * wanted.magnitude, "β \(beta)")
      }
    }
  }

  /// PyTorch: no item, the sum 0, the mean NaN; a gradient of no number.
  @Test func noRowHasNoMean() {
    for (name, loss) in losses(rows: 0) {
      for reduction in [LossReduction.none, .sum, .mean] {
        @Parameter var x = Tensor.zeros([0, 3])
        let y = loss(x, reduction)
        switch reduction {
        case .none: #expect(y.count == 0 && y.shape[0] == 0, "\(name)")
        case .sum: #expect(y.item == 0, "\(name)")
        case .mean: #expect(y.item.isNaN, "\(name)")
        }
        y.sum().backward()
        #expect($x.grad.shape == [0, 3], "\(name)")
      }
    }
  }

  private func labelled(
    _ labels: [Int], weights: [Float]?, _ reduction: LossReduction
  ) -> [(name: String, loss: (Tensor) -> Tensor)] {
    let rows = labels.count
    return [
      (
        "crossEntropy",
        { crossEntropy($0, labels, weights: weights, ignoring: 255, reduction: reduction) }
      ),
      (
        "negativeLogLikelihood",
        { negativeLogLikelihood($0, labels, weights: weights, ignoring: 255, reduction: reduction) }
      ),
      (
        "crossEntropy(pixels:)",
        {
          crossEntropy(
            pixels: $0.reshaped([rows, 3, 1, 1]), labels, weights: weights, ignoring: 255,
            reduction: reduction)
        }
      ),
    ]
  }

  @Test func whereAllIsIgnoredNothingMoves() {
    for weights in [nil, [0.5, 2, 1] as [Float]] {
      for reduction in [LossReduction.none, .sum, .mean] {
        for (name, loss) in labelled([255, 255], weights: weights, reduction) {
          @Parameter var x = Tensor([1, 2, 3, -1, 0, 1], shape: [2, 3])
          let y = loss(x)
          if case .mean = reduction {
            #expect(y.item.isNaN, "\(name)")
          } else {
            #expect(y.values.allSatisfy { $0 == 0 }, "\(name)")
          }
          y.sum().backward()
          #expect($x.grad == .zeros([2, 3]), "\(name), \(reduction)")
        }
      }
    }
    #expect(crossEntropy(.zeros([2, 0]), [255, 255], ignoring: 255).item.isNaN)
    #expect(
      crossEntropy(.zeros([2, 0]), [255, 255], ignoring: 255, reduction: .none).values == [0, 0])
  }

  @Test func whatIsIgnoredIsAsIfItWereNotThere() {
    let rows = Tensor([1, 2, 3, -1, 0, 1, 0.5, 0.25, 0], shape: [3, 3])
    for reduction in [LossReduction.sum, .mean] {
      for (some, all) in zip(
        labelled([2, 0], weights: [0.5, 2, 1], reduction),
        labelled([2, 255, 0], weights: [0.5, 2, 1], reduction))
      {
        @Parameter var x = rows.rows([0, 2])
        @Parameter var y = rows
        let (a, b) = (some.loss(x), all.loss(y))
        #expect(a == b, "\(some.name)")
        a.backward()
        b.backward()
        #expect($y.grad.rows([0, 2]) == $x.grad)
        #expect($y.grad[1].values == [0, 0, 0])
      }
    }
  }

  /// Σ w·loss / Σ w, by hand: losses ln 4 and ln 4/3 of the probabilities ¼ and ¾.
  @Test func aWeightedMeanIsOverTheWeights() {
    let logits = Tensor([0, Float(log(3.0)), 0, Float(log(3.0))], shape: [2, 2])
    let (far, near) = (Float(log(4.0)), Float(log(4.0)) - Float(log(3.0)))
    let weights: [Float] = [3, 0.5]
    func close(_ y: Tensor, _ wanted: [Float]) {
      #expect(y.count == wanted.count)
      for (a, b) in zip(y.values, wanted) { #expect((a - b).magnitude < 1e-6) }
    }
    close(
      crossEntropy(logits, [0, 1], weights: weights, reduction: .none), [3 * far, 0.5 * near])
    close(crossEntropy(logits, [0, 1], weights: weights, reduction: .sum), [3 * far + 0.5 * near])
    close(crossEntropy(logits, [0, 1], weights: weights), [(3 * far + 0.5 * near) / 3.5])
    close(
      negativeLogLikelihood(logits.logSoftmax(), [0, 1], weights: weights),
      [(3 * far + 0.5 * near) / 3.5])
    // As in PyTorch: of weights that are all 0 there is no mean.
    #expect(crossEntropy(logits, [0, 0], weights: [0, 1]).item.isNaN)
  }

  /// Three million rows alike: ln 10 each. A running sum in 32 bits would end near 2.3007.
  @Test func theMeanOfMillionsOfRowsKeepsItsDigits() {
    let rows = 3_000_000
    let labels = [Int](repeating: 0, count: rows)
    let x = Tensor.zeros([rows, 10])
    let wanted = Float(log(10.0))
    #expect((crossEntropy(x, labels).item - wanted).magnitude < 5e-7)
    let weights = [0.1] + [Float](repeating: 1, count: 9)
    #expect((crossEntropy(x, labels, weights: weights).item - wanted).magnitude < 5e-7)
    #expect((crossEntropy(x, labels, reduction: .sum).item / Float(rows) - wanted).magnitude < 5e-7)
    #expect(
      (negativeLogLikelihood(x - wanted, labels, ignoring: 1).item - wanted).magnitude < 5e-7)
  }

  @Test func itemsOfPixelsHaveTheShapeOfTheImages() {
    var generator = SeededGenerator(seed: 42)
    let x = Tensor.normal([2, 3, 2, 4], using: &generator)
    let labels = (0..<16).map { $0 * 7 % 3 }
    #expect(crossEntropy(pixels: x, labels, reduction: .none).shape == [2, 2, 4])
    #expect(negativeLogLikelihood(pixels: x, labels, reduction: .none).shape == [2, 2, 4])
  }
}
