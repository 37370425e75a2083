import Kernels
import Testing

/// Every way that a convolution is computed, against plain sums in double precision.
@Suite struct ConvolutionTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var batch: Int
    var channels: Int
    var filters: Int
    var height: Int
    var width: Int
    var kernel: HeightAndWidth = 3
    var stride: HeightAndWidth = 1
    var padding: HeightAndWidth = 1
    var dilation: HeightAndWidth = 1
    var groups = 1

    var shape: ConvolutionShape {
      ConvolutionShape(
        channels: channels, groups: groups, image: HeightAndWidth(height, width), kernel: kernel,
        stride: stride, padding: padding, dilation: dilation)
    }
    var testDescription: String {
      "\(batch) images \(channels)×\(height)×\(width), \(filters) filters, kernel \(kernel), stride \(stride), padding \(padding), dilation \(dilation), \(groups) groups"
    }
  }

  static let cases = [
    // Winograd's form: whole and cut tiles, one image in several chunks, several images in one, each padding.
    Case(batch: 4, channels: 16, filters: 16, height: 8, width: 8),
    Case(batch: 3, channels: 17, filters: 33, height: 11, width: 13),
    Case(batch: 1, channels: 16, filters: 20, height: 40, width: 38),
    Case(batch: 2, channels: 64, filters: 32, height: 21, width: 35),
    Case(batch: 19, channels: 16, filters: 16, height: 4, width: 5),
    Case(batch: 2, channels: 16, filters: 18, height: 19, width: 16, padding: 0),
    Case(batch: 2, channels: 18, filters: 16, height: 15, width: 14, padding: 2),
    Case(batch: 2, channels: 16, filters: 16, height: 14, width: 15, padding: 3),
    // Patches: many images a tile, rows of one image, strides that do not divide, one pixel, few channels.
    Case(batch: 40, channels: 3, filters: 5, height: 7, width: 6, stride: 2),
    Case(
      batch: 2, channels: 3, filters: 4, height: 50, width: 41, kernel: 7, stride: 2, padding: 3),
    Case(batch: 3, channels: 8, filters: 12, height: 40, width: 23, stride: 3),
    Case(batch: 5, channels: 12, filters: 6, height: 9, width: 10, kernel: 1, padding: 0),
    Case(
      batch: 5, channels: 12, filters: 6, height: 9, width: 10, kernel: 1, stride: 2, padding: 0),
    Case(batch: 6, channels: 70, filters: 300, height: 2, width: 2),
    Case(batch: 1, channels: 1, filters: 1, height: 2, width: 1, kernel: 5, padding: 2),
    Case(batch: 2, channels: 2, filters: 3, height: 6, width: 40, kernel: 4, stride: 2, padding: 0),
    // Each axis its own: Winograd's form, patches, one pixel.
    Case(
      batch: 3, channels: 16, filters: 16, height: 13, width: 16, padding: HeightAndWidth(0, 2)),
    Case(
      batch: 2, channels: 3, filters: 4, height: 20, width: 31, kernel: HeightAndWidth(2, 5),
      stride: HeightAndWidth(3, 2), padding: HeightAndWidth(1, 0)),
    Case(
      batch: 2, channels: 9, filters: 8, height: 20, width: 31, stride: HeightAndWidth(1, 2),
      padding: HeightAndWidth(3, 1)),
    Case(
      batch: 2, channels: 9, filters: 8, height: 20, width: 9, kernel: HeightAndWidth(1, 7),
      padding: HeightAndWidth(0, 3)),
    Case(
      batch: 2, channels: 4, filters: 3, height: 8, width: 8, kernel: 1,
      stride: HeightAndWidth(2, 1), padding: 0),
    // Dilation, with strides that it divides and that it does not.
    Case(batch: 2, channels: 16, filters: 16, height: 17, width: 19, padding: 2, dilation: 2),
    Case(
      batch: 2, channels: 3, filters: 4, height: 24, width: 33, stride: 2, padding: 3,
      dilation: HeightAndWidth(3, 4)),
    Case(
      batch: 9, channels: 3, filters: 4, height: 12, width: 15, kernel: HeightAndWidth(4, 3),
      stride: HeightAndWidth(2, 3), padding: 2, dilation: HeightAndWidth(1, 2)),
    // Groups: several filters each, one, as many as channels.
    Case(batch: 2, channels: 16, filters: 32, height: 17, width: 19, groups: 2),
    Case(batch: 20, channels: 6, filters: 9, height: 7, width: 6, stride: 2, groups: 3),
    Case(batch: 3, channels: 12, filters: 12, height: 24, width: 23, groups: 12),
    Case(
      batch: 2, channels: 5, filters: 15, height: 9, width: 40, kernel: 5, padding: 2, groups: 5),
    Case(batch: 4, channels: 8, filters: 4, height: 9, width: 9, kernel: 1, padding: 0, groups: 4),
    Case(batch: 6, channels: 70, filters: 140, height: 2, width: 2, groups: 2),
    Case(
      batch: 2, channels: 6, filters: 4, height: 15, width: 14, stride: 2, padding: 2,
      dilation: 2, groups: 2),
  ]

  @Test(arguments: cases) func equalsPlainSums(_ c: Case) {
    let s = c.shape
    let places = s.output.height * s.output.width
    let x = numbers(c.batch * c.channels * c.height * c.width, seed: 1)
    let w = numbers(c.filters * s.groupPatch, seed: 2)
    let bias = numbers(c.filters, seed: 3)
    let dy = numbers(c.batch * c.filters * places, seed: 4)
    var y = [Float](repeating: .nan, count: dy.count)
    var dx = [Float](repeating: .nan, count: x.count)
    var dw = [Float](repeating: .nan, count: w.count)
    Kernels.convolution(x, w, bias: bias, into: &y, batch: c.batch, filters: c.filters, s)
    Kernels.convolutionInputGradient(dy, w, into: &dx, batch: c.batch, filters: c.filters, s)
    Kernels.convolutionWeightGradient(dy, x, into: &dw, batch: c.batch, filters: c.filters, s)

    var wantedY = (0..<dy.count).map { Double(bias[$0 / places % c.filters]) }
    var wantedX = [Double](repeating: 0, count: x.count)
    var wantedW = [Double](repeating: 0, count: w.count)
    eachProduct(c) { xAt, wAt, yAt in
      wantedY[yAt] += Double(x[xAt]) * Double(w[wAt])
      wantedX[xAt] += Double(dy[yAt]) * Double(w[wAt])
      wantedW[wAt] += Double(dy[yAt]) * Double(x[xAt])
    }
    // Each of n additions rounds a sum of size √n: together 6e-8·n. Winograd's form adds and subtracts numbers
    // of twice the size first. Five times that.
    func band(_ n: Int) -> Double { 5 * 2 * 6e-8 * Double(n) + 1e-6 }
    #expect(largestGap(y, wantedY) < band(s.groupPatch), "output")
    #expect(
      largestGap(dx, wantedX) < band(c.filters / c.groups * c.kernel.height * c.kernel.width),
      "gradient of x")
    #expect(largestGap(dw, wantedW) < band(c.batch * places), "gradient of w")
  }

  private func eachProduct(_ c: Case, _ body: (Int, Int, Int) -> Void) {
    let s = c.shape
    for n in 0..<c.batch {
      for f in 0..<c.filters {
        for oy in 0..<s.output.height {
          for ox in 0..<s.output.width {
            let y = ((n * c.filters + f) * s.output.height + oy) * s.output.width + ox
            let group = f / (c.filters / c.groups)
            let inGroup = c.channels / c.groups
            for channel in 0..<inGroup {
              for ky in 0..<c.kernel.height {
                for kx in 0..<c.kernel.width {
                  let iy = oy * c.stride.height + ky * c.dilation.height - c.padding.height
                  let ix = ox * c.stride.width + kx * c.dilation.width - c.padding.width
                  guard iy >= 0, iy < c.height, ix >= 0, ix < c.width else { continue }
                  body(
                    ((n * c.channels + group * inGroup + channel) * c.height + iy) * c.width + ix,
                    ((f * inGroup + channel) * c.kernel.height + ky) * c.kernel.width + kx, y)
                }
              }
            }
          }
        }
      }
    }
  }

  private func largestGap(_ a: [Float], _ b: [Double]) -> Double {
    zip(a, b).map { ($0.isNaN ? .infinity : abs(Double($0) - $1)) / (1 + abs($1)) }.max() ?? 0
  }

  /// Evenly spread over −1…1.
  private func numbers(_ count: Int, seed: UInt32) -> [Float] {
    var state = seed &* 2_654_435_761 | 1
    return (0..<count).map { _ in
      state ^= state << 13
      state ^= state >> 17
      state ^= state << 5
      return Float(state >> 8) * 0x1p-23 - 1
    }
  }
}
