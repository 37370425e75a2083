import Tensors
import Training

extension Table {
  mutating func metrics() {
    let labelled: [(String, (Tensor, [Int]) -> Double)] = [
      ("accuracy(Tensor, [Int], ignoring: Int?)", { accuracy($0, $1) }),
      ("errorRate(Tensor, [Int], ignoring: Int?)", { errorRate($0, $1) }),
      ("perplexity(Tensor, [Int], ignoring: Int?)", { perplexity($0, $1) }),
    ]
    for (name, metric) in labelled {
      // A sentence about labels that fit no class is the cross entropy's.
      let word = name.hasPrefix("perplexity") ? "expects" : ""
      of(name)
      stops { metric(matrix, [0]) }
      stops { metric(matrix, []) }
      stops { metric(vector, [0, 0, 0]) }
      stops { metric(scalar, [0]) }
      stops { metric(.zeros([0, 3]), []) }
      stops(word) { metric(.zeros([2, 0]), [0, 0]) }
      stops(word) { metric(matrix, [0, 3]) }
      stops(word) { metric(matrix, [-1, 0]) }
    }
    let pairs: [(String, (Tensor, Tensor) -> Double)] = [
      ("rmse(Tensor, Tensor)", { rmse($0, $1) }), ("rmspe(Tensor, Tensor)", { rmspe($0, $1) }),
      ("expRMSPE(Tensor, Tensor)", { expRMSPE($0, $1) }),
      ("psnr(Tensor, Tensor, peak: Double)", { psnr($0, $1) }),
      (
        "thresholdedAccuracy(Tensor, Tensor, threshold: Float)", { thresholdedAccuracy($0, $1) }
      ),
      ("fBeta(Tensor, Tensor, beta: Double, threshold: Float)", { fBeta($0, $1) }),
    ]
    for (name, metric) in pairs {
      of(name)
      stops { metric(matrix, vector) }
      stops { metric(.ones([4, 1]), .ones([4])) }
      stops { metric(nothing, nothing) }
    }
    of("rmspe(Tensor, Tensor)")
    stops { rmspe(vector, .zeros([3])) }
    of("psnr(Tensor, Tensor, peak: Double)")
    for peak in [0, -1, Double.nan, .infinity] { stops { psnr(vector, vector, peak: peak) } }
    of("thresholdedAccuracy(Tensor, Tensor, threshold: Float)")
    stops { thresholdedAccuracy(vector, Tensor([0, 1, 0.5])) }
    stops { thresholdedAccuracy(vector, vector, threshold: .nan) }
    of("fBeta(Tensor, Tensor, beta: Double, threshold: Float)")
    stops { fBeta(vector, vector) }
    stops { fBeta(matrix, .ones([2, 3]) * 2) }
    for beta in [-1, Double.nan, .infinity] { stops { fBeta(matrix, matrix, beta: beta) } }
    stops { fBeta(matrix, matrix, threshold: .nan) }

    let labels = [Int](repeating: 0, count: 128)
    of("dice(Tensor, [Int], class: Int, void: Int?)")
    for number in [-1, 3, huge] { stops { dice(pictures, labels, class: number) } }
    stops { dice(pictures, [0]) }
    stops { dice(matrix, [0, 0]) }
    stops { dice(.zeros([0, 3, 8, 8]), []) }
    stops { dice(.zeros([2, 0, 8, 8]), labels) }
    stops { dice(pictures, labels.map { $0 - 1 }) }
    of("pixelAccuracy(Tensor, [Int], void: Int?)")
    stops { pixelAccuracy(pictures, [0]) }
    stops { pixelAccuracy(matrix, [0, 0]) }
    stops { pixelAccuracy(.zeros([2, 0, 8, 8]), labels) }
    stops { pixelAccuracy(pictures, labels.map { $0 + 3 }) }
    returns { pixelAccuracy(pictures, labels.map { $0 + 255 }, void: 255).isNaN }

    of("ConfusionMatrix.init([Int], [Int], classes: Int)")
    stops { ConfusionMatrix([0], [0, 1], classes: 2) }
    stops { ConfusionMatrix([2], [0], classes: 2) }
    stops { ConfusionMatrix([0], [-1], classes: 2) }
    stops { ConfusionMatrix([0], [0], classes: 0) }
    stops { ConfusionMatrix([], [], classes: -1) }
    stops { ConfusionMatrix([0], [0], classes: -1) }
    stops { ConfusionMatrix([0], [0], classes: huge) }
    returns { ConfusionMatrix([], [], classes: 2).counts == [[0, 0], [0, 0]] }
    of("ConfusionMatrix.mostConfused(atLeast: Int)")
    returns { ConfusionMatrix([0], [1], classes: 2).mostConfused(atLeast: .min).count == 1 }
    returns { ConfusionMatrix([0], [1], classes: 2).mostConfused(atLeast: huge).isEmpty }
    of("Interpretation.init(Tensor, [Int])")
    stops { Interpretation(matrix, [0]) }
    stops { Interpretation(vector, [0, 0, 0]) }
    stops(anyWord) { Interpretation(matrix, [0, 3]) }
    stops(anyWord) { Interpretation(matrix, [0, -1]) }
    stops { Interpretation(.zeros([0, 3]), []) }
    stops(anyWord) { Interpretation(.zeros([2, 0]), [0, 0]) }
    of("Interpretation.topLosses(Int)")
    stops { Interpretation(matrix, [0, 1]).topLosses(-1) }
    returns { Interpretation(matrix, [0, 1]).topLosses(huge).count == 2 }
    returns { Interpretation(matrix, [0, 1]).topLosses(0).isEmpty }
  }
}
