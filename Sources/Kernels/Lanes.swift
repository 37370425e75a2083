/// Sixteen numbers that are worked on at once: a register where the processor has AVX-512, two or four elsewhere.
///
/// Loops over many arrays are written with them, since the compiler gives up on proving that so many arrays
/// do not overlap and would leave the loop scalar.
typealias Lanes = SIMD16<Float>

@inline(__always)
func load(_ p: Pointer, _ i: Int) -> Lanes {
  UnsafeRawPointer(p + i).loadUnaligned(as: Lanes.self)
}

@inline(__always)
func load(_ p: MutablePointer, _ i: Int) -> Lanes {
  UnsafeRawPointer(p + i).loadUnaligned(as: Lanes.self)
}

@inline(__always)
func store(_ x: Lanes, _ p: MutablePointer, _ i: Int) {
  UnsafeMutableRawPointer(p + i).storeBytes(of: x, as: Lanes.self)
}

/// e^x of each lane, as the scalar function of the same name.
@inline(__always)
func exponential(_ x: Lanes) -> Lanes {
  let magic = Lanes(repeating: 12_582_912)
  let shifted = magic.addingProduct(x, 1.442_695_04)
  let n = shifted - magic
  let r = x.addingProduct(n, -0.693_359_375).addingProduct(n, 2.121_944_4e-4)
  var p = Lanes(repeating: 1.987_569_15e-4)
  p = Lanes(repeating: 1.398_199_95e-3).addingProduct(p, r)
  p = Lanes(repeating: 8.333_451_9e-3).addingProduct(p, r)
  p = Lanes(repeating: 4.166_579_6e-2).addingProduct(p, r)
  p = Lanes(repeating: 1.666_666_55e-1).addingProduct(p, r)
  p = Lanes(repeating: 0.5).addingProduct(p, r)
  p = (1 + r).addingProduct(p, r * r)
  let bits = unsafeBitCast(shifted, to: SIMD16<UInt32>.self)
  let power = unsafeBitCast((bits &<< 23) &+ 0x3f00_0000, to: Lanes.self)
  var y = p * power * 2
  y.replace(with: .infinity, where: x .> 88.722_83)
  y.replace(with: 0, where: x .< -87)
  return y
}

/// 1 / (1 + e^{−x}) of each lane.
@inline(__always)
func logistic(_ x: Lanes) -> Lanes { 1 / (1 + exponential(-x)) }

/// tanh x of each lane, as the scalar function of the same name.
@inline(__always)
func hyperbolicTangent(_ x: Lanes) -> Lanes {
  let magnitude = unsafeBitCast(
    unsafeBitCast(x, to: SIMD16<UInt32>.self) & 0x7fff_ffff, to: Lanes.self)
  var far = 1 - 2 / (exponential(2 * magnitude) + 1)
  far.replace(with: -far, where: x .< 0)
  let z = x * x
  var p = Lanes(repeating: -5.704_988_7e-3)
  p = Lanes(repeating: 2.063_908_9e-2).addingProduct(p, z)
  p = Lanes(repeating: -5.373_971_6e-2).addingProduct(p, z)
  p = Lanes(repeating: 1.333_144_2e-1).addingProduct(p, z)
  p = Lanes(repeating: -3.333_328_2e-1).addingProduct(p, z)
  let near = x.addingProduct(p * z, x)
  return far.replacing(with: near, where: magnitude .< 0.625)
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
  if n == 16 { return load(p, i) }
  var x = Lanes.zero
  for k in 0..<n { x[k] = p[i + k] }
  return x
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
