import CLanes

/// Convolutions of 3 × 3 and stride 1 with 16 multiplications for each 2 × 2 outputs instead of 36 (Winograd 1980;
/// Lavin and Gray 2016): F(2 × 2, 3 × 3).
///
///     y = Aᵀ·[(G·w·Gᵀ) ∘ (Bᵀ·x·B)]·A
///
/// x is a tile of 4 × 4 inputs, two apart from the next; the sums over channels of the products are 16 matrix
/// products, one for each place of the tile. Tiles are taken in chunks that stay in the second cache.
struct Winograd {
  let channels: Int
  let filters: Int
  let padding: Int
  let height: Int
  let width: Int
  let outHeight: Int
  let outWidth: Int
  /// Rows and columns of tiles of an image.
  let tileRows: Int
  let tileColumns: Int
  /// A chunk: this many images, or if it is one, this many of its rows of tiles.
  let images: Int
  let rows: Int
  /// Numbers between two rows (channels) of a chunk, and between two of the 16 planes.
  let stride: Int

  init(channels: Int, filters: Int, height: Int, width: Int, padding: Int) {
    self.channels = channels
    self.filters = filters
    self.padding = padding
    self.height = height
    self.width = width
    outHeight = height + 2 * padding - 2
    outWidth = width + 2 * padding - 2
    tileRows = (outHeight + 1) / 2
    tileColumns = (outWidth + 1) / 2
    // 16 planes of all channels and filters in about 1 MiB.
    let wanted = min(256, max(32, 16_384 / (channels + filters)))
    let tiles = tileRows * tileColumns
    images = max(1, wanted / tiles)
    rows = images > 1 ? tileRows : max(1, min(tileRows, wanted / tileColumns))
    stride = images > 1 ? images * tiles : rows * tileColumns
  }

  var inputPlane: Int { channels * stride + 16 }
  var outputPlane: Int { filters * stride + 16 }
  /// Rows of padded inputs that a chunk's tiles cover, and numbers of a row, with room for whole lanes.
  private var paddedRows: Int { 2 * rows + 2 }
  private var paddedWidth: Int { 2 * tileColumns + 2 + 32 }

  /// Runs `body` for each chunk of a range of images: its first image, how many, and its rows of tiles.
  func eachChunk(_ range: Range<Int>, _ body: (Int, Int, Range<Int>) -> Void) {
    var image = range.lowerBound
    while image < range.upperBound {
      let count = min(images, range.upperBound - image)
      var row = 0
      while row < tileRows {
        let end = min(row + rows, tileRows)
        body(image, count, row..<end)
        row = end
      }
      image += count
    }
  }

  // MARK: Weights

  /// U ← G·w·Gᵀ of w `[filters, channels, 3, 3]`, as `[16, filters, channels]`; with `flipped` of the weights that
  /// carry gradients back: filters and channels change places and each kernel is turned by half a circle.
  func transformWeights(_ w: Pointer, into u: MutablePointer, flipped: Bool) {
    let plane = filters * channels
    Parallel.split(filters, work: 16 * plane, minimum: worthAThread) { range in
      let lanes = BufferPool.take(9 * 16)
      defer { BufferPool.give(lanes, 9 * 16) }
      for f in range {
        inLanes(channels) { c, n in
          for k in 0..<n {
            let source = flipped ? w + ((c + k) * filters + f) * 9 : w + (f * channels + c + k) * 9
            for t in 0..<9 { lanes[t * 16 + k] = source[flipped ? 8 - t : t] }
          }
          let half = Lanes(0.5)
          var g: (Lanes, Lanes, Lanes)
          var rows = (Lanes.zero, Lanes.zero, Lanes.zero)
          for i in 0..<4 {
            for column in 0..<3 {
              g = (
                load(lanes, column * 16), load(lanes, (3 + column) * 16),
                load(lanes, (6 + column) * 16)
              )
              let value: Lanes
              switch i {
              case 0: value = g.0
              case 1: value = (g.0 + g.1 + g.2) * half
              case 2: value = (g.0 - g.1 + g.2) * half
              default: value = g.2
              }
              switch column {
              case 0: rows.0 = value
              case 1: rows.1 = value
              default: rows.2 = value
              }
            }
            let target = u + 4 * i * plane + f * channels
            put(rows.0, target, c, n)
            put((rows.0 + rows.1 + rows.2) * half, target + plane, c, n)
            put((rows.0 - rows.1 + rows.2) * half, target + 2 * plane, c, n)
            put(rows.2, target + 3 * plane, c, n)
          }
        }
      }
    }
  }

