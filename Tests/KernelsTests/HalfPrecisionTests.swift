import Kernels
import Testing

@Suite struct HalfPrecisionTests {
  private func rounded(_ values: [Float]) -> [Float] {
    var result = values
    values.withUnsafeBufferPointer { x in
      result.withUnsafeMutableBufferPointer { y in
        if let x = x.baseAddress, let y = y.baseAddress {
          Kernels.roundToHalf(x, into: y, values.count)
        }
      }
    }
    return result
  }

  // numpy 2.4.6, float(np.float16(np.float32(x)))
  @Test func matchesNumpy() {
    let cases: [(Float, Float)] = [
      (1 / 3, 0.333251953125), (2049, 2048), (65504, 65504), (65519.9, 65504),
      (65520, .infinity), (-65520, -.infinity), (1e-5, 1.0013580322265625e-05),
      (6e-8, 5.960464477539063e-08), (3e-8, 5.960464477539063e-08), (2.9e-8, 0),
      (1.00048828125, 1), (1.00146484375, 1.001953125), (.infinity, .infinity),
    ]
    #expect(cases.count == 13)
    for ((x, wanted), y) in zip(cases, rounded(cases.map(\.0))) {
      #expect(y == wanted, "\(x) gave \(y), not \(wanted)")
    }
    #expect(rounded([.nan])[0].isNaN)
    #expect(rounded([-0.0])[0].sign == .minus)
  }

  // Swift has no Float16 on Intel Macs.
  #if !(os(macOS) && arch(x86_64))
    @Test func everyHalfStaysAsItIs() {
      let halves = (UInt16.min...UInt16.max).map { Float(Float16(bitPattern: $0)) }
      for (x, y) in zip(halves, rounded(halves)) {
        #expect(x == y || (x.isNaN && y.isNaN), "\(x) became \(y)")
      }
    }

    @Test func roundsAsSwiftsOwnHalfDoes() {
      // Ties between all neighbours, one step of a Float beside each tie, and bits at random.
      var values: [Float] = []
      for bits in UInt16(0)..<0x7c00 {
        let (low, high) = (Float16(bitPattern: bits), Float16(bitPattern: bits + 1))
        let tie = high.isFinite ? (Float(low) + Float(high)) / 2 : 65520
        values += [tie, tie.nextUp, tie.nextDown, -tie]
      }
      var state: UInt32 = 1
      for _ in 0..<100_000 {
        state = state &* 1_664_525 &+ 1_013_904_223
        values.append(Float(bitPattern: state))
      }
      var wrong = 0
      for (x, y) in zip(values, rounded(values)) {
        let wanted = Float(Float16(x))
        if wanted.bitPattern != y.bitPattern && !(wanted.isNaN && y.isNaN) { wrong += 1 }
      }
      #expect(wrong == 0, "\(wrong) of \(values.count) differ")
    }
  #endif
}
