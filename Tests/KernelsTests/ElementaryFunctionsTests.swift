import Foundation
import Kernels
import Testing

/// The vectorised functions against the C library in double precision.
@Suite struct ElementaryFunctionsTests {
  /// The largest error over a range, in units of the last place of the exact value.
  private func largestError(
    _ operation: UnaryOperation, _ range: ClosedRange<Float>, exact: (Double) -> Double
  ) -> Double {
    let count = 200_001
    let step = (range.upperBound - range.lowerBound) / Float(count - 1)
    let x = (0..<count).map { range.lowerBound + Float($0) * step }
    var y = [Float](repeating: 0, count: count)
    Kernels.map(operation, x, into: &y, count)
    return zip(x, y).map { x, y in
      let wanted = exact(Double(x))
      return abs(Double(y) - wanted) / Double(Float(wanted).ulp)
    }.max() ?? .nan
  }

  @Test func exponentialIsWithinTwoUnits() {
    #expect(largestError(.exp, -86...88) { exp($0) } <= 2)
  }

  @Test func logarithmIsWithinTwoUnits() {
    #expect(largestError(.log, 1e-3...3) { log($0) } <= 2)
    #expect(largestError(.log, 3...1e6) { log($0) } <= 2)
  }

  @Test func hyperbolicTangentIsWithinTwoUnits() {
    #expect(largestError(.tanh, -10...10) { tanh($0) } <= 2)
  }

  @Test func logisticIsWithinFourUnits() {
    // Two relative units from the exponential, half a one each from the sum and the division; where
    // the result's digits are large, a relative unit is up to two of the last place.
    #expect(largestError(.sigmoid, -20...20) { 1 / (1 + exp(-$0)) } <= 4)
  }

  @Test func theEdgesAreRight() {
    func value(_ operation: UnaryOperation, _ x: Float) -> Float {
      var y: Float = 0
      withUnsafePointer(to: x) { Kernels.map(operation, $0, into: &y, 1) }
      return y
    }
    #expect(value(.exp, 0) == 1)
    #expect(value(.exp, 89) == .infinity)
    #expect(value(.exp, -200) == 0)
    #expect(value(.exp, .nan).isNaN)
    #expect(value(.log, 1) == 0)
    #expect(value(.log, 0) == -.infinity)
    #expect(value(.log, -1).isNaN)
    #expect(value(.log, .infinity) == .infinity)
    #expect(value(.tanh, 50) == 1)
    #expect(value(.sigmoid, -200) == 0)
    #expect(value(.relu, .nan).isNaN)
  }
}
