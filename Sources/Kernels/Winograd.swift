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
  let padding: HeightAndWidth
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

  init(channels: Int, filters: Int, image: HeightAndWidth, padding: HeightAndWidth) {
    self.channels = channels
    self.filters = filters
    self.padding = padding
    height = image.height
    width = image.width
    outHeight = height + 2 * padding.height - 2
    outWidth = width + 2 * padding.width - 2
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
  var paddedRows: Int { 2 * rows + 2 }
  var paddedWidth: Int { 2 * tileColumns + 2 + 32 }

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
}

extension Winograd {
  /// y ← the convolution of x with w `[filters, channels, 3, 3]` (+ bias), or with the flipped w. False where a number
  /// of it came out infinite or NaN.
  func convolve(
    _ x: Pointer, _ w: Pointer, bias: Pointer?, flipped: Bool, into y: MutablePointer, batch: Int
  ) -> Bool {
    let plane = filters * channels
    let u = BufferPool.take(16 * plane)
    transformWeights(w, into: u, flipped: flipped)
    let parts = Parallel.parts(batch, work: batch * multiplyAdds)
    let checks = BufferPool.take(parts)
    Parallel.run(parts) { part in
      checks[part] = 0
      let (v, m) = (BufferPool.take(16 * inputPlane), BufferPool.take(16 * outputPlane))
      eachChunk(Parallel.range(part, of: parts, batch)) { image, count, rows in
        transformInputs(x, image: image, count: count, rows: rows, into: v)
        let tiles = count * rows.count * tileColumns
        for k in 0..<16 {
          Kernels.matrixProduct(
            Pointer(u + k * plane), transposed: false, Pointer(v + k * inputPlane),
            transposed: false, into: m + k * outputPlane, m: filters, n: tiles, k: channels,
            bRow: stride, cRow: stride, onThisThread: true)
        }
        checks[part] += transformOutputs(
          m, bias: bias, image: image, count: count, rows: rows, into: y)
      }
      BufferPool.give(v, 16 * inputPlane)
      BufferPool.give(m, 16 * outputPlane)
    }
    BufferPool.give(u, 16 * plane)
    defer { BufferPool.give(checks, parts) }
    return Kernels.isFinite(checks, parts)
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
