extension Kernels {
  /// Bytes of pixels into planes: y[c, i] ← x[i, c] / 255.
  public static func separate(
    _ x: UnsafePointer<UInt8>, into y: MutablePointer, channels: Int, count: Int
  ) {
    // A table: the quotient is rounded once, and each of 256 values is divided once.
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 256) { table in
      for value in 0..<256 { table[value] = Float(value) / 255 }
      for c in 0..<channels {
        let (plane, bytes) = (y + c * count, x + c)
        for i in 0..<count { plane[i] = table[Int(bytes[i * channels])] }
      }
    }
  }

  /// The reverse of `separate`: rounded to the nearest, cut to 0…255, 0 for what is no number.
  public static func interleave(
    _ x: Pointer, into y: UnsafeMutablePointer<UInt8>, channels: Int, count: Int
  ) {
    for c in 0..<channels {
      let (plane, bytes) = (x + c * count, y + c)
      for i in 0..<count {
        let value = plane[i] * 255
        bytes[i * channels] = value > 0 ? UInt8(min(value + 0.5, 255)) : 0
      }
    }
  }
}
