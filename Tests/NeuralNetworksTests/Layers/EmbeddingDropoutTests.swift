import NeuralNetworks
import Tensors
import Testing

@Suite struct EmbeddingDropoutTests {
  private func layer(_ p: Float, seed: UInt64 = 1) -> EmbeddingDropout {
    var generator = SeededGenerator(seed: 42)
    return EmbeddingDropout(Embedding(2000, 3, using: &generator), p, seed: seed)
  }

  @Test func aWordIsForgottenEverywhereOrNowhere() {
    let layer = layer(0.25)
    let words = Array(0..<2000)
    let y = layer(words + words)
    let table = layer.embedding.weight
    var forgotten = 0
    for word in words {
      let row = y[word]
      #expect(row == y[2000 + word])
      if row.values.allSatisfy({ $0 == 0 }) {
        forgotten += 1
      } else {
        let wanted = table[word].values
        // 1 / 0.75, rounded once, times the number: two roundings.
        #expect(
          zip(row.values, wanted).allSatisfy { ($0 - $1 / 0.75).magnitude <= 1e-6 * $1.magnitude })
      }
    }
    // 2,000 choices at 0.25: a deviation of 19; four of them.
    #expect(abs(forgotten - 500) < 78)
  }

  @Test func forgottenWordsHaveNoGradient() {
    let layer = layer(0.5)
    let y = layer([7, 8, 9, 7])
    y.sum().backward()
    let rows = layer.embedding.$weight.grad
    for word in [7, 8, 9] {
      let isForgotten = y[[7, 8, 9].firstIndex(of: word) ?? 0].values.allSatisfy { $0 == 0 }
      let times: Float = word == 7 ? 2 : 1
      #expect(rows[word].values.allSatisfy { $0 == (isForgotten ? 0 : 2 * times) })
    }
  }

  @Test func aCallChoosesAnewASeedDoesNotAndTestTimeChangesNothing() {
    let words = Array(0..<50)
    let (a, b) = (layer(0.5), layer(0.5))
    let first = a(words)
    #expect(first == b(words))
    #expect(a(words) != first)
    #expect(layer(0.5, seed: 2)(words) != first)
    a.train(false)
    #expect(a(words) == a.embedding(words))
    #expect(layer(0)(words) == a.embedding(words))
    #expect(a.namedParameters.map(\.name) == ["embedding.weight"])
  }
}
