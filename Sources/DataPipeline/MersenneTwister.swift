/// The random numbers of NumPy's `RandomState`, and so of the splits that the course's notebooks make from a seed:
/// MT19937 (Matsumoto and Nishimura 1998, "Mersenne Twister").
///
/// For repeating what others did; our own choices use `SeededGenerator`.
public struct MersenneTwister: RandomNumberGenerator, Sendable {
  private var state: [UInt32]
  private var place = 624

  public init(seed: UInt32) {
    state = [seed]
    for i in 1..<624 {
      let last = state[i - 1]
      state.append(1_812_433_253 &* (last ^ (last >> 30)) &+ UInt32(i))
    }
  }

  /// The next 32 bits.
  public mutating func nextWord() -> UInt32 {
    if place == 624 { twist() }
    var y = state[place]
    place += 1
    y ^= y >> 11
    y ^= (y << 7) & 0x9d2c_5680
    y ^= (y << 15) & 0xefc6_0000
    return y ^ (y >> 18)
  }

  public mutating func next() -> UInt64 {
    let high = UInt64(nextWord())
    return high << 32 | UInt64(nextWord())
  }

  /// The numbers below `count` in a random order: NumPy's `RandomState(seed).permutation(count)`.
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for i in stride(from: count - 1, to: 0, by: -1) { order.swapAt(i, number(upTo: UInt32(i))) }
    return order
  }

  /// A whole number in 0...largest: as many low bits as it needs, drawn anew while they are too large.
  private mutating func number(upTo largest: UInt32) -> Int {
    let mask = UInt32.max >> UInt32(largest.leadingZeroBitCount)
    while true {
      let word = nextWord() & mask
      if word <= largest { return Int(word) }
    }
  }

  private mutating func twist() {
    for i in 0..<624 {
      let y = (state[i] & 0x8000_0000) | (state[(i + 1) % 624] & 0x7fff_ffff)
      state[i] = state[(i + 397) % 624] ^ (y >> 1) ^ (y & 1 == 0 ? 0 : 0x9908_b0df)
    }
    place = 0
  }
}
