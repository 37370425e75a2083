import ReferenceReader
import Tensors
import Testing
import Training

@Suite struct CanonicalCorrelationTests {
  private struct File: Decodable {
    struct Numbers: Decodable {
      let shape: [Int]
      let values: [Float]
      var tensor: Tensor { Tensor(values, shape: shape) }
    }
    struct Case: Decodable {
      let about: String
      let x, y, correlations: Numbers
    }
    let canonical: [Case]
  }

  /// Against NumPy (`Tests/References/factorisations.py`): bases of numbers below 1 with a few roundings of 6e-8 each,
  /// and the tables' condition numbers stay below 10.
  @Test func matchesNumPy() throws {
    let file: File = try References.read("factorisations.json", in: References.committed)
    #expect(file.canonical.count == 4)
    for c in file.canonical {
      let found = canonicalCorrelations(c.x.tensor, c.y.tensor)
      #expect(found.count == c.correlations.values.count, "\(c.about)")
      for (a, b) in zip(found, c.correlations.values) {
        #expect((a - b).magnitude < 5e-6, "\(c.about): \(a), not \(b)")
      }
    }
  }

  @Test func turningStretchingAndMovingChangeNothing() {
    var generator = SeededGenerator(seed: 42)
    let x = Tensor.normal([40, 3], using: &generator)
    let y =
      matmul(x, Tensor([[1, 2], [0, 1], [3, -1]])) + Tensor.normal([40, 2], using: &generator)
    let turned = matmul(x, Tensor([[0, 2, 0], [-1, 0, 0.5], [0, 0, 3]])) + 7
    let (plain, moved) = (canonicalCorrelations(x, y), canonicalCorrelations(turned, y))
    #expect(plain.count == 2 && moved.count == 2)
    for (a, b) in zip(plain, moved) {
      #expect((a - b).magnitude < 5e-6)
    }
  }

  /// A copy of a column adds nothing, and a constant column has no correlation with anything.
  @Test func columnsThatFollowFromOthersCountOnce() {
    var generator = SeededGenerator(seed: 42)
    let x = Tensor.normal([25, 2], using: &generator)
    let doubled = concatenate([x, x.sliced(axis: 1, 0..<1) * 2], axis: 1)
    #expect(columnBasis(doubled).shape == [25, 2])
    let found = canonicalCorrelations(doubled, doubled)
    #expect(found.count == 3 && (found[0] - 1).magnitude < 1e-6 && found[2] == 0)
    #expect(canonicalCorrelations(Tensor.ones([25, 1]), x) == [0])
  }

  /// The square follows Beta(5/2, 22): mean 5/49, and a standard error of 0.0030 over 400 draws; four of them.
  @Test func chanceGivesAsMuchAsTheFormulaSays() {
    var generator = SeededGenerator(seed: 42)
    let squares = (0..<400).map { _ -> Float in
      let x = Tensor.normal([50, 5], using: &generator)
      let y = Tensor.normal([50, 1], using: &generator)
      let r = canonicalCorrelations(x, y)[0]
      return r * r
    }
    let mean = squares.reduce(0, +) / 400
    #expect((mean - 5 / 49).magnitude < 4 * 0.003)
  }
}
