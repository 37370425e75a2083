import ReferenceReader
import Tensors
import Testing

/// Every operation against PyTorch (values and gradients) and against differences of its own values.
@Suite struct OperationTests {
  /// The largest difference, relative to 1 + |v|. Over thirteen seeds PyTorch itself, in 32 bits, stays within
  /// 1.3e-6 of these double-precision values for convolutions and batch norm, which sum most, and within
  /// 6e-7 elsewhere (`Tests/References/README.md`). Three to four times that leaves room for sums in another order.
  static func tolerance(_ operation: String) -> Float {
    switch operation {
    case "batchNorm1d", "batchNorm2d", "convolution2d", "transposedConvolution2d",
      "convolution2dAxes", "transposedConvolution2dAxes":
      5e-6
    default: 2e-6
    }
  }

  @Test func everyCaseMatchesPyTorch() throws {
    let cases = try ReferenceCase.all()
    for (number, c) in cases.enumerated() {
      for compared in try ComparedNumbers.all(of: c) {
        let error = compared.error
        #expect(
          error <= Self.tolerance(c.operation),
          "\(c.operation), case \(number): \(compared.name) is off by \(error) (1 + |value|)")
      }
    }
    print("\(cases.count) reference cases of \(Set(cases.map(\.operation)).count) operations")
    #expect(References.hold(cases.count, committed: 1003))
  }

  /// An extrapolated difference with h = 0.02 keeps about three digits in 32 bits: what is left is
  /// 1e-7/h of rounding and, near the poles of ln and 1/x, h⁴ of truncation. Numbers at a kink, where
  /// no derivative exists, are left out.
  @Test func everyGradientMatchesItsDifference() throws {
    var compared: [String: Int] = [:]
    let cases = try ReferenceCase.all()
    for c in cases {
      let checks = try gradientCheck(at: c.inputs) {
        try run(c, $0, arguments: c.arguments.copy()).output
      }
      for check in checks where check.input < c.gradients.count && !check.isAtKink {
        compared[c.operation, default: 0] += 1
        if check.error > 3e-3 {
          Issue.record("\(c.operation): tape \(check.tape), difference \(check.difference)")
        }
      }
    }
    #expect(References.hold(cases.count, committed: 1003))
    for operation in Set(cases.map(\.operation)) {
      #expect(compared[operation, default: 0] >= 3, "\(operation) was hardly checked")
    }
  }
}
