/// `np.random.seed(seed); np.random.permutation(count)`: the order by which the course's notebooks split their data.
///
/// Numbers come from the Mersenne Twister MT19937 (Matsumoto and Nishimura 1998), and each place from the last to the
/// second is swapped with one that is not behind it, drawn by masking bits and rejecting what is too large.
public enum NumPyPermutation {
  public static func order(_ count: Int, seed: UInt32) -> [Int] {
    var twister = MersenneTwister(seed: seed)
    var order = Array(0..<count)
    for i in stride(from: count - 1, to: 0, by: -1) {
      let mask = UInt32.max >> UInt32(i).leadingZeroBitCount
      var j = Int(twister.next() & mask)
      while j > i { j = Int(twister.next() & mask) }
      order.swapAt(i, j)
    }
    return order
  }
}

private struct MersenneTwister {
  private var state: [UInt32]
  private var place = 624

  init(seed: UInt32) {
    state = [seed]
    for i in 1..<624 {
      let last = state[i - 1]
      state.append(1_812_433_253 &* (last ^ last >> 30) &+ UInt32(i))
    }
  }

  mutating func next() -> UInt32 {
    if place == 624 { twist() }
    var y = state[place]
    place += 1
    y ^= y >> 11
    y ^= y << 7 & 0x9d2c_5680
    y ^= y << 15 & 0xefc6_0000
    return y ^ y >> 18
  }

  private mutating func twist() {
    for i in 0..<624 {
      let y = state[i] & 0x8000_0000 | state[(i + 1) % 624] & 0x7fff_ffff
      state[i] = state[(i + 397) % 624] ^ y >> 1 ^ (y & 1 == 0 ? 0 : 0x9908_b0df)
    }
    place = 0
  }
}
