import NeuralNetworks
import Tensors
import Testing

@Suite struct VariationalDropoutTests {
  @Test func theMaskIsOneForAllTimeStepsAndAnotherForEachSequence() {
    let layer = VariationalDropout(0.25, seed: 1)
    let y = layer(.ones([40, 6, 100]))
    var dropped = 0
    for sequence in 0..<40 {
      let first = y[sequence][0]
      for t in 1..<6 { #expect(y[sequence][t] == first) }
      dropped += first.values.count { $0 == 0 }
      #expect(first.values.allSatisfy { $0 == 0 || abs($0 - 1 / 0.75) < 1e-6 })
    }
    #expect(y[0] != y[1])
    // 4,000 choices at 0.25: a deviation of 27; four of them.
    #expect(abs(dropped - 1000) < 110)
  }

  @Test func aCallChoosesAnewASeedDoesNotAndTestTimeChangesNothing() {
    let x = Tensor.ones([3, 4, 20])
    let (a, b) = (VariationalDropout(0.5, seed: 1), VariationalDropout(0.5, seed: 1))
    let first = a(x)
    #expect(first == b(x))
    #expect(a(x) != first)
    a.train(false)
    #expect(a(x) == x)
  }
}