  /// dw ← Gᵀ·dU·G, `[filters, channels, 3, 3]`.
  func weightGradient(_ du: Pointer, into dw: MutablePointer) {
    let plane = filters * channels
    Parallel.split(plane, step: 16, work: 16 * plane, minimum: worthAThread) { range in
      let lanes = BufferPool.take(9 * 16)
      defer { BufferPool.give(lanes, 9 * 16) }
      inLanes(range.count) { j, n in
        let at = range.lowerBound + j
        for row in 0..<3 {
          @inline(__always) func down(_ column: Int) -> Lanes {
            let (a, b) = (
              some(du + (4 + column) * plane, at, n), some(du + (8 + column) * plane, at, n)
            )
            let half = Lanes(0.5)
            switch row {
            case 0: return some(du + column * plane, at, n) + (a + b) * half
            case 1: return (a - b) * half
            default: return (a + b) * half + some(du + (12 + column) * plane, at, n)
            }
          }
          let (d0, d1, d2, d3) = (down(0), down(1), down(2), down(3))
          let half = Lanes(0.5)
          store(d0 + (d1 + d2) * half, lanes, row * 3 * 16)
          store((d1 - d2) * half, lanes, (row * 3 + 1) * 16)
          store((d1 + d2) * half + d3, lanes, (row * 3 + 2) * 16)
        }
        for k in 0..<n {
          for t in 0..<9 { dw[(at + k) * 9 + t] = lanes[t * 16 + k] }
        }
      }
    }
  }

  // MARK: Inputs and outputs

  /// V ← Bᵀ·x·B of a chunk, `[16, channels, stride]`. Whole lanes are written: what runs over the end of a
  /// row of tiles is overwritten by the next.
  func transformInputs(
    _ x: Pointer, image: Int, count: Int, rows: Range<Int>, into v: MutablePointer
  ) {
    let size = paddedRows * paddedWidth
    let padded = BufferPool.take(size)
    defer { BufferPool.give(padded, size) }
    Kernels.fill(padded, 0, size)
    for c in 0..<channels {
      for i in 0..<count {
        let plane = x + ((image + i) * channels + c) * height * width
        for r in 0..<(2 * rows.count + 2) {
          let row = 2 * rows.lowerBound + r - padding
          let target = padded + r * paddedWidth + padding
          if row >= 0 && row < height {
            Kernels.copy(plane + row * width, into: target, width)
          } else {
            Kernels.fill(target, 0, width)
          }
        }
        for r in 0..<rows.count {
          let source = padded + 2 * r * paddedWidth
          let target = v + c * stride + (i * tileRows * (count > 1 ? 1 : 0) + r) * tileColumns
          var j = 0
          while j < tileColumns {
            for row in 0..<4 {
              let first = source + (row == 0 ? 0 : row == 2 ? 2 : 1) * paddedWidth + 2 * j
              let second =
                source + (row == 0 || row == 1 ? 2 : row == 2 ? 1 : 3) * paddedWidth + 2 * j
              @inline(__always) func down(_ at: Int) -> Lanes {
                row == 1 ? load(first, at) + load(second, at) : load(first, at) - load(second, at)
              }
              let (a, b, after, beyond) = (down(0), down(16), down(2), down(18))
              let (e0, o0) = (unrolled_even(a, b), unrolled_odd(a, b))
              let (e1, o1) = (unrolled_even(after, beyond), unrolled_odd(after, beyond))
              let place = target + 4 * row * inputPlane
              store(e0 - e1, place, j)
              store(o0 + e1, place + inputPlane, j)
              store(e1 - o0, place + 2 * inputPlane, j)
              store(o0 - o1, place + 3 * inputPlane, j)
            }
            j += 16
          }
        }
      }
    }
  }

