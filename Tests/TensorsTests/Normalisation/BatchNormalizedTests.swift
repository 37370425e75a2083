import Tensors
import Testing

/// A channel of nearly equal numbers far from 0: rounding its mean to 32 bits alone would show in the third digit.
@Suite struct BatchNormalizedTests {
  private struct Case {
    let x: [Float]
    let epsilon: Float
    let y: [Float]
    let dx: [Float]
    let dGamma: Float
    let dxOfReLU: [Float]
  }

  // torch 2.15, batch_norm in double precision: γ = 1.5, β = 0.25, gradients of Σ i²·yᵢ, i = 1, 2, …
  private let cases = [
    Case(
      x: [99.917, 100.517, 99.922], epsilon: 1e-3, y: [-0.81723368, 2.35802137, -0.79078769],
      dx: [-21.0797136, -0.2189291, 21.2986427], dGamma: -1.33482494,
      dxOfReLU: [-0.0007795844, 0.176390612, -0.175611028]),
    Case(
      x: [1000.01, 1000.02, 1000.04, 1000.03], epsilon: 1e-5,
      y: [-1.68794412, -0.39466707, 2.1840012, 0.89860998],
      dx: [-192.503789, -236.875639, -452.186868, 881.566297], dGamma: 15.5114388,
      dxOfReLU: [-34.5485655, -550.380123, -416.084138, 1001.01283]),
    Case(
      x: [-5000.25, -5000.5, -5000.75], epsilon: 1e-5, y: [2.08689689, 0.25, -1.58689689],
      dx: [2.44214387, -4.89839171, 2.45624785], dGamma: -9.79678343,
      dxOfReLU: [-8.571304, 17.144371, -8.573067]),
  ]

  @Test func nearlyEqualNumbersFarFromZeroAreAsInDoublePrecision() {
    for c in cases {
      let n = c.x.count
      let weights = Tensor((1...n).map { Float($0 * $0) })
      // A matrix of one channel, and one image of it.
      for shape in [[n, 1], [1, 1, n]] {
        for relu in [false, true] {
          let x = Parameter(Tensor(c.x, shape: shape))
          let gamma = Parameter(Tensor([1.5]))
          let y = x.wrappedValue.batchNormalized(
            gamma: gamma.wrappedValue, beta: Tensor([0.25]), epsilon: c.epsilon, relu: relu
          ).output
          (y * weights.reshaped(shape)).sum().backward()
          let about = "\(c.x), \(shape), relu \(relu)"
          expectClose(y.values, relu ? c.y.map { max(0, $0) } : c.y, about)
          expectClose(x.grad.values, relu ? c.dxOfReLU : c.dx, "\(about), dx")
          if !relu { expectClose(gamma.grad.values, [c.dGamma], "\(about), dγ") }
        }
      }
    }
  }

  /// Within 4e-6 of the largest: ε and the statistics are rounded to 32 bits too, and dx is a difference.
  private func expectClose(_ a: [Float], _ b: [Float], _ about: String) {
    #expect(a.count == b.count, "\(about)")
    let scale = 1 + b.map(\.magnitude).max()!
    for (x, y) in zip(a, b) {
      #expect((x - y).magnitude <= 4e-6 * scale, "\(about): \(a), PyTorch has \(b)")
    }
  }
}
