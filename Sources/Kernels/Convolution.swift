extension Kernels {
  /// y ← the convolution of x `[batch, channels, height, width]` with w `[filters, channels /
  /// groups, kernel height, kernel width]` (+ a bias for each filter).
  public static func convolution(
    _ x: Pointer, _ w: Pointer, bias: Pointer?, into y: MutablePointer, batch: Int, filters: Int,
    _ s: ConvolutionShape
  ) {
    if let winograd = winograd(s, batch: batch, channels: s.channels, filters: filters),
      winograd.convolve(x, w, bias: bias, flipped: false, into: y, batch: batch)
    {
      return
    }
    PatchTiles(s, batch: batch, filters: filters).each(zeroing: nil) { tile in
      let columns = tile.patches(x)
      let target = tile.isWhole ? y + tile.outputStart : BufferPool.take(filters * tile.places)
      if let bias {
        for f in 0..<filters {
          fill(target + f * (tile.isWhole ? s.places : tile.places), bias[f], tile.places)
        }
      }
      let row = tile.isWhole ? s.places : tile.places
      s.eachGroup(filters) { filter, count, patch in
        matrixProduct(
          w + filter * s.groupPatch, transposed: false,
          Pointer(columns.start + patch * columns.row), transposed: false,
          into: target + filter * row, m: count, n: tile.places, k: s.groupPatch,
          accumulating: bias != nil, bRow: columns.row, cRow: row, onThisThread: tile.isShared)
      }
      if !tile.isWhole {
        tile.scatter(Pointer(target), into: y)
        BufferPool.give(target, filters * tile.places)
      }
      tile.give(columns)
    }
  }

  /// dx ← Wᵀ·dy, each number added to the pixel it came from.
  public static func convolutionInputGradient(
    _ dy: Pointer, _ w: Pointer, into dx: MutablePointer, batch: Int, filters: Int,
    _ s: ConvolutionShape
  ) {
    if max(s.padding.height, s.padding.width) <= 2,
      let winograd = winograd(
        s, batch: batch, channels: filters, filters: s.channels, isBack: true),
      winograd.convolve(dy, w, bias: nil, flipped: true, into: dx, batch: batch)
    {
      return
    }
    PatchTiles(s, batch: batch, filters: filters).each(zeroing: s.isPointwise ? nil : dx) { tile in
      let upstream = tile.isWhole ? dy + tile.outputStart : Pointer(tile.gather(dy))
      let columns = tile.room(in: dx)
      let row = tile.isWhole ? s.places : tile.places
      s.eachGroup(filters) { filter, count, patch in
        matrixProduct(
          w + filter * s.groupPatch, transposed: true, upstream + filter * row, transposed: false,
          into: columns.start + patch * columns.row, m: s.groupPatch, n: tile.places, k: count,
          bRow: row, cRow: columns.row, onThisThread: tile.isShared)
      }
      tile.accumulate(columns, into: dx)
      tile.give(columns)
      if !tile.isWhole {
        BufferPool.give(MutablePointer(mutating: upstream), filters * tile.places)
      }
    }
  }

  /// dw ← the sum over images of dy·patches(x)ᵀ.
  public static func convolutionWeightGradient(
    _ dy: Pointer, _ x: Pointer, into dw: MutablePointer, batch: Int, filters: Int,
    _ s: ConvolutionShape
  ) {
    if let winograd = winograd(s, batch: batch, channels: s.channels, filters: filters) {
      winograd.weightGradient(x, dy, into: dw, batch: batch)
      if isFinite(dw, filters * s.patch) { return }
    }
    let size = filters * s.groupPatch
    let tiles = PatchTiles(s, batch: batch, filters: filters)
    let partial = BufferPool.take(tiles.parts * size)
    fill(partial, 0, tiles.parts * size)
    tiles.each(zeroing: nil) { tile in
      let upstream = tile.isWhole ? dy + tile.outputStart : Pointer(tile.gather(dy))
      let columns = tile.patches(x)
      let row = tile.isWhole ? s.places : tile.places
      s.eachGroup(filters) { filter, count, patch in
        matrixProduct(
          upstream + filter * row, transposed: false,
          Pointer(columns.start + patch * columns.row), transposed: true,
          into: partial + tile.part * size + filter * s.groupPatch, m: count, n: s.groupPatch,
          k: tile.places, accumulating: true, aRow: row, bRow: columns.row,
          onThisThread: tile.isShared)
      }
      tile.give(columns)
      if !tile.isWhole {
        BufferPool.give(MutablePointer(mutating: upstream), filters * tile.places)
      }
    }
    copy(Pointer(partial), into: dw, size)
    for part in 1..<max(1, tiles.parts) {
      accumulate(Pointer(partial + part * size), into: dw, size)
    }
    BufferPool.give(partial, tiles.parts * size)
  }

  /// Winograd's method where it pays: kernels of 3 × 3, stride 1, enough channels for its small
  /// products and enough tiles for the transformation of the weights (docs/benchmarks.md).
  ///
  /// It adds and subtracts neighbours, which an infinite one or an overflow turns into NaN: the
  /// convolution is then done again by patches, whose sums know nothing of pixels that they do not
  /// meet.
  private static func winograd(
    _ s: ConvolutionShape, batch: Int, channels: Int, filters: Int, isBack: Bool = false
  ) -> Winograd? {
    guard s.kernel == 3, s.stride == 1, s.dilation == 1, s.groups == 1,
      min(channels, filters) >= 8, batch * s.places >= 256, s.output.width >= 4
    else { return nil }
    return isBack
      ? Winograd(
        channels: channels, filters: filters, image: s.output,
        padding: HeightAndWidth(2 - s.padding.height, 2 - s.padding.width))
      : Winograd(channels: channels, filters: filters, image: s.image, padding: s.padding)
  }
}

extension ConvolutionShape {
  /// Runs `body` for each group: its first filter, how many it has, and its first row in the matrix
  /// of patches.
  @inline(__always)
  fileprivate func eachGroup(_ filters: Int, _ body: (Int, Int, Int) -> Void) {
    let count = filters / groups
    for group in 0..<groups { body(group * count, count, group * groupPatch) }
  }
}
