/// A batch of images cut into tiles of about 512 output places, whose patches stay in the second cache: several
/// small images, or some rows of a large one (Chellapilla et al. 2006 unroll the whole image).
struct PatchTiles {
  let s: ConvolutionShape
  let batch: Int
  let filters: Int
  /// Images of a tile, and if it is one, output rows.
  private let images: Int
  private let rows: Int
  /// Threads that work on tiles side by side; with one, the products inside a tile may use several.
  let parts: Int

  init(_ s: ConvolutionShape, batch: Int, filters: Int) {
    self.s = s
    self.batch = batch
    self.filters = filters
    let weights = s.groupPatch * filters
    let isSmall = batch * s.places * s.patch <= 1 << 20 && s.places < 512
    if s.isPointwise {
      images = 1
      rows = s.output.height
    } else if isSmall && weights > batch * s.places * 256 {
      // The weights outweigh the images: one tile, its products split by filters.
      images = batch
      rows = s.output.height
    } else {
      let share = (batch + Parallel.threads - 1) / Parallel.threads  // so that each thread has some
      images = max(1, min(share, 512 / max(1, s.places)))
      rows =
        images > 1 ? s.output.height : max(1, min(s.output.height, 512 / max(1, s.output.width)))
    }
    parts = Parallel.parts((batch + images - 1) / images, work: batch * s.places * weights)
  }

  /// Runs `body` for each tile, after setting the images of `zeroed` to 0.
  func each(zeroing zeroed: MutablePointer?, _ body: (PatchTile) -> Void) {
    let chunks = (batch + images - 1) / images
    Parallel.run(parts) { part in
      for chunk in Parallel.range(part, of: parts, chunks) {
        let first = chunk * images
        let count = min(images, batch - first)
        if let zeroed { Kernels.fill(zeroed + first * s.inputSize, 0, count * s.inputSize) }
        var row = 0
        while row < s.output.height {
          let end = min(row + rows, s.output.height)
          body(
            PatchTile(
              s: s, filters: filters, part: part, isShared: parts > 1, image: first, count: count,
              rows: row..<end))
          row = end
        }
      }
    }
  }
}

/// Some images, or some output rows of one.
struct PatchTile {
  let s: ConvolutionShape
  let filters: Int
  let part: Int
  /// Whether other threads work on other tiles meanwhile.
  let isShared: Bool
  let image: Int
  let count: Int
  let rows: Range<Int>

  /// Output places in the tile.
  var places: Int { count * rows.count * s.output.width }
  /// True if its outputs lie in one image, so that a product can write them where they belong.
  var isWhole: Bool { count == 1 }
  var outputStart: Int { image * filters * s.places + rows.lowerBound * s.output.width }

  /// A matrix of patches `[patch, places]`, or the image itself where the kernel is one pixel.
  struct Columns {
    let start: MutablePointer
    let row: Int
    let isOwned: Bool
  }

  /// The patches that a filter meets, as columns.
  func patches(_ x: Pointer) -> Columns {
    if s.isPointwise { return imageItself(MutablePointer(mutating: x)) }
    let columns = room()
    let planes = PaddedPlanes(s, images: count, rows: rows)
    var target = columns.start
    for c in 0..<s.channels {
      for i in 0..<count { planes.read(plane(of: x, c, i), i) }
      eachLine(planes) { line in
        // Whole lanes: what runs over is overwritten by the next line.
        var j = 0
        while j < s.output.width {
          store(load(line, j), target, j)
          j += 16
        }
        target += s.output.width
      }
    }
    planes.give()
    return columns
  }

  /// The reverse: adds each number of the columns to the pixel that it came from.
  func accumulate(_ columns: Columns, into x: MutablePointer) {
    if !columns.isOwned { return }
    let planes = PaddedPlanes(s, images: count, rows: rows)
    var source = columns.start
    for c in 0..<s.channels {
      if c > 0 { planes.clear() }
      eachLine(planes) { line in
        var j = 0
        while j < s.output.width {
          let more = load(source, j).first(s.output.width - j)
          store(load(line, j) + more, line, j)
          j += 16
        }
        source += s.output.width
      }
      for i in 0..<count {
        planes.add(to: MutablePointer(mutating: plane(of: Pointer(x), c, i)), i)
      }
    }
    planes.give()
  }

  /// The lines of one channel in the order of the columns: tap by tap, then image by image, row by row.
  @inline(__always)
  private func eachLine(_ planes: PaddedPlanes, _ body: (MutablePointer) -> Void) {
    for ky in 0..<s.kernel.height {
      for kx in 0..<s.kernel.width {
        for i in 0..<count {
          var line = planes.firstLine(i, ky: ky, kx: kx)
          for _ in rows {
            body(line)
            line += planes.rowStep
          }
        }
      }
    }
  }

  private func plane(of x: Pointer, _ channel: Int, _ i: Int) -> Pointer {
    x + ((image + i) * s.channels + channel) * s.image.height * s.image.width
  }

  /// Room for the columns of gradients: the image itself where the kernel is one pixel.
  func room(in x: MutablePointer) -> Columns { s.isPointwise ? imageItself(x) : room() }

  func give(_ columns: Columns) {
    if columns.isOwned { BufferPool.give(columns.start, s.patch * places + 16) }
  }

  private func room() -> Columns {
    Columns(start: BufferPool.take(s.patch * places + 16), row: places, isOwned: true)
  }

  private func imageItself(_ x: MutablePointer) -> Columns {
    Columns(
      start: x + image * s.inputSize + rows.lowerBound * s.output.width, row: s.places,
      isOwned: false)
  }

  /// The outputs of several images as one matrix `[filters, places]`, in a buffer from the pool.
  func gather(_ y: Pointer) -> MutablePointer {
    let joined = BufferPool.take(filters * places)
    for f in 0..<filters {
      for i in 0..<count {
        Kernels.copy(
          y + ((image + i) * filters + f) * s.places, into: joined + f * places + i * s.places,
          s.places)
      }
    }
    return joined
  }

  /// The reverse of `gather`.
  func scatter(_ joined: Pointer, into y: MutablePointer) {
    for f in 0..<filters {
      for i in 0..<count {
        Kernels.copy(
          joined + f * places + i * s.places, into: y + ((image + i) * filters + f) * s.places,
          s.places)
      }
    }
  }
}
