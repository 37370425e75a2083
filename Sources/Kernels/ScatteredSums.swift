/// Gradients that are added up where they came from, many in one number.
extension Kernels {
  /// As many terms as a running sum in 32 bits may have: beyond, it loses digits as it grows.
  @inline(__always)
  static var fewTerms: Int { 64 }

  /// dx, `count` zeros, ← what is added to it: in 32 bits, or in double precision if more than a
  /// few of the terms may meet in one number.
  @inline(__always)
  static func addUp(
    in dx: MutablePointer, _ count: Int, terms: Int, single: (MutablePointer) -> Void,
    double: (UnsafeMutablePointer<Double>) -> Void
  ) {
    if terms <= fewTerms { return single(dx) }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count) {
      guard let sums = $0.baseAddress else { return }
      sums.initialize(repeating: 0, count: count)
      double(sums)
      for i in 0..<count { dx[i] = Float(sums[i]) }
    }
  }

  /// The reverse of a `gather` by indices: adds each number of dy to the one it came from. dx
  /// begins as `count` zeros; no number of it was taken more than `terms` times.
  public static func scatterAdd(
    _ dy: Pointer, strides: [Int], _ indices: UnsafePointer<Int>, step axisStep: Int,
    into dx: MutablePointer, count: Int, terms: Int, shape: [Int]
  ) {
    @inline(__always)
    func add<Sum: BinaryFloatingPoint>(_ sums: UnsafeMutablePointer<Sum>) {
      walk(shape, strides) { place, offset, step, n in
        for i in 0..<n {
          sums[offset + i * step + indices[place + i] * axisStep] += Sum(dy[place + i])
        }
      }
    }
    addUp(in: dx, count, terms: terms, single: { add($0) }, double: { add($0) })
  }

  /// The reverse of `select`: adds each number of dy to the one it came from. dx begins as zeros.
  ///
  /// Few entries of a long axis are named often: those alone have sums in double precision.
  public static func selectGradient(
    _ dy: Pointer, _ indices: UnsafeBufferPointer<Int>, into dx: MutablePointer, outer: Int,
    length: Int, inner: Int
  ) {
    var (often, places) = (0, [Int](repeating: 0, count: indices.count > fewTerms ? length : 0))
    if indices.count > fewTerms {
      for index in indices { places[index] += 1 }
      for index in 0..<length {
        let isOften = places[index] > fewTerms
        places[index] = isOften ? often : -1
        often += isOften ? 1 : 0
      }
    }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: often * inner) { sums in
      for o in 0..<outer {
        for i in 0..<often * inner { sums[i] = 0 }
        let dx = dx + o * length * inner
        var dy = dy + o * indices.count * inner
        for index in indices {
          let place = often > 0 ? places[index] : -1
          if place < 0 {
            let row = dx + index * inner
            for i in 0..<inner { row[i] += dy[i] }
          } else {
            for i in 0..<inner { sums[place * inner + i] += Double(dy[i]) }
          }
          dy += inner
        }
        for index in 0..<(often > 0 ? length : 0) where places[index] >= 0 {
          for i in 0..<inner { dx[index * inner + i] = Float(sums[places[index] * inner + i]) }
        }
      }
    }
  }
}
