#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How two operands are walked to fill a result: for each axis of the result, the step in each
/// operand, 0 where it repeats.
public struct Broadcast {
  public var shape: [Int]
  public var aStrides: [Int]
  public var bStrides: [Int]

  /// Merges neighbouring axes that both operands walk in one stride, so that the inner loop is long.
  public init(shape: [Int], aStrides: [Int], bStrides: [Int]) {
    self.shape = []
    self.aStrides = []
    self.bStrides = []
    for axis in shape.indices where shape[axis] != 1 {
      if let last = self.shape.indices.last,
        self.aStrides[last] == aStrides[axis] * shape[axis],
        self.bStrides[last] == bStrides[axis] * shape[axis]
      {
        self.shape[last] *= shape[axis]
        self.aStrides[last] = aStrides[axis]
        self.bStrides[last] = bStrides[axis]
      } else {
        self.shape.append(shape[axis])
        self.aStrides.append(aStrides[axis])
        self.bStrides.append(bStrides[axis])
      }
    }
    if self.shape.isEmpty {
      self.shape = [1]
      self.aStrides = [1]
      self.bStrides = [1]
    }
  }
}

func power(_ x: Float, _ exponent: Float) -> Float { powf(x, exponent) }

extension Kernels {
  /// z ← f(a, b) with broadcasting. `z` is contiguous.
  public static func map(
    _ operation: BinaryOperation, _ a: Pointer, _ b: Pointer, into z: MutablePointer,
    _ plan: Broadcast
  ) {
    // One axis is shared out by numbers, several by rows of the last.
    let last = plan.shape.count - 1
    let count = plan.shape.reduce(1, *)
    if last == 0 {
      Parallel.split(count, step: 16, work: count, minimum: worthAThread) { range in
        let start = range.lowerBound
        let part = Broadcast(
          shape: [range.count], aStrides: plan.aStrides, bStrides: plan.bStrides)
        share(
          operation, a + start * plan.aStrides[0], b + start * plan.bStrides[0], into: z + start,
          part, rows: 0..<1)
      }
    } else {
      Parallel.split(
        count / max(1, plan.shape[last]), work: count, minimum: worthAThread
      ) { share(operation, a, b, into: z, plan, rows: $0) }
    }
  }

  private static func share(
    _ operation: BinaryOperation, _ a: Pointer, _ b: Pointer, into z: MutablePointer,
    _ plan: Broadcast, rows: Range<Int>
  ) {
    switch operation {
    case .add: walk(a, b, z, plan, rows) { $0 + $1 }
    case .subtract: walk(a, b, z, plan, rows) { $0 - $1 }
    case .multiply: walk(a, b, z, plan, rows) { $0 * $1 }
    case .divide: walk(a, b, z, plan, rows) { $0 / $1 }
    case .power: walk(a, b, z, plan, rows) { power($0, $1) }
    case .maximum: walk(a, b, z, plan, rows) { $0 < $1 || $1.isNaN ? $1 : $0 }
    case .minimum: walk(a, b, z, plan, rows) { $0 > $1 || $1.isNaN ? $1 : $0 }
    case .reluGradient: walk(a, b, z, plan, rows) { $1 <= 0 ? 0 : $0 }
    case .sigmoidGradient: walk(a, b, z, plan, rows) { $0 * $1 * (1 - $1) }
    case .tanhGradient: walk(a, b, z, plan, rows) { $0 * (1 - $1 * $1) }
    }
  }
}

/// The loop over rows of all axes but the last; the last is one of four straight loops.
@inline(__always)
private func walk(
  _ a: Pointer, _ b: Pointer, _ z: MutablePointer, _ plan: Broadcast, _ rows: Range<Int>,
  _ f: (Float, Float) -> Float
) {
  let rank = plan.shape.count
  let n = plan.shape[rank - 1]
  let aStep = plan.aStrides[rank - 1]
  let bStep = plan.bStrides[rank - 1]
  var a = a
  var b = b
  var z = z + rows.lowerBound * n
  var index = [Int](repeating: 0, count: rank - 1)
  var place = rows.lowerBound
  for axis in (0..<(rank - 1)).reversed() {
    index[axis] = place % plan.shape[axis]
    place /= plan.shape[axis]
    a += index[axis] * plan.aStrides[axis]
    b += index[axis] * plan.bStrides[axis]
  }
  for _ in rows {
    if aStep == 1 && bStep == 1 {
      for i in 0..<n { z[i] = f(a[i], b[i]) }
    } else if bStep == 0 {
      let right = b[0]
      for i in 0..<n { z[i] = f(a[i * aStep], right) }
    } else if aStep == 0 {
      let left = a[0]
      for i in 0..<n { z[i] = f(left, b[i * bStep]) }
    } else {
      for i in 0..<n { z[i] = f(a[i * aStep], b[i * bStep]) }
    }
    z += n
    var axis = rank - 2
    while axis >= 0 {  // an odometer over the outer axes
      index[axis] += 1
      a += plan.aStrides[axis]
      b += plan.bStrides[axis]
      if index[axis] < plan.shape[axis] { break }
      a -= plan.aStrides[axis] * plan.shape[axis]
      b -= plan.bStrides[axis] * plan.shape[axis]
      index[axis] = 0
      axis -= 1
    }
  }
}
