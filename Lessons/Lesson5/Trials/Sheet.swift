import Foundation
import Unrolled

/// The figures that each optimizer reaches on the 29 points, in double precision.
///
/// Computed by `Tests/References/xl29.py`, which agrees with `torch.optim`; the course's talk names
/// 1.27 (SGD), about 3 (RMSProp) and about 25 (Adam) for the intercept after five epochs.
struct Sheet {
  let id: String
  let name: String
  /// Intercept and slope after the first and the fifth epoch.
  let epoch1: (Double, Double)
  let epoch5: (Double, Double)
  let tolerance1: (Double, Double)
  let tolerance5: (Double, Double)

  static let sgd = Sheet(
    id: "sgd", name: "SGD", epoch1: (1.0715160204, 2.6130844920),
    epoch5: (1.2982217226, 2.6082798600), tolerance1: (5e-6, 2e-6), tolerance5: (5e-6, 2e-6))
  static let momentum = Sheet(
    id: "momentum", name: "momentum", epoch1: (1.0481054587, 2.1290248934),
    epoch5: (1.2535097941, 2.3387535106), tolerance1: (2e-6, 1e-5), tolerance5: (1e-5, 2e-6))
  static let rmsprop = Sheet(
    id: "rmsprop", name: "RMSProp", epoch1: (1.6842610061, 1.5398067493),
    epoch5: (3.3203860302, 2.4502419695), tolerance1: (2e-6, 2e-6), tolerance5: (2e-5, 2e-6))
  static let adamUncorrected = Sheet(
    id: "adam-sheet", name: "Adam .9/.9, no correction", epoch1: (6.4670837974, 1.8679169604),
    epoch5: (26.4606604833, 2.6756361705), tolerance1: (5e-5, 2e-5), tolerance5: (2e-3, 2e-4))
  static let adam99 = Sheet(
    id: "adam-99", name: "Adam .9/.99", epoch1: (6.8617290572, 2.0908097414),
    epoch5: (26.8749182919, 2.1199156937), tolerance1: (5e-5, 2e-5), tolerance5: (5e-4, 2e-4))
  static let adam999 = Sheet(
    id: "adam-999", name: "Adam .9/.999", epoch1: (6.8618139157, 2.1197847579),
    epoch5: (27.9127570097, 2.2365509940), tolerance1: (5e-5, 1e-4), tolerance5: (2e-3, 1e-3))

  func check(
    _ page: Page, epoch1 first: (slope: Float, intercept: Float),
    epoch5 last: (slope: Float, intercept: Float)
  ) {
    for (epoch, value, reference, tolerance) in [
      (1, first, epoch1, tolerance1), (5, last, epoch5, tolerance5),
    ] {
      for (word, number, wanted, band) in [
        ("intercept", value.intercept, reference.0, tolerance.0),
        ("slope", value.slope, reference.1, tolerance.1),
      ] {
        page.check(
          "xl29/\(id)/epoch\(epoch)/\(word)", "\(name): \(word) after epoch \(epoch)", number,
          equals: wanted, within: band,
          because:
            "at least ten times what rounding to 32 bits alone was seen to move it, and not below 2e-6",
          source: "double precision, Tests/References/xl29.py; torch.optim agrees")
      }
    }
  }
}

/// The optimizers as the sheet sets them.
enum Optimizers {
  typealias Make = @Sendable ([Parameter]) -> Optimizer
  static let sgd: Make = { SGD($0, learningRate: 1e-4) }
  /// Where to change β, for the last lines of the lesson.
  static let lineOfMomentum = #line + 1
  static let momentum: Make = { Momentum($0, learningRate: 1e-4, beta: 0.9) }
  static let heavyBall: Make = { Momentum($0, learningRate: 1e-5, beta: 0.9, form: .heavyBall) }
  static let rmsprop: Make = { RMSProp($0, learningRate: 0.02, beta: 0.9, epsilon: 0) }
  static let rmspropPrevious: Make = {
    RMSProp($0, learningRate: 0.02, beta: 0.9, epsilon: 0, form: .previousRow)
  }
  static let adamSheet: Make = { Adam($0, learningRate: 1, beta1: 0.9, beta2: 0.9, form: .sheet) }
  static let adam99: Make = { Adam($0, learningRate: 1, beta1: 0.9, beta2: 0.99) }
  static let adam999: Make = { Adam($0, learningRate: 1, beta1: 0.9, beta2: 0.999) }
}