  /// y ← Aᵀ·M·A of a chunk, M `[16, filters, stride]`, plus a bias for each filter.
  func transformOutputs(
    _ m: Pointer, bias: Pointer?, image: Int, count: Int, rows: Range<Int>, into y: MutablePointer
  ) {
    let line = BufferPool.take(2 * (2 * tileColumns + 32))
    defer { BufferPool.give(line, 2 * (2 * tileColumns + 32)) }
    let second = line + 2 * tileColumns + 32
    for f in 0..<filters {
      let shift = Lanes(bias?[f] ?? 0)
      for i in 0..<count {
        let plane = y + ((image + i) * filters + f) * outHeight * outWidth
        for r in 0..<rows.count {
          let source = m + f * stride + (i * tileRows * (count > 1 ? 1 : 0) + r) * tileColumns
          var j = 0
          while j < tileColumns {
            @inline(__always) func down(_ column: Int) -> (Lanes, Lanes) {
              let at = source + column * outputPlane + j
              let (b, c) = (load(at, 4 * outputPlane), load(at, 8 * outputPlane))
              return (load(at, 0) + b + c, b - c - load(at, 12 * outputPlane))
            }
            let (s0, s1, s2, s3) = (down(0), down(1), down(2), down(3))
            let (a, b) = (s0.0 + s1.0 + s2.0 + shift, s1.0 - s2.0 - s3.0 + shift)
            let (c, d) = (s0.1 + s1.1 + s2.1 + shift, s1.1 - s2.1 - s3.1 + shift)
            store(unrolled_zip_low(a, b), line, 2 * j)
            store(unrolled_zip_high(a, b), line, 2 * j + 16)
            store(unrolled_zip_low(c, d), second, 2 * j)
            store(unrolled_zip_high(c, d), second, 2 * j + 16)
            j += 16
          }
          let row = 2 * (rows.lowerBound + r)
          Kernels.copy(line, into: plane + row * outWidth, outWidth)
          if row + 1 < outHeight {
            Kernels.copy(second, into: plane + (row + 1) * outWidth, outWidth)
          }
        }
      }
    }
  }

  /// dM ← A·dy·Aᵀ of a chunk, `[16, filters, stride]`.
  func transformUpstream(
    _ dy: Pointer, image: Int, count: Int, rows: Range<Int>, into m: MutablePointer
  ) {
    let line = BufferPool.take(2 * (2 * tileColumns + 32))
    defer { BufferPool.give(line, 2 * (2 * tileColumns + 32)) }
    let second = line + 2 * tileColumns + 32
    Kernels.fill(line, 0, 2 * (2 * tileColumns + 32))
    for f in 0..<filters {
      for i in 0..<count {
        let plane = dy + ((image + i) * filters + f) * outHeight * outWidth
        for r in 0..<rows.count {
          let row = 2 * (rows.lowerBound + r)
          Kernels.copy(plane + row * outWidth, into: line, outWidth)
          if row + 1 < outHeight {
            Kernels.copy(plane + (row + 1) * outWidth, into: second, outWidth)
          } else {
            Kernels.fill(second, 0, outWidth)
          }
          let target = m + f * stride + (i * tileRows * (count > 1 ? 1 : 0) + r) * tileColumns
          var j = 0
          while j < tileColumns {
            let (a, b) = (load(line, 2 * j), load(line, 2 * j + 16))
            let (c, d) = (load(second, 2 * j), load(second, 2 * j + 16))
            let top = (unrolled_even(a, b), unrolled_odd(a, b))
            let low = (unrolled_even(c, d), unrolled_odd(c, d))
            for row in 0..<4 {
              let left: Lanes
              let right: Lanes
              switch row {
              case 0: (left, right) = top
              case 1: (left, right) = (top.0 + low.0, top.1 + low.1)
              case 2: (left, right) = (top.0 - low.0, top.1 - low.1)
              default: (left, right) = (Lanes(0) - low.0, Lanes(0) - low.1)
              }
              let place = target + 4 * row * outputPlane
              store(left, place, j)
              store(left + right, place + outputPlane, j)
              store(left - right, place + 2 * outputPlane, j)
              store(Lanes(0) - right, place + 3 * outputPlane, j)
            }
            j += 16
          }
        }
      }
    }
  }
}

