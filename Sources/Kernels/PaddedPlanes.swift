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
  private var size: Int { images * s.stride * height * width }

  /// For `rows` of the output; zeros everywhere.
  init(_ s: ConvolutionShape, images: Int, rows: Range<Int>) {
    self.s = s
    self.images = images
    self.rows = rows
    width = (s.width + 2 * s.padding) / s.stride + 1 + 16
    height = (rows.count - 1) * s.stride + s.kernelHeight
    start = BufferPool.take(images * s.stride * height * width)
    clear()
  }

  func clear() { Kernels.fill(start, 0, size) }
  func give() { BufferPool.give(start, size) }

  /// Where the numbers of tap (ky, kx) for the first output row of an image begin.
  @inline(__always)
  func firstLine(_ image: Int, ky: Int, kx: Int) -> MutablePointer {
    start + ((image * s.stride + kx % s.stride) * height + ky) * width + kx / s.stride
  }

  /// From there to the next output row.
  var rowStep: Int { s.stride * width }

  /// Takes in a channel of an image.
  func read(_ plane: Pointer, _ image: Int) {
    eachRow(image) { source, target, first, step, count in
      let from = plane + source + first
      if step == 1 {
        Kernels.copy(from, into: target, count)
      } else if step == 2 {
        for k in 0..<count { target[k] = from[2 * k] }
      } else {
        for k in 0..<count { target[k] = from[k * step] }
      }
    }
  }

  /// Adds what has gathered here to a channel of an image.
  func add(to plane: MutablePointer, _ image: Int) {
    eachRow(image) { source, target, first, step, count in
      let into = plane + source + first
      if step == 1 {
        for k in 0..<count { into[k] += target[k] }
      } else {
        for k in 0..<count { into[k * step] += target[k] }
      }
    }
  }

  /// For each row inside the image and each phase: where the row starts in the image, where here, the first
  /// column of the phase, the step to the next, and how many.
  @inline(__always)
  private func eachRow(_ image: Int, _ body: (Int, MutablePointer, Int, Int, Int) -> Void) {
    let top = rows.lowerBound * s.stride - s.padding
    for r in max(0, -top)..<max(0, -top, min(height, s.height - top)) {
      for phase in 0..<s.stride {
        // Column x stands at (x + padding) / stride of phase (x + padding) mod stride.
        let first = (phase - s.padding % s.stride + s.stride) % s.stride
        guard first < s.width else { continue }
        let line = start + ((image * s.stride + phase) * height + r) * width
        body(
          (top + r) * s.width, line + (first + s.padding) / s.stride, first, s.stride,
          (s.width - first + s.stride - 1) / s.stride)
      }
    }
  }
}
