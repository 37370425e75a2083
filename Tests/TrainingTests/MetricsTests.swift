import Foundation
import ReferenceReader
import Tensors
import Testing
import Training

/// Against NumPy, PyTorch and scikit-learn (Tests/References/metrics.py). Inputs are 32-bit numbers, reference values
/// are computed from them in double precision. What counts or sums in double precision agrees to 1e-12; the cross
/// entropy behind perplexity is 32-bit, so its band is a few times 2⁻²⁴.
@Suite struct MetricsTests {
  @Test func agreeWithIndependentValues() throws {
    let json = try JSONSerialization.jsonObject(
      with: Data(contentsOf: References.folder.appending(path: "metrics.json")))
    let cases = try #require(json as? [[String: Any]])
    var seen: Set<String> = []
    for reference in cases {
      let name: String = try value(reference, "metric")
      let given = Arguments(try value(reference, "given"))
      let expected: NSNumber = try value(reference, "value")
      let computed = try compute(name, given)
      let relative = name == "perplexity" ? 1e-6 : 1e-12
      #expect(
        abs(computed - expected.doubleValue) <= relative * max(1, abs(computed)),
        "\(name): \(computed), the reference says \(expected)")
      #expect(given.unknown == [])
      seen.insert(name)
    }
    #expect(seen.count == 11)
    #expect(References.hold(cases.count, committed: 18))
  }

  private func compute(_ name: String, _ given: Arguments) throws -> Double {
    let predictions = try #require(try given.optionalTensor("predictions"))
    let labels: [Int] = try given.take("labels", or: [])
    let targets = try given.optionalTensor("targets") ?? Tensor(0)
    switch name {
    case "accuracy": return accuracy(predictions, labels)
    case "errorRate": return errorRate(predictions, labels)
    case "perplexity": return perplexity(predictions, labels)
    case "thresholdedAccuracy":
      return thresholdedAccuracy(predictions, targets, threshold: try given.take("threshold"))
    case "fBeta":
      let beta: Double = try given.take("beta")
      return fBeta(predictions, targets, beta: beta, threshold: try given.take("threshold"))
    case "pixelAccuracy": return pixelAccuracy(predictions, labels, void: given.optional("void"))
    case "dice": return dice(predictions, labels, class: try given.take("number"))
    case "rmse": return rmse(predictions, targets)
    case "rmspe": return rmspe(predictions, targets)
    case "expRMSPE": return expRMSPE(predictions, targets)
    case "psnr": return psnr(predictions, targets, peak: try given.take("peak"))
    default: throw Unreadable("no metric is called \(name)")
    }
  }

  @Test func whereThereIsNothingToMeasure() {
    let none = Tensor([1, 0], shape: [1, 2, 1, 1])  // one pixel, of class 0
    #expect(dice(none, [0]) == 1)
    #expect(pixelAccuracy(none, [7], void: 7).isNaN)
    #expect(psnr(none, none) == .infinity)
    #expect(rmse(none, none) == 0)
    #expect(fBeta(.zeros([1, 3]), .zeros([1, 3])) == 0)
    #expect(thresholdedAccuracy(.zeros([1, 3]), .zeros([1, 3])) == 1)
  }

  /// By hand.
  @Test func ignoredLabelsDoNotCount() {
    let y = Tensor([[3, 1], [1, 3], [3, 1], [1, 3]])
    #expect(accuracy(y, [0, 0, -100, 1], ignoring: -100) == 2.0 / 3)
    #expect(abs(errorRate(y, [0, 0, -100, 1], ignoring: -100) - 1.0 / 3) < 1e-15)
    #expect(accuracy(y, [9, 9, 9, 9], ignoring: 9).isNaN)
    #expect(perplexity(y, [9, 9, 9, 9], ignoring: 9).isNaN)
    // An ignored class that exists is ignored, too: of labels 0, 0, 1 one is left.
    #expect(accuracy(Tensor([[3, 1], [3, 1], [3, 1]]), [0, 0, 1], ignoring: 0) == 0)
    // Two logits 2 apart: 1 + e⁻² for a right row.
    #expect(abs(perplexity(y, [0, 5, 0, 1], ignoring: 5) - (1 + exp(-2))) < 1e-6)
    // Pixels of classes 0, 1, 1, 0; the last is void: 2·1 / (2 + 1).
    let pixels = Tensor([3, 1, 1, 3, 1, 3, 3, 1], shape: [1, 2, 2, 2])
    #expect(dice(pixels, [1, 1, 0, 255], void: 255) == 0.5)
    #expect(pixelAccuracy(pixels, [0, 0, 1, 255], void: 255) == 2.0 / 3)
    #expect(dice(pixels, [255, 255, 255, 255], void: 255) == 1)
  }

  @Test func aNaNIsPassedOn() {
    let rows = Tensor([[0, 1], [.nan, 0]])
    #expect(accuracy(rows, [1, 0]).isNaN && errorRate(rows, [1, 1]).isNaN)
    #expect(accuracy(rows, [1, 9], ignoring: 9) == 1)
    #expect(perplexity(rows, [1, 0]).isNaN)
    let targets = Tensor([[0, 1], [0, 0]])
    #expect(fBeta(rows, targets).isNaN && thresholdedAccuracy(rows, targets).isNaN)
    #expect(rmse(rows, targets).isNaN && psnr(rows, targets).isNaN)
    #expect(rmspe(rows, .ones([2, 2])).isNaN && expRMSPE(rows, targets).isNaN)
    // Two pixels, the second with a NaN in its second class.
    let pixels = Tensor([1, 0, 0, .nan], shape: [1, 2, 1, 2])
    #expect(pixelAccuracy(pixels, [0, 0]).isNaN && dice(pixels, [0, 0]).isNaN)
    #expect(pixelAccuracy(pixels, [0, 9], void: 9) == 1)
    #expect(dice(pixels, [1, 9], void: 9) == 0)
    let found = Interpretation(Tensor([[0, 5], [.nan, 0], [5, 0]]), [1, 1, 1])
    #expect(found.topLosses(3).map(\.index) == [1, 2, 0])
  }

  /// scikit-learn 1.7, fbeta_score(…, average="samples", zero_division=0).
  @Test func fBetaOfNothing() {
    let zeros = Tensor.zeros([2, 3])
    #expect(fBeta(zeros, zeros) == 0)
    #expect(fBeta(.ones([2, 3]), zeros) == 0)
    #expect(fBeta(zeros, .ones([2, 3])) == 0)
    #expect(fBeta(zeros, .ones([2, 3]), beta: 0) == 0)
    let half = Tensor([[1, 0, 0], [0, 0, 0]])
    #expect(fBeta(half, half) == 0.5)
    // β = 0 is precision: one of two.
    #expect(fBeta(Tensor([[1, 1, 0]]), Tensor([[1, 0, 1]]), beta: 0) == 0.5)
  }

  @Test func perplexityOfAGuessIsTheSizeOfTheVocabulary() {
    #expect(abs(perplexity(.zeros([3, 40]), [0, 7, 39]) - 40) < 40 * 1e-6)
  }

  private func message(of result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  }

  @Test func wrongShapesStopWithOneSentence() async {
    let labels = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = errorRate(.zeros([2, 3]), [1])
    }
    #expect(
      message(of: labels).contains(
        "errorRate expects predictions [batch, classes] and one label a row, got [2, 3] and 1 labels"
      ))
    let pairs = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = rmse(.zeros([2]), .zeros([2, 1]))
    }
    #expect(
      message(of: pairs).contains(
        "rmse expects predictions and targets of one shape, got [2] and [2, 1]"))
    let pixels = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = dice(.zeros([1, 2, 2, 2]), [0, 1])
    }
    #expect(
      message(of: pixels).contains(
        "dice expects predictions [n, classes, h, w] and one label a pixel, got [1, 2, 2, 2] and 2 labels"
      ))
    let zero = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = rmspe(Tensor([1, 1]), Tensor([1, 0]))
    }
    #expect(message(of: zero).contains("rmspe divides by each target: number 1 is 0, leave it out"))
    let half = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = fBeta(.zeros([1, 2]), Tensor([[0, 0.5]]))
    }
    #expect(message(of: half).contains("fBeta expects targets of 0 and 1, got 0.5"))
  }
}
