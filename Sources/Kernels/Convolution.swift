/// The lengths of a two-dimensional convolution of one image.
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

  /// Rows of the matrix of patches: one for each weight of a filter.
  public var patch: Int { channels * kernelHeight * kernelWidth }
  /// Its columns: one for each place of the output.
  public var places: Int { outHeight * outWidth }

  /// The outputs whose tap at `offset` lies inside an axis of `length`.
  @inline(__always)
  func inside(_ offset: Int, length: Int, out: Int) -> Range<Int> {
    // 0 <= i·stride + offset − padding < length
    let first = max(0, (padding - offset + stride - 1) / stride)
    let last = min(out, (length - 1 + padding - offset) / stride + 1)
    return length - 1 + padding - offset < 0 || first >= last ? 0..<0 : first..<last
  }
}

extension Kernels {
  /// Writes the patches that a filter meets as columns: `[channels·kh·kw, outHeight·outWidth]`.
  public static func patches(
    _ x: Pointer, into columns: MutablePointer, _ s: ConvolutionShape
  ) {
    var row = columns
    for c in 0..<s.channels {
      let plane = x + c * s.height * s.width
      for ky in 0..<s.kernelHeight {
        let ys = s.inside(ky, length: s.height, out: s.outHeight)
        for kx in 0..<s.kernelWidth {
          let xs = s.inside(kx, length: s.width, out: s.outWidth)
          for oy in 0..<s.outHeight {
            let target = row + oy * s.outWidth
            guard ys.contains(oy), !xs.isEmpty else {
              fill(target, 0, s.outWidth)
              continue
            }
            let source = plane + (oy * s.stride + ky - s.padding) * s.width + kx - s.padding
            for ox in 0..<xs.lowerBound { target[ox] = 0 }
            if s.stride == 1 {
              for ox in xs { target[ox] = source[ox] }
            } else {
              for ox in xs { target[ox] = source[ox * s.stride] }
            }
            for ox in xs.upperBound..<s.outWidth { target[ox] = 0 }
          }
          row += s.places
        }
      }
    }
  }

  /// The reverse: adds each number of the columns to the pixel that it came from.
  public static func accumulatePatches(
    _ columns: Pointer, into x: MutablePointer, _ s: ConvolutionShape
  ) {
    var row = columns
    for c in 0..<s.channels {
      let plane = x + c * s.height * s.width
      for ky in 0..<s.kernelHeight {
        let ys = s.inside(ky, length: s.height, out: s.outHeight)
        for kx in 0..<s.kernelWidth {
          let xs = s.inside(kx, length: s.width, out: s.outWidth)
          for oy in ys {
            let source = row + oy * s.outWidth
            let target = plane + (oy * s.stride + ky - s.padding) * s.width + kx - s.padding
            if s.stride == 1 {
              for ox in xs { target[ox] += source[ox] }
            } else {
              for ox in xs { target[ox * s.stride] += source[ox] }
            }
          }
          row += s.places
        }
      }
    }
  }
}
