/// The lengths of a two-dimensional convolution.
public struct ConvolutionShape {
  public let channels: Int
  public let height: Int
  public let width: Int
  public let kernelHeight: Int
  public let kernelWidth: Int
  public let stride: Int
  public let padding: Int
  public let outHeight: Int
  public let outWidth: Int

  public init(
    channels: Int, height: Int, width: Int, kernelHeight: Int, kernelWidth: Int, stride: Int,
    padding: Int
  ) {
    self.channels = channels
    self.height = height
    self.width = width
    self.kernelHeight = kernelHeight
    self.kernelWidth = kernelWidth
    self.stride = stride
    self.padding = padding
    outHeight = (height + 2 * padding - kernelHeight) / stride + 1
    outWidth = (width + 2 * padding - kernelWidth) / stride + 1
  }

  var inputSize: Int { channels * height * width }
  /// A kernel of one pixel and stride 1: the patches are the image.
  var isPointwise: Bool { kernelHeight == 1 && kernelWidth == 1 && stride == 1 && padding == 0 }

  /// Rows of the matrix of patches: one for each weight of a filter.
  public var patch: Int { channels * kernelHeight * kernelWidth }
  /// Its columns: one for each place of the output.
  public var places: Int { outHeight * outWidth }
}

extension Kernels {
  /// y ← the convolution of x `[batch, channels, height, width]` with w (+ a bias for each filter).
  public static func convolution(
    _ x: Pointer, _ w: Pointer, bias: Pointer?, into y: MutablePointer, batch: Int, filters: Int,
    _ s: ConvolutionShape
  ) {
    if let winograd = winograd(s, batch: batch, channels: s.channels, filters: filters) {
      winograd.convolve(x, w, bias: bias, flipped: false, into: y, batch: batch)
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
      matrixProduct(
        w, transposed: false, Pointer(columns.start), transposed: false, into: target, m: filters,
        n: tile.places, k: s.patch, accumulating: bias != nil, bRow: columns.row,
        cRow: tile.isWhole ? s.places : tile.places, onThisThread: tile.isShared)
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
    if s.padding <= 2,
      let winograd = winograd(s, batch: batch, channels: filters, filters: s.channels, isBack: true)
    {
      winograd.convolve(dy, w, bias: nil, flipped: true, into: dx, batch: batch)
      return
    }
    PatchTiles(s, batch: batch, filters: filters).each(zeroing: s.isPointwise ? nil : dx) { tile in
      let upstream = tile.isWhole ? dy + tile.outputStart : Pointer(tile.gather(dy))
      let columns = tile.room(in: dx)
      matrixProduct(
        w, transposed: true, upstream, transposed: false, into: columns.start, m: s.patch,
        n: tile.places, k: filters, bRow: tile.isWhole ? s.places : tile.places, cRow: columns.row,
        onThisThread: tile.isShared)
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
      return
    }
    let size = filters * s.patch
    let tiles = PatchTiles(s, batch: batch, filters: filters)
    let partial = BufferPool.take(tiles.parts * size)
    fill(partial, 0, tiles.parts * size)
    tiles.each(zeroing: nil) { tile in
      let upstream = tile.isWhole ? dy + tile.outputStart : Pointer(tile.gather(dy))
      let columns = tile.patches(x)
      matrixProduct(
        upstream, transposed: false, Pointer(columns.start), transposed: true,
        into: partial + tile.part * size, m: filters, n: s.patch, k: tile.places,
        accumulating: true, aRow: tile.isWhole ? s.places : tile.places, bRow: columns.row,
        onThisThread: tile.isShared)
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

  /// Winograd's method where it pays: kernels of 3 × 3, stride 1, enough channels for its small products
  /// and enough tiles for the transformation of the weights (docs/benchmarks.md).
  private static func winograd(
    _ s: ConvolutionShape, batch: Int, channels: Int, filters: Int, isBack: Bool = false
  ) -> Winograd? {
    guard s.kernelHeight == 3, s.kernelWidth == 3, s.stride == 1, min(channels, filters) >= 8,
      batch * s.places >= 256, s.outWidth >= 4
    else { return nil }
    return isBack
      ? Winograd(
        channels: channels, filters: filters, height: s.outHeight, width: s.outWidth,
        padding: 2 - s.padding)
      : Winograd(
        channels: channels, filters: filters, height: s.height, width: s.width, padding: s.padding)
  }
}
