import CLanes

/// Sixteen numbers that are worked on at once: a register where the processor has AVX-512, two or four elsewhere.
///
/// Loops over many arrays are written with them, since the compiler gives up on proving that so many arrays
/// do not overlap and would leave the loop scalar.
typealias Lanes = SIMD16<Float>

/// The same in double precision: what long sums are gathered in.
typealias Doubles = SIMD16<Double>

@inline(__always)
func load(_ p: Pointer, _ i: Int) -> Lanes { unrolled_load(p + i) }

@inline(__always)
func load(_ p: MutablePointer, _ i: Int) -> Lanes { unrolled_load(p + i) }

@inline(__always)
func store(_ x: Lanes, _ p: MutablePointer, _ i: Int) { unrolled_store(x, p + i) }

extension Lanes {
  /// The same number in each lane.
  @inline(__always)
  init(_ x: Float) { self.init(repeating: x) }

  /// self + a·b, rounded once.
  @inline(__always)
  func plus(_ a: Lanes, times b: Lanes) -> Lanes { unrolled_fma(a, b, self) }

  @inline(__always)
  var root: Lanes { unrolled_sqrt(self) }

  /// The same numbers in double precision.
  @inline(__always)
  var widened: Doubles { unrolled_widened(self) }

  /// Σ over the lanes.
  @inline(__always)
  var total: Float { unrolled_sum(self) }

  /// The first `n` numbers, zeros behind them.
  @inline(__always)
  func first(_ n: Int) -> Lanes { n >= 16 ? self : unrolled_first(self, Int32(n)) }

  /// self where a < b, `other` elsewhere.
  @inline(__always)
  func whereLess(_ a: Lanes, _ b: Lanes, else other: Lanes) -> Lanes {
    unrolled_where_less(a, b, self, other)
  }
}

extension Doubles {
  /// Each of the sixteen numbers, rounded to 32 bits.
  @inline(__always)
  var narrowed: Lanes { unrolled_narrowed(self) }

  /// Σ over the lanes.
  @inline(__always)
  var total: Double { unrolled_sum_doubles(self) }
}

/// e^x of each lane, as the scalar function of the same name.
@inline(__always)
func exponential(_ x: Lanes) -> Lanes {
  let magic = Lanes(12_582_912)
  let shifted = magic.plus(x, times: Lanes(1.442_695_04))
  let n = shifted - magic
  let r = x.plus(n, times: Lanes(-0.693_359_375)).plus(n, times: Lanes(2.121_944_4e-4))
  var p = Lanes(1.987_569_15e-4)
  p = Lanes(1.398_199_95e-3).plus(p, times: r)
  p = Lanes(8.333_451_9e-3).plus(p, times: r)
  p = Lanes(4.166_579_6e-2).plus(p, times: r)
  p = Lanes(1.666_666_55e-1).plus(p, times: r)
  p = Lanes(0.5).plus(p, times: r)
  p = (Lanes(1) + r).plus(p, times: r * r)
  let y = p * unrolled_half_power(shifted) * Lanes(2)
  return Lanes(0).whereLess(
    x, Lanes(-87), else: Lanes(.infinity).whereLess(Lanes(88.722_83), x, else: y))
}

/// 1 / (1 + e^{−x}) of each lane.
@inline(__always)
func logistic(_ x: Lanes) -> Lanes { Lanes(1) / (Lanes(1) + exponential(Lanes(0) - x)) }

/// tanh x of each lane, as the scalar function of the same name.
@inline(__always)
func hyperbolicTangent(_ x: Lanes) -> Lanes {
  let magnitude = unrolled_abs(x)
  let far = Lanes(1) - Lanes(2) / (exponential(magnitude + magnitude) + Lanes(1))
  let z = x * x
  var p = Lanes(-5.704_988_7e-3)
  p = Lanes(2.063_908_9e-2).plus(p, times: z)
  p = Lanes(-5.373_971_6e-2).plus(p, times: z)
  p = Lanes(1.333_144_2e-1).plus(p, times: z)
  p = Lanes(-3.333_328_2e-1).plus(p, times: z)
  let near = x.plus(Lanes(0).plus(p, times: z), times: x)
  let signed = (Lanes(0) - far).whereLess(x, Lanes(0), else: far)
  return near.whereLess(magnitude, Lanes(0.625), else: signed)
}

/// Runs `body` for each sixteen of `count` numbers, and for what is left: with the place and how many.
@inline(__always)
func inLanes(_ count: Int, _ body: (Int, Int) -> Void) {
  var i = 0
  while i + 16 <= count {
    body(i, 16)
    i += 16
  }
  if i < count { body(i, count - i) }
}

/// `n` numbers from a place, zeros behind them.
@inline(__always)
func some(_ p: Pointer, _ i: Int, _ n: Int) -> Lanes {
  n == 16 ? unrolled_load(p + i) : unrolled_load_some(p + i, n)
}

@inline(__always)
func some(_ p: MutablePointer, _ i: Int, _ n: Int) -> Lanes { some(Pointer(p), i, n) }

/// Writes the first `n` numbers.
@inline(__always)
func put(_ x: Lanes, _ p: MutablePointer, _ i: Int, _ n: Int) {
  if n == 16 {
    store(x, p, i)
  } else {
    for k in 0..<n { p[i + k] = x[k] }
  }
}
