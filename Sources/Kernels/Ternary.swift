/// Element by element functions of three tensors of one shape.
public enum TernaryOperation {
  /// a where c is not 0, b elsewhere: from (c, a, b).
  case select
  /// The share of a in the gradient of the larger of a and b: dy where a > b, half of it where they are equal, 0
  /// where a < b; dy where either is NaN. From (dy, a, b); with a and b exchanged that of the smaller.
  case largerGradient
  /// dy·p·x^{p−1}, 0 where p = 0: from (dy, x, p).
  case powerBaseGradient
  /// dy·x^p·ln x, 0 where x = 0 and p ≥ 0: from (dy, x, p).
  case powerExponentGradient
}

extension Kernels {
  /// z ← f(a, b, c)
  public static func map(
    _ operation: TernaryOperation, _ a: Pointer, _ b: Pointer, _ c: Pointer,
    into z: MutablePointer, _ count: Int
  ) {
    Parallel.split(count, step: 16, work: count, minimum: worthAThread) { range in
      let at = range.lowerBound
      share(operation, a + at, b + at, c + at, into: z + at, range.count)
    }
  }

  private static func share(
    _ operation: TernaryOperation, _ a: Pointer, _ b: Pointer, _ c: Pointer,
    into z: MutablePointer, _ count: Int
  ) {
    switch operation {
    case .select: loop(a, b, c, z, count) { $0 != 0 ? $1 : $2 }
    case .largerGradient:
      loop(a, b, c, z, count) { dy, a, b in a < b ? 0 : (a == b ? 0.5 * dy : dy) }
    case .powerBaseGradient:
      loop(a, b, c, z, count) { dy, x, p in p == 0 ? 0 : dy * (p * power(x, p - 1)) }
    case .powerExponentGradient:
      loop(a, b, c, z, count) { dy, x, p in
        x == 0 && p >= 0 ? 0 : dy * (power(x, p) * logarithm(x))
      }
    }
  }
}

@inline(__always)
private func loop(
  _ a: Pointer, _ b: Pointer, _ c: Pointer, _ z: MutablePointer, _ count: Int,
  _ f: (Float, Float, Float) -> Float
) {
  for i in 0..<count { z[i] = f(a[i], b[i], c[i]) }
}
