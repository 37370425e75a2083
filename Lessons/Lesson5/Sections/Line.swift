import Foundation
import Unrolled

/// A line, its loss, and the plain update.
func line(_ page: Page) throws {
  page.question("What are parameters, what is a loss, and how does one step make it smaller?")
  page.say(
    """
    The smallest model is a line, ŷ = slope·x + intercept. Its two numbers are its **parameters** \
    (the notes also say *weights* and *coefficients*): the numbers that training updates. \
    A **loss** says in one number how far the predictions are from the truth. The usual one for \
    quantities is the mean squared error.
    """)
  page.formula(
    #"\mathrm{mse}(\hat y, y) = \frac{1}{n} \sum_{i=1}^{n} (\hat y_i - y_i)^2"#,
    plain: "mse(ŷ, y) = mean of (ŷ − y)²")
  let five = page.run {
    let prediction = Tensor([1, 2, 3, 4, 5])
    let target = Tensor([2, 2, 1, 6, 4])
    let loss = mse(prediction, target)
    page.show("(ŷ − y)²", (prediction - target).square())
    page.show("mse", loss.item)
    return loss.item
  }
  page.check(
    "mse/five", "mse of five numbers", five, equals: 2, within: 0,
    because: "small whole numbers are exact in 32 bits", source: "by hand: (1 + 0 + 4 + 4 + 1) / 5")

  page.say(
    """
    The data are the 29 points of the course's spreadsheet. They lie exactly on y = 2x + 30, so \
    the right answer is known: slope 2, intercept 30. Training starts from slope 1, intercept 1. \
    Each step looks at one point, takes the gradient of its squared error and moves both parameters a little against it, by η (eta), the **learning rate**, times the gradient. ∂L/∂w, the gradient, says how much the loss L changes for a small change of w. One pass over all points is an **epoch**. That is stochastic gradient descent, SGD:
    """)
  page.formula(
    #"w_t = w_{t-1} - \eta\, \frac{\partial L}{\partial w_{t-1}}"#,
    plain: "w_t = w_{t−1} − η · ∂L/∂w_{t−1}        η: the learning rate")
  let path = page.run {
    @Parameter var slope = Tensor(1)
    @Parameter var intercept = Tensor(1)
    let rate: Float = 1e-4
    var path: [(slope: Float, intercept: Float)] = [(1, 1)]
    for _ in 1...5 {
      for (x, y) in zip(SpreadsheetLine.x, SpreadsheetLine.y) {
        let loss = (slope * x + intercept - y).square()
        loss.backward()
        slope -= rate * $slope.grad
        intercept -= rate * $intercept.grad
        $slope.zeroGrad()
        $intercept.zeroGrad()
        path.append((slope.item, intercept.item))
      }
    }
    return path
  }
  let rows = SheetRun(Optimizers.sgd)
  page.table(
    "The first rows, as in the sheet", columns: SheetRun.columns(showing: []),
    rows: rows.table(3, showing: []))
  Sheet.sgd.check(page, epoch1: path[29], epoch5: path[145])
  let way = path.map { (x: Double($0.slope), y: Double($0.intercept)) }
  page.plot(
    PlotGrid(
      "line-surface", "The loss of every line, and the way SGD took",
      alt: """
        Two heat maps of the logarithm of the mean squared error over slope and intercept. On the left the \
        whole of it: a long narrow valley with the truth at slope 2, intercept 30, and the path as a \
        short stroke along the bottom edge. On the right the stroke enlarged: it swings across the valley and \
        creeps upwards from 1 to 1.3.
        """,
      plots: [
        Plot(
          "whole", "The valley", alt: "", x: Axis("slope"), y: Axis("intercept"),
          layers: [
            lossSurface(slopes: 0...4, intercepts: 0...40), .line("SGD", way),
            .point(x: 2, y: 30, "the truth"),
          ]),
        Plot(
          "path", "Five epochs of SGD, enlarged", alt: "",
          x: Axis("slope"), y: Axis("intercept"),
          layers: [
            lossSurface(slopes: 0.9...3.1, intercepts: 0.98...1.32), .line("SGD", way),
          ]),
      ],
      caption:
        "Colour: log₁₀ of the mse over the 29 points. The valley is why the rest of this lesson exists."
    ))
  page.seen(
    """
    The slope is soon near 2.5, about the best for so small an intercept; the intercept crawls: from 1 to 1.30 in five \
    epochs, while 30 is wanted. A step that suits the slope (its gradients are tens of times larger, because x is) is far too small for the intercept. Momentum, RMSProp and Adam each \
    attack this below.
    """)
}

/// log₁₀ of the mean squared error of the 29 points, over slopes and intercepts.
func lossSurface(slopes: ClosedRange<Double>, intercepts: ClosedRange<Double>) -> PlotLayer {
  let steps = 60
  func value(_ i: Int, _ range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * (Double(i) + 0.5) / Double(steps)
  }
  let rows = (0..<steps).map { row in
    (0..<steps).map { column in
      let errors = zip(SpreadsheetLine.x, SpreadsheetLine.y).map { x, y in
        value(column, slopes) * Double(x) + value(row, intercepts) - Double(y)
      }
      return log10(errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count) + 0.01)
    }
  }
  return .heatmap(rows, x: slopes, y: intercepts, contours: true)
}
