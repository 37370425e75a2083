import DataPipeline
import ReferenceReader
import Tensors
import Testing

@testable import Training

@Suite struct AlternatingLeastSquaresTests {
  private struct File: Decodable {
    struct Numbers: Decodable {
      let shape: [Int]
      let values: [Double]
    }
    struct Case: Decodable {
      let about: String
      let users, items: [Int]
      let ratings, objectives: [Double]
      let penalty: Double
      let hasBias: Bool
      let start, userFactors, itemFactors, userBias, itemBias: Numbers
    }
    let als: [Case]
  }

  private func ratings(_ c: File.Case) -> Ratings {
    Ratings(
      users: c.users.map(String.init), items: c.items.map(String.init),
      values: c.ratings.map(Float.init))
  }

  /// Against numpy.linalg.lstsq (`Tests/References/factorisations.py`). Both work in double precision; the factors are
  /// read as Float32, which is off by 6e-8 of a number.
  @Test func threeSweepsMatchNumPy() throws {
    let file: File = try References.read("factorisations.json", in: References.committed)
    #expect(file.als.count == 3)
    for c in file.als {
      var model = AlternatingLeastSquares(
        ratings(c), penalty: c.penalty, hasBias: c.hasBias,
        itemFactors: Tensor(c.start.values.map(Float.init), shape: c.start.shape))
      #expect(c.objectives.count == 3, "\(c.about)")
      for wanted in c.objectives {
        model.sweep()
        #expect((model.objective - wanted).magnitude < 1e-9 * (1 + wanted), "\(c.about)")
      }
      for (found, wanted) in [
        (model.userFactors, c.userFactors), (model.itemFactors, c.itemFactors),
      ] {
        #expect(found.shape == wanted.shape, "\(c.about)")
        for (a, b) in zip(found.values, wanted.values) {
          #expect((Double(a) - b).magnitude < 1e-7 * (1 + b.magnitude), "\(c.about)")
        }
      }
      for (found, wanted) in [(model.userBias, c.userBias), (model.itemBias, c.itemBias)] {
        #expect(found.count == wanted.values.count, "\(c.about)")
        for (a, b) in zip(found, wanted.values) {
          #expect((a - b).magnitude < 1e-8 * (1 + b.magnitude), "\(c.about)")
        }
      }
    }
  }

  /// Each half minimises the sum over its side, so that no half can raise it.
  @Test func noHalfRaisesTheSum() {
    var generator = SeededGenerator(seed: 42)
    var model = AlternatingLeastSquares(
      random(users: 20, items: 15, &generator), factors: 3, penalty: 0.5, using: &generator)
    var last = Double.infinity
    for _ in 0..<10 {
      model.solveUsers()
      #expect(model.objective <= last * (1 + 1e-12))
      last = model.objective
      model.solveItems()
      #expect(model.objective <= last * (1 + 1e-12))
      last = model.objective
    }
  }

  /// Two thirds of the cells, so laid that each user is tied to the others by several films: a table that nearly falls
  /// into two halves converges slowly, whatever the program. The penalty of 1e-6 leaves errors of up to 2e-4 (a few
  /// lines of NumPy, three starts).
  @Test func aTableOfOneFactorIsFoundFromTwoThirdsOfItsCells() {
    let (u, v): ([Float], [Float]) = ([1, 2, -1, 0.5, 3, -2], [2, -1, 1, 1.5, -0.5])
    let cells = (0..<30).filter { ($0 / 5 + 2 * ($0 % 5)) % 3 != 0 }
    let known = Ratings(
      users: cells.map { "\($0 / 5 + 1)" }, items: cells.map { "\($0 % 5 + 1)" },
      values: cells.map { u[$0 / 5] * v[$0 % 5] })
    var generator = SeededGenerator(seed: 42)
    var model = AlternatingLeastSquares(
      known, factors: 1, penalty: 1e-6, hasBias: false, using: &generator)
    for _ in 0..<50 { model.sweep() }
    #expect(model.rmse(on: known) < 2e-4)
    // A cell without a rating: user 4, item 1.
    #expect((model.prediction(user: 4, item: 1) - 1).magnitude < 4e-4)
  }

  @Test func oneWithoutRatingsIsZero() {
    var generator = SeededGenerator(seed: 42)
    var model = AlternatingLeastSquares(
      random(users: 4, items: 4, &generator), factors: 2, penalty: 1, using: &generator)
    model.sweep()
    #expect(model.prediction(user: 0, item: 0) == 0)
  }

  @Test func choleskySolves() {
    // A = [[4, 2], [2, 5]], b = [2, -3]: w = [1, -1].
    #expect(solveCholesky([4, 0, 2, 5], [2, -3]) == [1, -1])
  }

  private func random(users: Int, items: Int, _ generator: inout SeededGenerator) -> Ratings {
    let cells = (0..<(users * items)).filter { _ in generator.uniform() < 0.5 }
    return Ratings(
      users: cells.map { "\($0 / items + 1)" }, items: cells.map { "\($0 % items + 1)" },
      values: cells.map { _ in generator.uniform() * 4 + 1 })
  }
}
