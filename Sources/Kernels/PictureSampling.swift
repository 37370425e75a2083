extension Kernels {
  /// What is read outside of a picture.
  public enum Outside: Sendable { case zeros, border, reflection }

  /// y[c, i, j] ← the picture at (x, y), between its four nearest pixels: (x, y, 1) ∝ M (j + ½, i + ½, 1), the centre of its first
  /// pixel being at (½, ½).
  ///
  /// Bytes become 0…1. The picture is first averaged over areas to `shrunkTo`, whose pixels M counts. As PyTorch's
  /// `grid_sample(align_corners=False)`.
  public static func resample(
    _ bytes: UnsafePointer<UInt8>, width: Int, height: Int, channels: Int,
    shrunkTo small: (width: Int, height: Int), into y: MutablePointer, newWidth: Int,
    newHeight: Int, map: [Double], outside: Outside
  ) {
    let stride = small.width + 2
    let room = stride * (small.height + 2) * 4
    let buffer = BufferPool.take(room)
    defer { BufferPool.give(buffer, room) }
    // A pixel is four numbers, one vector; a ring of zeros around the picture serves all that lies outside.
    let picture = UnsafeMutableRawPointer(buffer).assumingMemoryBound(to: SIMD4<Float>.self)
    for x in 0..<stride {
      picture[x] = .zero
      picture[(small.height + 1) * stride + x] = .zero
    }
    for y in 1...small.height {
      picture[y * stride] = .zero
      picture[y * stride + stride - 1] = .zero
    }
    let first = picture + stride + 1
    if small == (width, height) {
      vectors(bytes, width, height, channels, into: first, stride: stride)
    } else {
      areas(bytes, width, height, channels, small, into: first, stride: stride)
    }
    bilinear(
      first, stride: stride, small, into: y, newWidth, newHeight, channels, map, outside)
  }

  /// Each pixel's bytes over 255, in a vector.
  private static func vectors(
    _ bytes: UnsafePointer<UInt8>, _ width: Int, _ height: Int, _ channels: Int,
    into y: UnsafeMutablePointer<SIMD4<Float>>, stride: Int
  ) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 256) { table in
      for value in 0..<256 { table[value] = Float(value) / 255 }
      for row in 0..<height {
        let (x, y) = (bytes + row * width * channels, y + row * stride)
        if channels == 1 {
          for i in 0..<width { y[i] = SIMD4(table[Int(x[i])], 0, 0, 0) }
        } else {
          for i in 0..<width {
            let p = x + 3 * i
            y[i] = SIMD4(table[Int(p[0])], table[Int(p[1])], table[Int(p[2])], 0)
          }
        }
      }
    }
  }

  /// Each new pixel is the mean of the area that it covers, parts of pixels weighed by their share.
  private static func areas(
    _ bytes: UnsafePointer<UInt8>, _ width: Int, _ height: Int, _ channels: Int,
    _ small: (width: Int, height: Int), into y: UnsafeMutablePointer<SIMD4<Float>>, stride: Int
  ) {
    let across = Float(width) / Float(small.width)
    let down = Float(height) / Float(small.height)
    let row = BufferPool.take(width * channels)
    defer { BufferPool.give(row, width * channels) }
    for i in 0..<small.height {
      for k in 0..<width * channels { row[k] = 0 }
      let (start, end) = (Float(i) * down, Float(i + 1) * down)
      for r in Int(start)..<min(height, Int(end.rounded(.up))) {
        let share = min(Float(r + 1), end) - max(Float(r), start)
        let x = bytes + r * width * channels
        for k in 0..<width * channels { row[k] += share * Float(x[k]) }
      }
      let scale = 1 / (across * down * 255)
      for j in 0..<small.width {
        let (start, end) = (Float(j) * across, Float(j + 1) * across)
        var sum = SIMD4<Float>.zero
        for c in Int(start)..<min(width, Int(end.rounded(.up))) {
          let share = min(Float(c + 1), end) - max(Float(c), start)
          for channel in 0..<channels { sum[channel] += share * row[c * channels + channel] }
        }
        y[i * stride + j] = sum * scale
      }
    }
  }

  private static func bilinear(
    _ picture: UnsafePointer<SIMD4<Float>>, stride: Int, _ size: (width: Int, height: Int),
    into y: MutablePointer, _ newWidth: Int, _ newHeight: Int, _ channels: Int, _ map: [Double],
    _ outside: Outside
  ) {
    let xs = BufferPool.take(2 * newWidth)
    let ys = xs + newWidth
    defer { BufferPool.give(xs, 2 * newWidth) }
    let plane = newWidth * newHeight
    // With zeros outside, the ring's pixels count too.
    let low: Float = outside == .zeros ? -1 : 0
    let right = Float(size.width - 1)
    let bottom = Float(size.height - 1)
    for i in 0..<newHeight {
      places(row: i, newWidth, map, size, outside, xs, ys)
      let y = y + i * newWidth
      for j in 0..<newWidth {
        let px = within(xs[j] - 0.5, low, right - low)
        let py = within(ys[j] - 0.5, low, bottom - low)
        let left = min(px.rounded(.down), right)
        let top = min(py.rounded(.down), bottom)
        let p = picture + (Int(top) * stride + Int(left))
        let (across, down) = (px - left, py - top)
        let upper = p[0] + (p[1] - p[0]) * across
        let lower = p[stride] + (p[stride + 1] - p[stride]) * across
        let value = upper + (lower - upper) * down
        y[j] = value.x
        if channels == 3 {
          y[j + plane] = value.y
          y[j + 2 * plane] = value.z
        }
      }
    }
  }

  /// y[i, j] ← the pixel on which the place falls.
  public static func resampleNearest(
    _ bytes: UnsafePointer<UInt8>, width: Int, height: Int, into y: UnsafeMutablePointer<UInt8>,
    newWidth: Int, newHeight: Int, map: [Double], outside: Outside
  ) {
    let xs = BufferPool.take(2 * newWidth)
    let ys = xs + newWidth
    defer { BufferPool.give(xs, 2 * newWidth) }
    let (right, bottom) = (Float(width), Float(height))
    for i in 0..<newHeight {
      places(row: i, newWidth, map, (width, height), outside, xs, ys)
      for j in 0..<newWidth {
        let isInside = xs[j] >= 0 && xs[j] < right && ys[j] >= 0 && ys[j] < bottom
        let x = Int(within(xs[j].rounded(.down), 0, right - 1))
        let row = Int(within(ys[j].rounded(.down), 0, bottom - 1))
        let value = bytes[row * width + x]
        y[i * newWidth + j] = outside == .zeros && !isInside ? 0 : value
      }
    }
  }

  /// Where the pixels of a new row lie in the picture, mirrored into it if wanted.
  @inline(__always)
  private static func places(
    row: Int, _ count: Int, _ map: [Double], _ size: (width: Int, height: Int),
    _ outside: Outside, _ xs: MutablePointer, _ ys: MutablePointer
  ) {
    // The row's share is added in double precision: far from the first pixel, single loses a thousandth of a pixel.
    let y = Double(row) + 0.5
    let (a, b) = (Float(map[0]), Float(map[1] * y + map[2] + 0.5 * map[0]))
    let (d, e) = (Float(map[3]), Float(map[4] * y + map[5] + 0.5 * map[3]))
    let (g, h) = (Float(map[6]), Float(map[7] * y + map[8] + 0.5 * map[6]))
    for j in 0..<count {
      let t = Float(j)
      let w = 1 / (g * t + h)
      xs[j] = (a * t + b) * w
      ys[j] = (d * t + e) * w
    }
    if outside == .reflection {
      mirror(xs, count, Float(size.width))
      mirror(ys, count, Float(size.height))
    }
  }

  /// A zigzag between 0 and `length`.
  @inline(__always)
  private static func mirror(_ x: MutablePointer, _ count: Int, _ length: Float) {
    for j in 0..<count {
      let far = x[j].magnitude
      let times = (far / length).rounded(.down)
      let rest = far - times * length
      let isOdd = times - 2 * (times * 0.5).rounded(.down)
      x[j] = isOdd * length + (1 - 2 * isOdd) * rest
    }
  }

  /// Cut to low…high; low for what is no number.
  @inline(__always)
  private static func within(_ x: Float, _ low: Float, _ high: Float) -> Float {
    let above = x > low ? x : low
    return above < high ? above : high
  }

  /// x ← σ(contrast · logit(x) + brightness), with x kept 10⁻⁷ from 0 and 1.
  public static func light(_ x: MutablePointer, _ count: Int, contrast: Float, brightness: Float) {
    for i in 0..<count {
      let p = within(x[i], 1e-7, 1 - 1e-7)
      x[i] = logistic(contrast * (logarithm(p) - logarithm(1 - p)) + brightness)
    }
  }
}
