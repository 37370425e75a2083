import Foundation

/// The SHA-256 digest of files (FIPS 180-4), so that a report can say which data it ran on.
///
/// Written out here because the library for it takes longer to build than the rest of the project.
public enum SHA256 {
  /// The digest of the files' bytes, one after the other, as 64 hexadecimal digits.
  public static func digest(ofFiles paths: [String]) throws -> String {
    var bytes: [UInt8] = []
    for path in paths {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw DataError("cannot read \(path)")
      }
      bytes.append(contentsOf: data)
    }
    return digest(bytes)
  }

  public static func digest(_ message: [UInt8]) -> String {
    var h: [UInt32] = [
      0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
      0x5be0_cd19,
    ]
    var padded = message + [0x80]
    padded += [UInt8](repeating: 0, count: (120 - padded.count % 64) % 64)
    padded += (0..<8).map { UInt8(truncatingIfNeeded: (message.count * 8) >> (56 - 8 * $0)) }
    var w = [UInt32](repeating: 0, count: 64)
    for block in stride(from: 0, to: padded.count, by: 64) {
      for t in 0..<16 {
        w[t] = (0..<4).reduce(0) { $0 << 8 | UInt32(padded[block + 4 * t + $1]) }
      }
      for t in 16..<64 {
        let a = rotate(w[t - 15], 7) ^ rotate(w[t - 15], 18) ^ (w[t - 15] >> 3)
        let b = rotate(w[t - 2], 17) ^ rotate(w[t - 2], 19) ^ (w[t - 2] >> 10)
        w[t] = w[t - 16] &+ a &+ w[t - 7] &+ b
      }
      var v = h
      for t in 0..<64 {
        let sum1 = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25)
        let choice = (v[4] & v[5]) ^ (~v[4] & v[6])
        let first = v[7] &+ sum1 &+ choice &+ k[t] &+ w[t]
        let sum0 = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22)
        let majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2])
        v = [first &+ sum0 &+ majority, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
      }
      for i in 0..<8 { h[i] = h[i] &+ v[i] }
    }
    return h.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private static func rotate(_ x: UInt32, _ n: UInt32) -> UInt32 { x >> n | x << (32 - n) }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let k: [UInt32] = {
    let primes = (2...311).filter { n in !(2..<n).contains { n % $0 == 0 } }
    return primes.map { UInt32(truncatingIfNeeded: UInt64(cubeRootFraction(of: UInt64($0)))) }
  }()

  /// ⌊fraction(∛n)·2³²⌋ by bisection in whole numbers: no rounding enters.
  private static func cubeRootFraction(of n: UInt64) -> UInt64 {
    var low: UInt64 = 0  // ∛n·2³² lies in low..<high
    var high: UInt64 = 7 << 32
    while high - low > 1 {
      let middle = (low + high) / 2
      if isCube(middle, atMost: n) { low = middle } else { high = middle }
    }
    return low & 0xffff_ffff
  }

  /// m³ ≤ n·2⁹⁶ for m below 2³⁵.
  private static func isCube(_ m: UInt64, atMost n: UInt64) -> Bool {
    let square = m.multipliedFullWidth(by: m)  // below 2⁷⁰
    let low = square.low.multipliedFullWidth(by: m)
    let high = square.high * m  // counts 2⁶⁴
    let (middle, carry) = low.high.addingReportingOverflow(high)
    // m³ = carry·2¹²⁸ + middle·2⁶⁴ + low.low, n·2⁹⁶ = (n·2³²)·2⁶⁴
    let limit = n << 32
    return !carry && (middle < limit || (middle == limit && low.low == 0))
  }
}