/// The line trained on the 29 points, one point a step, with everything noted.
struct SheetRun {
  struct Row {
    let x: Float
    let y: Float
    let before: (slope: Float, intercept: Float)
    let gradient: (slope: Float, intercept: Float)
    let average: (slope: Float, intercept: Float)?
    let squares: (slope: Float, intercept: Float)?
    let after: (slope: Float, intercept: Float)
  }
  var rows: [Row] = []

  /// Parameters before the first step and after each.
  var path: [(slope: Float, intercept: Float)] {
    rows.prefix(1).map(\.before) + rows.map(\.after)
  }

  /// `rate`, if given, sets the learning rate of each step; `order` shuffles the points.
  init(
    _ make: Optimizers.Make, epochs: Int = 5, order: [Int] = Array(SpreadsheetLine.x.indices),
    rate: ((Int) -> Double)? = nil
  ) {
    @Parameter var slope = Tensor(1)
    @Parameter var intercept = Tensor(1)
    let optimizer = make([$slope, $intercept])
    func pair(_ tensors: [Tensor]?) -> (slope: Float, intercept: Float)? {
      tensors.map { ($0[0].item, $0[1].item) }
    }
    for _ in 0..<epochs {
      for i in order {
        if let rate { optimizer.learningRate = rate(rows.count) }
        let (x, y) = (SpreadsheetLine.x[i], SpreadsheetLine.y[i])
        let before = (slope.item, intercept.item)
        optimizer.zeroGrad()
        (slope * x + intercept - y).square().backward()
        optimizer.step()
        rows.append(
          Row(
            x: x, y: y, before: before, gradient: ($slope.grad.item, $intercept.grad.item),
            average: pair((optimizer as? Momentum)?.averages ?? (optimizer as? Adam)?.averages),
            squares: pair((optimizer as? RMSProp)?.squares ?? (optimizer as? Adam)?.squares),
            after: (slope.item, intercept.item)))
      }
    }
  }

  enum Memory { case average, squares }

  static func columns(showing memory: [Memory]) -> [String] {
    ["x", "y", "parameter", "w", "gradient"] + memory.map { $0 == .average ? "S" : "R" } + ["step"]
  }

  /// The first rows, two lines each: slope and intercept. With `betas`, S and R are shown corrected.
  func table(
    _ count: Int, showing memory: [Memory], betas: (Double, Double)? = nil
  ) -> [[String]] {
    func weight(_ memory: Memory, _ t: Int) -> Float {
      betas.map { Float(1 - pow(memory == .average ? $0.0 : $0.1, Double(t))) } ?? 1
    }
    return rows.prefix(count).enumerated().flatMap { index, row in
      [
        ("slope", \(slope: Float, intercept: Float).slope), ("intercept", \.intercept),
      ].map { (name, part: KeyPath<(slope: Float, intercept: Float), Float>) in
        var cells = [
          text(row.x, 0), text(row.y, 0), name, text(row.before[keyPath: part], 5),
          text(row.gradient[keyPath: part], 2),
        ]
        for memory in memory {
          let value = memory == .average ? row.average : row.squares
          cells.append(
            value.map { text($0[keyPath: part] / weight(memory, index + 1), 2) } ?? "–")
        }
        cells.append(text(row.after[keyPath: part] - row.before[keyPath: part], 5))
        return cells
      }
    }
  }
}
