/// Element by element functions of one tensor.
public enum UnaryOperation {
  case negate, exp, log, sqrt, square, absolute, sign, reciprocal
  case relu, step, sigmoid, tanh
}

/// Element by element functions of two tensors, with broadcasting.
public enum BinaryOperation {
  case add, subtract, multiply, divide, power
  /// NaN where either is.
  case maximum, minimum
  /// 0 where x ≤ 0, else dy (where x is NaN too): from (dy, x).
  case reluGradient
  /// dy·y·(1 − y): from (dy, y).
  case sigmoidGradient
  /// dy·(1 − y²): from (dy, y).
  case tanhGradient
}

/// Element by element functions of a tensor and one number c.
public enum ScalarOperation {
  case add, multiply, divideBy, power, maximum, minimum
  /// 1 where x > c (x < c), else 0.
  case isAbove, isBelow
  /// c − x
  case subtractFrom
  /// c / x
  case divideInto
}

/// Numbers for which a further thread saves more than it costs.
let worthAThread = 1 << 17

@inline(__always)
private func loop(_ x: Pointer, _ y: MutablePointer, _ count: Int, _ f: (Float) -> Float) {
  for i in 0..<count { y[i] = f(x[i]) }
}

// Threads share the numbers out first, and each chooses its loop then: a function that is handed from
// thread to thread would be called for every number.
extension Kernels {
  /// y ← f(x). `y` may be `x`.
  public static func map(
    _ operation: UnaryOperation, _ x: Pointer, into y: MutablePointer, _ count: Int
  ) {
    Parallel.split(count, step: 16, work: count, minimum: worthAThread) {
      share(operation, x + $0.lowerBound, into: y + $0.lowerBound, $0.count)
    }
  }

  private static func share(
    _ operation: UnaryOperation, _ x: Pointer, into y: MutablePointer, _ count: Int
  ) {
    switch operation {
    case .negate: loop(x, y, count) { -$0 }
    case .exp: loop(x, y, count) { exponential($0) }
    case .log: loop(x, y, count) { logarithm($0) }
    case .sqrt: loop(x, y, count) { $0.squareRoot() }
    case .square: loop(x, y, count) { $0 * $0 }
    case .absolute: loop(x, y, count) { $0.magnitude }
    case .sign: loop(x, y, count) { $0 > 0 ? 1 : ($0 < 0 ? -1 : 0) }
    case .reciprocal: loop(x, y, count) { 1 / $0 }
    case .relu: loop(x, y, count) { $0 < 0 ? 0 : $0 }
    case .step: loop(x, y, count) { $0 > 0 ? 1 : 0 }
    case .sigmoid: loop(x, y, count) { logistic($0) }
    case .tanh: loop(x, y, count) { hyperbolicTangent($0) }
    }
  }

  /// y ← f(x, c). `y` may be `x`.
  public static func map(
    _ operation: ScalarOperation, _ x: Pointer, _ c: Float, into y: MutablePointer, _ count: Int
  ) {
    Parallel.split(count, step: 16, work: count, minimum: worthAThread) {
      share(operation, x + $0.lowerBound, c, into: y + $0.lowerBound, $0.count)
    }
  }

  private static func share(
    _ operation: ScalarOperation, _ x: Pointer, _ c: Float, into y: MutablePointer, _ count: Int
  ) {
    switch operation {
    case .add: loop(x, y, count) { $0 + c }
    case .multiply: loop(x, y, count) { $0 * c }
    case .divideBy: loop(x, y, count) { $0 / c }
    case .isAbove: loop(x, y, count) { $0 > c ? 1 : 0 }
    case .isBelow: loop(x, y, count) { $0 < c ? 1 : 0 }
    case .maximum: loop(x, y, count) { $0 < c ? c : $0 }
    case .minimum: loop(x, y, count) { $0 > c ? c : $0 }
    case .subtractFrom: loop(x, y, count) { c - $0 }
    case .divideInto: loop(x, y, count) { c / $0 }
    case .power: loop(x, y, count) { power($0, c) }
    }
  }

  /// z ← f(a, b), each of the same length. `z` may be `a` or `b`.
  public static func map(
    _ operation: BinaryOperation, _ a: Pointer, _ b: Pointer, into z: MutablePointer, _ count: Int
  ) {
    let flat = Broadcast(shape: [count], aStrides: [1], bStrides: [1])
    map(operation, a, b, into: z, flat)
  }

  /// y ← y + c·x
  public static func accumulate(
    _ x: Pointer, times c: Float = 1, into y: MutablePointer, _ count: Int
  ) {
    Parallel.split(count, step: 16, work: count, minimum: worthAThread) {
      shareAccumulated(x + $0.lowerBound, times: c, into: y + $0.lowerBound, $0.count)
    }
  }

  private static func shareAccumulated(
    _ x: Pointer, times c: Float, into y: MutablePointer, _ count: Int
  ) {
    if c == 1 {
      for i in 0..<count { y[i] += x[i] }
    } else {
      for i in 0..<count { y[i] = y[i].addingProduct(c, x[i]) }
    }
  }

  public static func fill(_ y: MutablePointer, _ value: Float, _ count: Int) {
    y.update(repeating: value, count: count)
  }

  public static func copy(_ x: Pointer, into y: MutablePointer, _ count: Int) {
    y.update(from: x, count: count)
  }

  /// y ← x / divisor, from bytes: pixels to numbers in 0…1.
  public static func convert(
    _ x: UnsafePointer<UInt8>, dividedBy divisor: Float, into y: MutablePointer, _ count: Int
  ) {
    for i in 0..<count { y[i] = Float(x[i]) / divisor }
  }
}
