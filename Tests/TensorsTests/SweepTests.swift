import Foundation
import ReferenceReader
import Tensors
import Testing

/// Configurations drawn freely, where `REFERENCES` names a folder that holds them
/// (`operations.py --count N`, `Tests/References/sweep.py`).
@Suite struct SweepTests {
  private static let folder = References.folder.appending(path: "sweep")

  @Test(.enabled(if: FileManager.default.fileExists(atPath: folder.path)))
  func everyConfigurationMatchesPyTorch() throws {
    let cases = Dictionary(grouping: try ReferenceCase.all(in: ["sweep"]), by: \.operation)
    for (operation, cases) in cases.sorted(by: { $0.key < $1.key }) {
      var (agreeing, worst) = (0, Float(0))
      for (number, c) in cases.enumerated() {
        var isRight = true
        for compared in try ComparedNumbers.all(of: c) {
          let error = compared.error
          if !(error <= OperationTests.tolerance(operation)) {
            isRight = false
            Issue.record(
              "\(operation), case \(number): \(compared.name) \(compared.theirs.shape) is off by \(error)"
            )
          }
          worst = error.isNaN || worst.isNaN ? .nan : max(worst, error)
        }
        agreeing += isRight ? 1 : 0
      }
      print("sweep \(operation): \(cases.count) drawn, \(agreeing) agree, off by \(worst) at most")
    }
    #expect(!cases.isEmpty)
  }
}
