/// Activation functions that have a loop of their own, and one for their slope.
public enum Activation {
  /// x·Φ(x)
  case gelu
  /// x·σ(2u), u = √(2/π)·(x + 0.044715·x³)
  case geluTanh
  /// x where x > 0, α·(e^x − 1) elsewhere
  case elu(alpha: Float)
  /// ln(1 + e^{βx}) / β, x where βx > threshold
  case softplus(beta: Float, threshold: Float)
  /// x held between 0 and 6
  case relu6
  /// x where x > 0, slope·x elsewhere
  case leakyReLU(slope: Float)
}

extension Kernels {
  /// y ← f(x)
  public static func map(_ f: Activation, _ x: Pointer, into y: MutablePointer, _ count: Int) {
    Parallel.split(count, step: 16, work: count, minimum: worthAThread) {
      share(f, x + $0.lowerBound, into: y + $0.lowerBound, $0.count)
    }
  }

  private static func share(
    _ f: Activation, _ x: Pointer, into y: MutablePointer, _ count: Int
  ) {
    switch f {
    case .gelu: loop(x, y, count) { $0 * normalShare($0) }
    case .geluTanh: loop(x, y, count) { $0 * logistic(2 * tanhArgument($0).u) }
    case .elu(let alpha): loop(x, y, count) { $0 < 0 ? alpha * exponentialLessOne($0) : $0 }
    case .softplus(let beta, let threshold):
      loop(x, y, count) { x in
        let z = beta * x
        let above = z > 0 ? z : 0
        return z > threshold
          ? x : (above + logarithmOfOnePlus(exponential(-z.magnitude))) / beta
      }
    case .relu6: loop(x, y, count) { $0 < 0 ? 0 : ($0 > 6 ? 6 : $0) }
    case .leakyReLU(let slope): loop(x, y, count) { $0 > 0 ? $0 : slope * $0 }
    }
  }

  /// dx ← dy·f′(x)
  public static func gradient(
    of f: Activation, _ dy: Pointer, _ x: Pointer, into dx: MutablePointer, _ count: Int
  ) {
    Parallel.split(count, step: 16, work: count, minimum: worthAThread) {
      share(of: f, dy + $0.lowerBound, x + $0.lowerBound, into: dx + $0.lowerBound, $0.count)
    }
  }

  private static func share(
    of f: Activation, _ dy: Pointer, _ x: Pointer, into dx: MutablePointer, _ count: Int
  ) {
    switch f {
    case .gelu:
      loop(dy, x, dx, count) { dy, x in
        dy * (normalShare(x) + x * (0.398_942_28 * exponential(-0.5 * x * x)))
      }
    case .geluTanh:
      loop(dy, x, dx, count) { dy, x in
        let (u, slope) = tanhArgument(x)
        let share = logistic(2 * u)
        return dy * (share + x * (share * (1 - share) * 2 * slope))
      }
    case .elu(let alpha):
      loop(dy, x, dx, count) { dy, x in x > 0 ? dy : dy * (alpha * exponential(x)) }
    case .softplus(let beta, let threshold):
      loop(dy, x, dx, count) { dy, x in
        beta * x > threshold ? dy : dy * logistic(beta * x)
      }
    case .relu6: loop(dy, x, dx, count) { dy, x in x > 0 && x < 6 ? dy : 0 }
    case .leakyReLU(let slope): loop(dy, x, dx, count) { dy, x in x > 0 ? dy : dy * slope }
    }
  }
}

@inline(__always)
private func loop(_ x: Pointer, _ y: MutablePointer, _ count: Int, _ f: (Float) -> Float) {
  for i in 0..<count { y[i] = f(x[i]) }
}

@inline(__always)
private func loop(
  _ a: Pointer, _ b: Pointer, _ z: MutablePointer, _ count: Int, _ f: (Float, Float) -> Float
) {
  for i in 0..<count { z[i] = f(a[i], b[i]) }
}

/// Φ(x) = (1 + erf(x/√2)) / 2, the share of the standard normal distribution that lies below x.
///
/// Near 0 erf t = t + t·p(t²), further out 1 − erf t = e^{r(t)}, which keeps the small shares far below 0.
/// Coefficients: N. Juffa's `erff`, within 1 unit in the last place.
@inline(__always)
func normalShare(_ x: Float) -> Float {
  let a = x * 0.707_106_77
  let t = a.magnitude
  let s = a * a
  var p: Float = -5.967_617_03e-4
  p = Float(4.991_194_23e-3).addingProduct(p, s)
  p = Float(-2.676_813_49e-2).addingProduct(p, s)
  p = Float(1.128_199_25e-1).addingProduct(p, s)
  p = Float(-3.761_253_36e-1).addingProduct(p, s)
  p = Float(1.283_791_66e-1).addingProduct(p, s)
  let near = Float(0.5).addingProduct(0.5, a.addingProduct(p, a))
  var r = Float(3.831_971_26e-4).addingProduct(-1.728_534_70e-5, t)
  r = Float(2.425_462_19e-2).addingProduct(-3.883_964_38e-3, t).addingProduct(r, s)
  r = Float(-1.067_778_77e-1).addingProduct(r, t)
  r = Float(-6.348_466_87e-1).addingProduct(r, t)
  r = Float(-1.287_175_12e-1).addingProduct(r, t)
  let tail = 0.5 * exponential((-t).addingProduct(r, t))
  return t > 0.927_734_375 ? (x < 0 ? tail : 1 - tail) : near
}

/// u = √(2/π)·(z + 0.044715·z³) and its slope. Beyond ±20, where σ(2u) is 0 or 1, z stays there: x³ would overflow.
@inline(__always)
private func tanhArgument(_ x: Float) -> (u: Float, slope: Float) {
  let z = x > 20 ? 20 : (x < -20 ? -20 : x)
  let c: Float = 0.797_884_56
  return (c * z * (1 + 0.044_715 * z * z), c * (1 + 0.134_145 * z * z))
}

/// e^x − 1 for x < 0, exact near 0: 2t / (1 − t) with t = tanh(x/2).
@inline(__always)
private func exponentialLessOne(_ x: Float) -> Float {
  let t = hyperbolicTangent(0.5 * x)
  return 2 * t / (1 - t)
}

/// ln(1 + z) for z ≥ 0, exact near 0: what 1 + z rounds away is given back in proportion.
@inline(__always)
private func logarithmOfOnePlus(_ z: Float) -> Float {
  let u = 1 + z
  return u == 1 ? z : logarithm(u) * z / (u - 1)
}
