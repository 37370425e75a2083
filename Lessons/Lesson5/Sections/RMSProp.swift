import Foundation
import Unrolled

/// RMSProp: each parameter's step is measured in units of its own usual gradient.
func rmsprop(_ page: Page) throws {
  page.question("Can one learning rate serve a steep parameter and a flat one?")
  page.say(
    """
    The slope's gradients are tens of times the intercept's. RMSProp keeps, for each parameter, an average R of the \
    *squared* gradient and divides the step by its root: a gradient of the usual size then moves its \
    parameter by about η, whatever that size is. A parameter whose gradient is small but steady finally moves.
    """)
  page.formula(
    #"R_t = \beta R_{t-1} + (1-\beta)\, g_t^2 \qquad w_t = w_{t-1} - \eta\, \frac{g_t}{\sqrt{R_t} + \varepsilon}"#,
    plain: "R_t = β·R_{t−1} + (1 − β)·g_t²        w_t = w_{t−1} − η·g_t / (√R_t + ε)")
  page.correction(
    "F11", says: "the step divides by √R_{t−1}, with no ε",
    standard: """
      R of *this* step, and a small ε. The course's sheet divides by the row above, which is where \
      t − 1 comes from; from R = 0 its first step would divide by zero, so here it starts from R₀ = g₁². The runs below leave ε out (0), as the sheet does.
      """)
  page.source(of: "public static func stepRMSProp", file: "Sources/Kernels/OptimizerSteps.swift")
  let run = page.run { SheetRun(Optimizers.rmsprop) }
  page.table(
    "The first rows (β = 0.9, η = 0.02)", columns: SheetRun.columns(showing: [.squares]),
    rows: run.table(3, showing: [.squares]))
  Sheet.rmsprop.check(page, epoch1: run.path[29], epoch5: run.path[145])
  page.check(
    "xl29/rmsprop/first-step", "first step of the slope", run.rows[0].after.slope - 1,
    equals: 0.02 / 0.1.squareRoot(), within: 2e-7, because: "one rounding of 1.06",
    source: "by hand: R₁ = 0.1·g², so η·g/√R₁ = 0.02/√0.1")
  let previous = page.run { SheetRun(Optimizers.rmspropPrevious) }
  page.table(
    "Dividing by this row's R and by the previous row's",
    columns: [
      "after epoch", "intercept, this", "intercept, previous", "slope, this", "slope, previous",
    ],
    rows: [1, 5].map { epoch in
      let (a, b) = (run.path[29 * epoch], previous.path[29 * epoch])
      return [
        "\(epoch)", text(a.intercept, 4), text(b.intercept, 4), text(a.slope, 4), text(b.slope, 4),
      ]
    })
  for (epoch, intercept, slope) in [(1, 1.56128768, 1.75138444), (5, 3.14889388, 2.41253426)] {
    let point = previous.path[29 * epoch]
    page.check(
      "xl29/rmsprop-previous/epoch\(epoch)/intercept",
      "previous row: intercept after epoch \(epoch)",
      point.intercept, equals: intercept, within: 2e-5,
      because: "as for the standard form: ten times the rounding seen",
      source: "double precision, Tests/References/xl29.py, R₀ = g₁²")
    page.check(
      "xl29/rmsprop-previous/epoch\(epoch)/slope", "previous row: slope after epoch \(epoch)",
      point.slope, equals: slope, within: 1e-5,
      because: "as for the standard form: ten times the rounding seen",
      source: "double precision, Tests/References/xl29.py, R₀ = g₁²")
  }
  let steps = run.rows.indices
  page.plot(
    Plot(
      "effective-rate", "What η/√R makes of one rate",
      alt:
        "Two lines on a logarithmic axis: the effective rate of the intercept is 14 to 81 times that of the slope.",
      x: Axis("step"), y: Axis("η/√R", scale: .log),
      layers: [
        .line(
          "intercept",
          values: steps.map { 0.02 / (run.rows[$0].squares?.intercept ?? .nan).squareRoot() }),
        .line(
          "slope", values: steps.map { 0.02 / (run.rows[$0].squares?.slope ?? .nan).squareRoot() }),
      ]))
  let ratio = meanAndDeviation(
    run.rows.compactMap { row in
      row.squares.map { Double(($0.slope / $0.intercept).squareRoot()) }
    }
  ).mean
  page.seen(
    """
    In five epochs the intercept moves to 3.3, where SGD brought it to 1.3. On average the intercept's rate is \
    \(text(ratio, 0)) times the slope's: the method has found the difference in scale by itself. Dividing by the previous \
    row makes nearly the same path, and a crash waiting in its first row.
    """)
}
