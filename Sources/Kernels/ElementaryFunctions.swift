/// exp, log, tanh and the logistic function without branches, so that loops over them vectorise.
///
/// Errors against double precision: at most 2 units in the last place (`KernelsTests` measures them).
/// Coefficients: Cephes (S. Moshier), `expf`, `logf`, `tanhf`.

/// e^x: x = n·ln 2 + r, e^x = 2^n · e^r. Below −87 the result is 0 (no subnormal numbers).
@inline(__always)
func exponential(_ x: Float) -> Float {
  let magic: Float = 12_582_912  // 1.5 · 2^23: adding it rounds to an integer, kept in the low bits
  let shifted = magic.addingProduct(x, 1.442_695_04)
  let n = shifted - magic
  let r = x.addingProduct(n, -0.693_359_375).addingProduct(n, 2.121_944_4e-4)
  var p: Float = 1.987_569_15e-4
  p = Float(1.398_199_95e-3).addingProduct(p, r)
  p = Float(8.333_451_9e-3).addingProduct(p, r)
  p = Float(4.166_579_6e-2).addingProduct(p, r)
  p = Float(1.666_666_55e-1).addingProduct(p, r)
  p = Float(0.5).addingProduct(p, r)
  p = (1 + r).addingProduct(p, r * r)
  // 2^(n − 1) by its bits, then doubled: n = 128 would not fit.
  let power = Float(bitPattern: (shifted.bitPattern &<< 23) &+ 0x3f00_0000)
  let y = p * power * 2
  return x > 88.722_83 ? .infinity : (x < -87 ? 0 : y)
}

/// ln x: x = 2^e · m with m in [√½, √2), ln x = e·ln 2 + ln m.
@inline(__always)
func logarithm(_ x: Float) -> Float {
  let isSmall = x < Float.leastNormalMagnitude
  let scaled = isSmall ? x * 8_388_608 : x
  let bits = Int32(bitPattern: scaled.bitPattern)
  let offset = bits &- 0x3f35_04f3  // √½
  var e = Float(offset >> 23)
  let m = Float(bitPattern: UInt32(bitPattern: (offset & 0x007f_ffff) &+ 0x3f35_04f3))
  e = isSmall ? e - 23 : e
  let r = m - 1
  var p: Float = 7.037_683_6e-2
  p = Float(-1.151_461_03e-1).addingProduct(p, r)
  p = Float(1.167_699_87e-1).addingProduct(p, r)
  p = Float(-1.242_014_08e-1).addingProduct(p, r)
  p = Float(1.424_932_28e-1).addingProduct(p, r)
  p = Float(-1.666_805_77e-1).addingProduct(p, r)
  p = Float(2.000_071_48e-1).addingProduct(p, r)
  p = Float(-2.499_999_4e-1).addingProduct(p, r)
  p = Float(3.333_333_12e-1).addingProduct(p, r)
  let square = r * r
  var y = p * r * square
  y = y.addingProduct(e, -2.121_944_4e-4)
  y = y.addingProduct(square, -0.5)
  y = (r + y).addingProduct(e, 0.693_359_375)
  let isFinite = x < .infinity
  return x > 0 ? (isFinite ? y : .infinity) : (x == 0 ? -.infinity : .nan)
}

/// tanh x: a polynomial near 0, 1 − 2 / (e^{2|x|} + 1) elsewhere.
@inline(__always)
func hyperbolicTangent(_ x: Float) -> Float {
  let magnitude = x.magnitude
  let far = 1 - 2 / (exponential(2 * magnitude) + 1)
  let z = x * x
  var p: Float = -5.704_988_7e-3
  p = Float(2.063_908_9e-2).addingProduct(p, z)
  p = Float(-5.373_971_6e-2).addingProduct(p, z)
  p = Float(1.333_144_2e-1).addingProduct(p, z)
  p = Float(-3.333_328_2e-1).addingProduct(p, z)
  // p·z is −0 for 0; from 0 it is +0, which keeps the sign of x.
  let near = x.addingProduct(Float(0).addingProduct(p, z), x)
  return magnitude < 0.625 ? near : (x < 0 ? -far : far)
}

/// The logistic function 1 / (1 + e^{−x}).
@inline(__always)
func logistic(_ x: Float) -> Float { 1 / (1 + exponential(-x)) }
