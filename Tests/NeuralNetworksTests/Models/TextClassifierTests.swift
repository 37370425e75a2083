import NeuralNetworks
import Tensors
import Testing

/// Padding and pooling: `ModelReferenceTests`, against PyTorch.
@Suite struct TextClassifierTests {
  private func model(length: Int, maximum: Int = 100) -> TextClassifier {
    var generator = SeededGenerator(seed: 42)
    let encoder = AWDLSTM(
      words: 12, features: 3, hidden: 5, layers: 2, dropouts: .none, using: &generator)
    let model = TextClassifier(
      encoder, classes: 2, hidden: 20, length: length, maximum: maximum, dropouts: (0, 0),
      using: &generator)
    model.train(false)
    return model
  }

  @Test func readingInPiecesGivesTheSame() {
    let words = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 2, 3, 4, 5]
    let whole = model(length: 70)(words, rows: 2)
    let pieces = model(length: 3)(words, rows: 2)
    #expect(zip(whole.values, pieces.values).allSatisfy { ($0 - $1).magnitude < 1e-6 })
  }

  @Test func onlyTheEndOfALongTextIsPooled() {
    let words = [2, 3, 4, 5, 6, 7, 8, 9]
    #expect(model(length: 2, maximum: 4)(words, rows: 1) != model(length: 2)(words, rows: 1))
  }
}
