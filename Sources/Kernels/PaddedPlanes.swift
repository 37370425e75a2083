import CLanes

/// One channel of some images with zeros around, its columns sorted by their place modulo the stride, so that the
/// numbers a tap of the kernel meets along a row lie side by side.
struct PaddedPlanes {
  private let s: ConvolutionShape
  private let images: Int
  private let rows: Range<Int>
  private let start: MutablePointer
  /// Numbers of a row of one of `stride` phases, with room for whole lanes.
  private let width: Int
  /// Input rows that the output rows reach.
  private let height: Int
  private var size: Int { images * s.stride.width * height * width }

  /// For `rows` of the output; zeros everywhere.
  init(_ s: ConvolutionShape, images: Int, rows: Range<Int>) {
    self.s = s
    self.images = images
    self.rows = rows
    width = (s.image.width + 2 * s.padding.width) / s.stride.width + 1 + 16
    height = (rows.count - 1) * s.stride.height + (s.kernel.height - 1) * s.dilation.height + 1
    start = BufferPool.take(images * s.stride.width * height * width)
    clear()
  }

  func clear() { Kernels.fill(start, 0, size) }
  func give() { BufferPool.give(start, size) }

  /// Where the numbers of tap (ky, kx) for the first output row of an image begin.
  @inline(__always)
  func firstLine(_ image: Int, ky: Int, kx: Int) -> MutablePointer {
    let (row, column, step) = (ky * s.dilation.height, kx * s.dilation.width, s.stride.width)
    return start + ((image * step + column % step) * height + row) * width + column / step
  }

  /// From there to the next output row.
  var rowStep: Int { s.stride.height * width }

  /// Takes in a channel of an image.
  func read(_ plane: Pointer, _ image: Int) {
    let end = plane + s.image.height * s.image.width
    eachLine(image) { source, target, count in
      let from = plane + source
      if s.stride.width == 1 {
        Kernels.copy(from, into: target, count)
        return
      }
      var k = 0
      if s.stride.width == 2 {
        // Whole lanes while the image has so many numbers left; the zeros behind the last stay zeros.
        while k < count && from + 2 * k + 32 <= end {
          let (a, b) = (load(from, 2 * k), load(from, 2 * k + 16))
          store(unrolled_even(a, b).first(count - k), target, k)
          k += 16
        }
      }
      while k < count {
        target[k] = from[k * s.stride.width]
        k += 1
      }
    }
  }

  /// Adds what has gathered here to a channel of an image.
  func add(to plane: MutablePointer, _ image: Int) {
    eachLine(image) { source, target, count in
      let into = plane + source
      if s.stride.width == 1 {
        for k in 0..<count { into[k] += target[k] }
      } else {
        for k in 0..<count { into[k * s.stride.width] += target[k] }
      }
    }
  }

  /// For each phase and each row inside the image: where the phase's numbers start in the image and here,
  /// and how many there are.
  @inline(__always)
  private func eachLine(_ image: Int, _ body: (Int, MutablePointer, Int) -> Void) {
    let (step, padding) = (s.stride.width, s.padding.width)
    let top = rows.lowerBound * s.stride.height - s.padding.height
    let inside = max(0, -top)..<max(0, -top, min(height, s.image.height - top))
    for phase in 0..<step {
      // Column x stands at (x + padding) / stride of phase (x + padding) mod stride.
      let first = (phase - padding % step + step) % step
      guard first < s.image.width else { continue }
      let count = (s.image.width - first + step - 1) / step
      let start = start + (image * step + phase) * height * width + (first + padding) / step
      for r in inside { body((top + r) * s.image.width + first, start + r * width, count) }
    }
  }
}
