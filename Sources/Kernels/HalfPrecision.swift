extension Kernels {
  /// y ← x rounded to IEEE 754 half precision (1 sign, 5 exponent, 10 fraction bits), to even in a tie.
  ///
  /// From 65520 on the result is infinite; below 2⁻¹⁴ the steps are 2⁻²⁴ apart. `y` may be `x`.
  public static func roundToHalf(_ x: Pointer, into y: MutablePointer, _ count: Int) {
    for i in 0..<count {
      let bits = x[i].bitPattern
      let magnitude = bits & 0x7fff_ffff
      let sign = bits & 0x8000_0000
      // Ten of 23 fraction bits stay: add just under half of the last one that stays, and the bit itself.
      let normal = (magnitude &+ 0x0fff &+ ((magnitude >> 13) & 1)) & 0xffff_e000
      // Around 0.5 a Float's own steps are 2⁻²⁴, so that adding and taking 0.5 rounds to them.
      let small = ((Float(bitPattern: magnitude) + 0.5) - 0.5).bitPattern
      var result = magnitude < 0x3880_0000 ? small : normal  // 2⁻¹⁴
      result = normal >= 0x4780_0000 ? 0x7f80_0000 : result  // 65536
      result = magnitude > 0x7f80_0000 ? 0x7fc0_0000 : result  // not a number
      y[i] = Float(bitPattern: result | sign)
    }
  }

  /// How many of the numbers are exactly zero.
  public static func countZeros(_ x: Pointer, _ count: Int) -> Int {
    var zeros = 0
    for i in 0..<count where x[i] == 0 { zeros += 1 }
    return zeros
  }
}
