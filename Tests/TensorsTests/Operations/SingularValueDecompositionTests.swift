import ReferenceReader
import Tensors
import Testing

/// Against PyTorch in double precision (`Tests/References/decompositions.py`), up to the sign of each vector.
@Suite struct SingularValueDecompositionTests {
  private struct File: Decodable {
    struct Numbers: Decodable {
      let shape: [Int]
      let values: [Float]
      var tensor: Tensor { Tensor(values, shape: shape) }
    }
    struct Case: Decodable {
      let about: String
      let matrix, s: Numbers
      let u, vt: Numbers?
      let vectors: Bool
    }
    let svd: [Case]
  }

  // LAPACK's values are those of a matrix that is off by a few roundings of the largest value: 1e-6·s₁ is about
  // sixteen of them. A vector is then off by that over the distance to the next value, which is at least
  // 1/2 here and s₁ below 6.5: 1.3e-5 at worst.
  @Test func matchesPyTorch() throws {
    let file: File = try References.read("decompositions.json")
    #expect(file.svd.count == 11)
    for c in file.svd {
      let a = c.matrix.tensor
      let svd = SingularValueDecomposition(a)
      let largest = c.s.values[0]
      #expect(svd.s.shape == c.s.shape, "\(c.about)")
      for (s, wanted) in zip(svd.s.values, c.s.values) {
        #expect((s - wanted).magnitude <= 1e-6 * largest, "\(c.about)")
      }
      let product = matmul(svd.u * svd.s, svd.vt)
      #expect(product.shape == a.shape)
      #expect(deviation(product, a) <= 2e-6 * largest, "\(c.about)")
      let k = svd.s.count
      let eye = Tensor.oneHot(Array(0..<k), classes: k)
      #expect(deviation(matmul(svd.u.transposed(), svd.u), eye) < 2e-6, "\(c.about)")
      #expect(deviation(matmul(svd.vt, svd.vt.transposed()), eye) < 2e-6, "\(c.about)")
      guard c.vectors, let u = c.u?.tensor, let vt = c.vt?.tensor else { continue }
      for i in 0..<k {
        let sign: Float = (svd.vt[i] * vt[i]).sum().item < 0 ? -1 : 1
        #expect(deviation(sign * svd.vt[i], vt[i]) < 1.3e-5, "\(c.about)")
        #expect(
          deviation(sign * svd.u.transposed()[i], u.transposed()[i]) < 1.3e-5, "\(c.about)")
      }
    }
  }

  @Test func theMatrixStaysAsItWas() {
    let a = Tensor([[1, 2], [3, 4]])
    _ = SingularValueDecomposition(a)
    #expect(a.values == [1, 2, 3, 4])
  }

  @Test func aLargeMatrixComesBack() {
    var generator = SeededGenerator(seed: 42)
    let a = Tensor.normal([300, 200], using: &generator)
    let svd = SingularValueDecomposition(a)
    // s₁ is about √300 + √200 = 31; a few dozen roundings of it.
    #expect(deviation(matmul(svd.u * svd.s, svd.vt), a) < 1e-4)
    #expect(zip(svd.s.values, svd.s.values.dropFirst()).allSatisfy { $0 >= $1 })
  }

  @Test func whatIsNoMatrixOrNotFiniteStopsTheCall() async {
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SingularValueDecomposition(.ones([2, 3, 4]))
    }
    let first = String(decoding: shape?.standardErrorContent ?? [], as: UTF8.self)
    #expect(first.contains("SingularValueDecomposition expects a matrix, got shape [2, 3, 4]"))
    let nan = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SingularValueDecomposition(Tensor([[1, .nan]]))
    }
    let second = String(decoding: nan?.standardErrorContent ?? [], as: UTF8.self)
    #expect(second.contains("SingularValueDecomposition expects finite numbers"))
  }

  private func deviation(_ a: Tensor, _ b: Tensor) -> Float {
    zip(a.values, b.values).map { ($0 - $1).magnitude }.max() ?? .infinity
  }
}
