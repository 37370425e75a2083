import Tensors
import Testing
import Training

@Suite struct InterpretationTests {
  /// Probabilities chosen by hand; logits are their logarithms.
  private let found = Interpretation(
    Tensor([[0.7, 0.2, 0.1], [0.6, 0.3, 0.1], [0.1, 0.1, 0.8], [0.5, 0.25, 0.25]]).log(),
    [0, 1, 0, 1])

  /// The notes' "probability of the actual class": item 2 is surely taken for class 2 (0.8), and has 0.1 of its own.
  @Test func topLossesCarryTheProbabilityOfTheTrueClass() {
    let top = found.topLosses(3)
    #expect(top.map(\.index) == [2, 3, 1])
    #expect(top.map(\.label) == [0, 1, 1])
    #expect(top.map(\.predicted) == [2, 0, 0])
    // −ln 0.1, −ln 0.25, −ln 0.3; logits are 32-bit numbers.
    for (item, (loss, probability)) in zip(
      top, [(2.302585093, 0.1), (1.386294361, 0.25), (1.203972804, 0.3)])
    {
      #expect(abs(item.loss - loss) < 1e-6)
      #expect(abs(item.probability - probability) < 1e-6)
    }
    #expect(found.topLosses(9).count == 4)
  }

  @Test func ofEqualLossesTheEarlierComesFirst() {
    let equal = Interpretation(.zeros([3, 2]), [1, 0, 1])
    #expect(equal.topLosses(3).map(\.index) == [0, 1, 2])
  }

  @Test func confusionCountsTrueClassesInRows() {
    #expect(found.confusion.counts == [[1, 0, 1], [2, 0, 0], [0, 0, 0]])
    typealias Pair = ConfusionMatrix.Pair
    #expect(
      found.confusion.mostConfused() == [
        Pair(label: 1, predicted: 0, count: 2), Pair(label: 0, predicted: 2, count: 1),
      ])
    #expect(
      found.confusion.mostConfused(atLeast: 2) == [Pair(label: 1, predicted: 0, count: 2)])
  }

  @Test func wrongShapesStopWithOneSentence() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Interpretation(.zeros([2, 3]), [1])
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      text.contains(
        "Interpretation expects logits [items, classes] and one label a row, got [2, 3] and 1 labels"
      ))
  }
}
