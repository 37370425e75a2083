import DataPipeline
import Tensors
import Training

extension Table {
  mutating func decompositions() {
    of("SingularValueDecomposition.init(Tensor)")
    stops { SingularValueDecomposition(vector) }
    stops { SingularValueDecomposition(scalar) }
    stops { SingularValueDecomposition(pictures) }
    stops { SingularValueDecomposition(.zeros([0, 3])) }
    stops { SingularValueDecomposition(Tensor([[.nan, 1], [1, 1]])) }
    stops { SingularValueDecomposition(Tensor([[.infinity, 1], [1, 1]])) }
    let table = { Tensor([[1, 2, 3], [3, 1, 2], [2, 3, 1], [0, 1, 5]]) }
    of("PrincipalComponents.init(Tensor, count: Int?)")
    for count in [0, -1, 4, huge] {
      stops("components") { PrincipalComponents(table(), count: count) }
    }
    stops { PrincipalComponents(vector) }
    stops { PrincipalComponents(.ones([1, 3])) }
    stops(anyWord) { PrincipalComponents(.ones([3, 0])) }
    stops(anyWord) { PrincipalComponents(table() * .nan) }
    of("PrincipalComponents.project(Tensor)")
    stops { PrincipalComponents(table()).project(.ones([2, 4])) }
    stops { PrincipalComponents(table()).project(.ones([2, 1])) }
    stops { PrincipalComponents(table()).project(vector) }
    stops { PrincipalComponents(table()).project(scalar) }
    of("PrincipalComponents.restore(Tensor)")
    stops { PrincipalComponents(table(), count: 2).restore(matrix) }
    stops { PrincipalComponents(table(), count: 2).restore(scalar) }
    of("canonicalCorrelations(Tensor, Tensor)")
    stops { canonicalCorrelations(matrix, table()) }
    stops { canonicalCorrelations(vector, vector) }
    stops { canonicalCorrelations(.ones([1, 3]), .ones([1, 3])) }
    stops(anyWord) { canonicalCorrelations(.ones([4, 0]), table()) }
    stops(anyWord) { canonicalCorrelations(table() * .nan, table()) }
    of("columnBasis(Tensor)")
    stops { columnBasis(vector) }
    stops { columnBasis(scalar) }
    stops { columnBasis(.zeros([0, 3])) }
    stops { columnBasis(.zeros([3, 0])) }

    of("AlternatingLeastSquares.init(Ratings, factors: Int, penalty: Double, hasBias: Bool)")
    for penalty in [0, -1, Double.nan, .infinity] {
      stops {
        AlternatingLeastSquares(ratings, factors: 2, penalty: penalty, using: &generator)
      }
    }
    for factors in [0, -1, huge] {
      stops {
        AlternatingLeastSquares(ratings, factors: factors, penalty: 1, using: &generator)
      }
    }
    stops("Ratings") {
      AlternatingLeastSquares(
        Ratings(users: ["a"], items: ["x"], values: [.nan]), factors: 2, penalty: 1,
        using: &generator)
    }
    of("AlternatingLeastSquares.init(Ratings, penalty: Double, hasBias: Bool, itemFactors: Tensor)")
    for penalty in [0, -1, Double.nan] {
      stops {
        AlternatingLeastSquares(ratings, penalty: penalty, itemFactors: .ones([3, 2]))
      }
    }
    for shape in [[], [3], [2, 2], [3, 0]] {
      stops { AlternatingLeastSquares(ratings, penalty: 1, itemFactors: .ones(shape)) }
    }
    stops { AlternatingLeastSquares(ratings, penalty: 1, itemFactors: .ones([3, 2]) * .nan) }
    let model = {
      AlternatingLeastSquares(ratings, factors: 2, penalty: 1, using: &generator)
    }
    of("AlternatingLeastSquares.prediction(user: Int, item: Int)")
    for (user, item) in [(-1, 0), (3, 0), (0, -1), (0, 3), (huge, .min)] {
      stops { model().prediction(user: user, item: item) }
    }
    of("AlternatingLeastSquares.rmse(on: Ratings)")
    stops {
      model().rmse(
        on: Ratings(
          users: ["a", "b", "c", "d"], items: ["x", "y", "z", "w"], values: [1, 2, 3, 4]))
    }
    stops("rmse") { model().rmse(on: Ratings(users: [], items: [], values: [])) }

    let columns: [[Float]] = [[1, 2, 3, 4], [0, 1, 0, 1]]
    of("GradientBoosting.init([[Float]], labels: [Int], trees: Int, depth: Int, rate: Double)")
    stops { GradientBoosting(columns, labels: [0, 1, 0], trees: 1, depth: 1) }
    stops { GradientBoosting(columns, labels: [0, 1, 0, 2], trees: 1, depth: 1) }
    stops { GradientBoosting(columns, labels: [0, 0, 0, 0], trees: 1, depth: 1) }
    stops { GradientBoosting(columns, labels: [], trees: 1, depth: 1) }
    stops { GradientBoosting([], labels: [], trees: 1, depth: 1) }
    for trees in [-1, .min] {
      stops { GradientBoosting(columns, labels: [0, 1, 0, 1], trees: trees, depth: 1) }
    }
    for depth in [-1, .min] {
      stops { GradientBoosting(columns, labels: [0, 1, 0, 1], trees: 1, depth: depth) }
    }
    for rate in [-1, 0, Double.nan] {
      stops {
        GradientBoosting(columns, labels: [0, 1, 0, 1], trees: 1, depth: 1, rate: rate)
      }
    }
    stops {
      GradientBoosting([[1, .nan, 3, .nan]], labels: [0, 1, 0, 1], trees: 1, depth: 1)
    }
    returns {
      GradientBoosting(columns, labels: [0, 1, 0, 1], trees: 1, depth: huge).trees.count == 1
    }
    let boosted = {
      GradientBoosting([[1, 2, 3, 4], [0, 1, 1, 0]], labels: [0, 1, 0, 1], trees: 3, depth: 2)
    }
    of("GradientBoosting.logOdds([[Float]])")
    stops { boosted().logOdds([]) }
    stops { boosted().logOdds([[1, 2]]) }
    stops { boosted().logOdds([[1, 2], [1]]) }
    stops { boosted().logOdds([[1], [1, 2]]) }
    returns { boosted().logOdds([[], []]).isEmpty }
    of("RegressionTree.value([[Float]], row: Int)")
    stops { boosted().trees[0].value([], row: 0) }
    for row in [-1, 4, huge] { stops { boosted().trees[0].value(columns, row: row) } }
  }
}
