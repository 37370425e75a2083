/// The 29 points of the lesson's spreadsheet, y = 2x + 30, and its way to fit a line: one point
/// after the other, both parameters starting at 1.
public enum LineSheet {
  public static let x: [Double] = [
    14, 86, 28, 51, 28, 29, 72, 62, 84, 15, 42, 62, 47, 35, 9,
    38, 44, 99, 13, 21, 28, 20, 8, 64, 99, 70, 27, 17, 8,
  ]

  /// One parameter of the line, for `fit`.
  public enum Parameter: Int, Sendable { case intercept, slope }

  /// Goes once over the 29 points. `step` gets a parameter, its value, its gradient and the number
  /// of the step (1 for the first), and returns the parameter's new value.
  public static func fit(
    step: (Parameter, _ value: Double, _ gradient: Double, _ t: Int) throws -> Double
  ) rethrows -> (intercept: Double, slope: Double) {
    var intercept = 1.0
    var slope = 1.0
    for (index, x) in x.enumerated() {
      let error = slope * x + intercept - (2 * x + 30)
      let t = index + 1
      let newIntercept = try step(.intercept, intercept, 2 * error, t)
      slope = try step(.slope, slope, 2 * error * x, t)
      intercept = newIntercept
    }
    return (intercept, slope)
  }
}
