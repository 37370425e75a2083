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
    let end = plane + s.height * s.width
    eachLine(image) { source, target, count in
      let from = plane + source
      if s.stride == 1 {
        Kernels.copy(from, into: target, count)
        return
      }
      var k = 0
      if s.stride == 2 {
        // Whole lanes while the image has so many numbers left; the zeros behind the last stay zeros.
        while k < count && from + 2 * k + 32 <= end {
          let (a, b) = (load(from, 2 * k), load(from, 2 * k + 16))
          store(unrolled_even(a, b).first(count - k), target, k)
          k += 16
        }
      }
      while k < count {
        target[k] = from[k * s.stride]
        k += 1
      }
    }
  }

  /// Adds what has gathered here to a channel of an image.
  func add(to plane: MutablePointer, _ image: Int) {
    eachLine(image) { source, target, count in
      let into = plane + source
      if s.stride == 1 {
        for k in 0..<count { into[k] += target[k] }
      } else {
        for k in 0..<count { into[k * s.stride] += target[k] }
      }
    }
  }

  /// For each phase and each row inside the image: where the phase's numbers start in the image and here,
  /// and how many there are.
  @inline(__always)
  private func eachLine(_ image: Int, _ body: (Int, MutablePointer, Int) -> Void) {
    let top = rows.lowerBound * s.stride - s.padding
    let inside = max(0, -top)..<max(0, -top, min(height, s.height - top))
    for phase in 0..<s.stride {
      // Column x stands at (x + padding) / stride of phase (x + padding) mod stride.
      let first = (phase - s.padding % s.stride + s.stride) % s.stride
      guard first < s.width else { continue }
      let count = (s.width - first + s.stride - 1) / s.stride
      let start =
        start + (image * s.stride + phase) * height * width + (first + s.padding) / s.stride
      for r in inside { body((top + r) * s.width + first, start + r * width, count) }
    }
  }
}
