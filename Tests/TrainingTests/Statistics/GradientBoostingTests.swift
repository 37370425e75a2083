import ReferenceReader
import Testing
import Training

/// Tests/References/boosting.py: GradientBoostingClassifier of scikit-learn 1.9.1.
private struct Reference: Decodable {
  struct Case: Decodable {
    let trees: Int
    let depth: Int
    let rate: Double
    let rows: Int
    let columns: [[Float]]
    let labels: [Int]
    let logOdds: [Double]
    /// Of the rows after those, where scikit-learn itself is sure.
    let new: [Double]?
  }
  let cases: [Case]
}

@Suite struct GradientBoostingTests {
  @Test func treesAreThoseOfScikitLearn() throws {
    let reference: Reference = try References.read("boosting.json", in: References.committed)
    #expect(reference.cases.count == 5)
    for wanted in reference.cases {
      let boosting = GradientBoosting(
        wanted.columns.map { Array($0[..<wanted.rows]) }, labels: wanted.labels,
        trees: wanted.trees, depth: wanted.depth, rate: wanted.rate)
      let found = boosting.logOdds(wanted.columns)
      #expect(found.count == wanted.rows + 40 && wanted.logOdds.count == wanted.rows)
      // Sums of at most 60 leaf values in double precision.
      for (a, b) in zip(found, wanted.logOdds + (wanted.new ?? [])) { #expect(abs(a - b) < 1e-9) }
    }
    #expect(reference.cases.count { $0.new != nil } >= 3)
  }

  /// Two columns, and the answer is whether they differ: no sum of functions of one column each tells it.
  @Test func stumpsKnowNoInteractionsAndTreesDo() {
    let a: [Float] = [0, 0, 1, 1, 0, 1, 0, 1]
    let b: [Float] = [0, 1, 0, 1, 0, 1, 1, 0]
    let labels = zip(a, b).map { $0 == $1 ? 0 : 1 }
    let stumps = GradientBoosting([a, b], labels: labels, trees: 50, depth: 1).logOdds([a, b])
    #expect(stumps.allSatisfy { abs($0) < 1e-9 })
    let trees = GradientBoosting([a, b], labels: labels, trees: 50, depth: 2).logOdds([a, b])
    #expect(zip(trees, labels).allSatisfy { ($0 > 1) == ($1 == 1) && abs($0) > 1 })
  }

  @Test func aPureNodeIsALeaf() {
    let x: [Float] = [1, 2, 3, 4]
    let boosting = GradientBoosting([x], labels: [0, 0, 1, 1], trees: 1, depth: 3, rate: 1)
    // p = 1/2: r = ∓1/2, p(1 − p) = 1/4, so each leaf is ∓2; the threshold lies at 2.5.
    #expect(boosting.logOdds([[0, 2.5, 2.6, 9]]) == [-2, -2, 2, 2])
  }
}
