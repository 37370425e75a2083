import ReferenceReader
import Tensors
import Testing

@testable import bench

/// The timed steps are PyTorch's: from the same weights and the same batch, three steps give the same losses.
@Suite struct WorkloadTests {
  private struct Reference: Decodable {
    let losses: [Float]
    let float32Deviation: Float
  }

  /// `Tests/Benchmarks/torch_steps.py --losses`, torch 2.15, in double precision.
  @Test func threeStepsGivePyTorchsLosses() throws {
    let references: [String: Reference] = try References.read(
      "bench_steps.json", in: References.committed)
    #expect(Set(references.keys) == Set(Workload.all.map(\.name)))
    #expect(Workload.all.count == 12)
    for (name, make) in Workload.all {
      let wanted = try #require(references[name])
      let workload = make()
      workload.fillWeights()
      // Ten times what PyTorch itself strays in single precision, since sums come in another order here,
      // and not less than ten roundings of a loss of this size.
      let band = max(10 * wanted.float32Deviation, 6e-7 * (1 + wanted.losses[0]))
      #expect(wanted.losses.count == 3)
      for (step, loss) in wanted.losses.enumerated() {
        let value = workload.step().item
        #expect(
          (value - loss).magnitude <= band,
          "\(name), step \(step + 1): loss \(value), PyTorch's \(loss)")
      }
    }
  }
}
