import ReferenceReader
import Tensors
import Testing
import Training

@Suite struct PrincipalComponentsTests {
  private struct File: Decodable {
    struct Numbers: Decodable {
      let shape: [Int]
      let values: [Float]
      var tensor: Tensor { Tensor(values, shape: shape) }
    }
    struct Case: Decodable {
      let about: String
      let rows, mean, components, variances, shares, projected: Numbers
    }
    let pca: [Case]
  }

  /// Against PyTorch (`Tests/References/decompositions.py`): values at least 1/2 apart and below 8.5, so that a
  /// component is off by some 16 roundings of the largest, 8.5e-6, over 1/2.
  @Test func matchesPyTorch() throws {
    let file: File = try References.read("decompositions.json")
    #expect(file.pca.count == 4)
    for c in file.pca {
      let x = c.rows.tensor
      let pca = PrincipalComponents(x)
      #expect(pca.components.shape == c.components.shape, "\(c.about)")
      close(pca.mean, c.mean.tensor, 1e-6, c.about)
      close(Tensor(pca.variances), c.variances.tensor, 1e-5, c.about)
      close(Tensor(pca.shares), c.shares.tensor, 1e-5, c.about)
      let projected = pca.project(x)
      for i in pca.variances.indices {
        let wanted = c.components.tensor[i]
        let sign: Float = (pca.components[i] * wanted).sum().item < 0 ? -1 : 1
        close(sign * pca.components[i], wanted, 1.7e-5, c.about)
        // The projection adds up the deviations of a component times numbers of up to 8.5.
        close(
          sign * projected.transposed()[i], c.projected.tensor.transposed()[i], 8.5 * 1.7e-5,
          c.about)
      }
    }
  }

  @Test func sharesAddUpAndAllComponentsRestoreTheRows() {
    var generator = SeededGenerator(seed: 42)
    let x = Tensor.normal([30, 5], mean: 3, using: &generator)
    let pca = PrincipalComponents(x)
    #expect((pca.shares.reduce(0, +) - 1).magnitude < 1e-5)
    close(pca.restore(pca.project(x)), x, 1e-5, "all components")
    let two = PrincipalComponents(x, count: 2)
    #expect(two.components == pca.components[0..<2])
    #expect(two.shares == Array(pca.shares.prefix(2)))  // of the whole variance
    #expect(two.project(x).shape == [30, 2])
  }

  @Test func aLineHasOneComponent() {
    // Points on a line through (1, 2) along (3, 4)/5.
    let x = Tensor([[1, 2], [4, 6], [7, 10], [-2, -2]])
    let pca = PrincipalComponents(x)
    close(pca.components[0], Tensor([0.6, 0.8]), 1e-6, "direction")
    close(Tensor(pca.shares), Tensor([1, 0]), 1e-6, "shares")
    // Steps of 5 from the mean 2.5, 4: −2.5, 2.5, 7.5, −7.5; Σ squares / 3.
    #expect((pca.variances[0] - 125 / 3).magnitude < 1e-4)
  }

  private func close(_ a: Tensor, _ b: Tensor, _ tolerance: Float, _ about: String) {
    #expect(a.shape == b.shape, "\(about)")
    for (x, y) in zip(a.values, b.values) {
      #expect((x - y).magnitude <= tolerance * (1 + y.magnitude), "\(about)")
    }
  }
}