extension Winograd {
  /// y ← the convolution of x with w `[filters, channels, 3, 3]` (+ bias), or with the flipped w.
  func convolve(
    _ x: Pointer, _ w: Pointer, bias: Pointer?, flipped: Bool, into y: MutablePointer, batch: Int
  ) {
    let plane = filters * channels
    let u = BufferPool.take(16 * plane)
    transformWeights(w, into: u, flipped: flipped)
    Parallel.split(batch, work: batch * multiplyAdds) { range in
      let (v, m) = (BufferPool.take(16 * inputPlane), BufferPool.take(16 * outputPlane))
      eachChunk(range) { image, count, rows in
        transformInputs(x, image: image, count: count, rows: rows, into: v)
        let tiles = count * rows.count * tileColumns
        for k in 0..<16 {
          Kernels.matrixProduct(
            Pointer(u + k * plane), transposed: false, Pointer(v + k * inputPlane),
            transposed: false, into: m + k * outputPlane, m: filters, n: tiles, k: channels,
            bRow: stride, cRow: stride, onThisThread: true)
        }
        transformOutputs(m, bias: bias, image: image, count: count, rows: rows, into: y)
      }
      BufferPool.give(v, 16 * inputPlane)
      BufferPool.give(m, 16 * outputPlane)
    }
    BufferPool.give(u, 16 * plane)
  }

  /// dw ← the gradient of the weights, from x and dy.
  func weightGradient(_ x: Pointer, _ dy: Pointer, into dw: MutablePointer, batch: Int) {
    let plane = filters * channels
    let parts = Parallel.parts(batch, work: batch * multiplyAdds)
    let du = BufferPool.take(parts * 16 * plane)
    Parallel.run(parts) { part in
      let (v, m) = (BufferPool.take(16 * inputPlane), BufferPool.take(16 * outputPlane))
      let du = du + part * 16 * plane
      var isFirst = true
      eachChunk(Parallel.range(part, of: parts, batch)) { image, count, rows in
        transformInputs(x, image: image, count: count, rows: rows, into: v)
        transformUpstream(dy, image: image, count: count, rows: rows, into: m)
        let tiles = count * rows.count * tileColumns
        for k in 0..<16 {
          Kernels.matrixProduct(
            Pointer(m + k * outputPlane), transposed: false, Pointer(v + k * inputPlane),
            transposed: true, into: du + k * plane, m: filters, n: channels, k: tiles,
            accumulating: !isFirst, aRow: stride, bRow: stride, onThisThread: true)
        }
        isFirst = false
      }
      BufferPool.give(v, 16 * inputPlane)
      BufferPool.give(m, 16 * outputPlane)
    }
    for part in 1..<max(1, parts) {
      Kernels.accumulate(Pointer(du + part * 16 * plane), into: du, 16 * plane)
    }
    weightGradient(Pointer(du), into: dw)
    BufferPool.give(du, parts * 16 * plane)
  }

  /// Of one image.
  private var multiplyAdds: Int { 16 * filters * channels * tileRows * tileColumns }
}
