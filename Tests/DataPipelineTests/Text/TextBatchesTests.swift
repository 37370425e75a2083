import DataPipeline
import Tensors
import Testing

@Suite struct TextBatchesTests {
  /// Text i has the words i + 10, as many as `lengths` says, and label i.
  private func batches(_ lengths: [Int], size: Int) -> TextBatches {
    TextBatches(
      lengths.enumerated().map { Array(repeating: $0 + 10, count: $1) },
      labels: Array(lengths.indices), size: size)
  }

  @Test func theLongestComesFirstAndPaddingStandsInFront() {
    let sorted = batches([2, 3, 1], size: 2).sorted
    #expect(sorted.map(\.labels) == [[1, 0], [2]])
    #expect(sorted[0].words == [11, 11, 11, 1, 10, 10])
    #expect(sorted[0].length == 3)
    #expect(sorted[1].words == [12])
  }

  @Test func everyTextComesOnceAndTheLongestIsInTheFirstBatch() {
    var generator = SeededGenerator(seed: 42)
    let lengths = (0..<1003).map { _ in Int.random(in: 1...200, using: &generator) }
    let set = batches(lengths, size: 8)
    let shuffled = set.shuffled(using: &generator)
    #expect(shuffled.flatMap(\.texts).sorted() == Array(0..<1003))
    #expect(shuffled[0].length == lengths.max())
    #expect(shuffled.allSatisfy { $0.texts == $0.labels })
    // Sorted within pieces of 50 batches, little is padding; in batches of random texts about two fifths would be.
    let places = shuffled.reduce(0) { $0 + $1.words.count }
    #expect(Double(places) < 1.1 * Double(lengths.reduce(0, +)))
    // A seed gives the same order, another round another.
    var (a, b) = (SeededGenerator(seed: 1), SeededGenerator(seed: 1))
    #expect(set.shuffled(using: &a).map(\.texts) == set.shuffled(using: &b).map(\.texts))
    #expect(set.shuffled(using: &a).map(\.texts) != shuffled.map(\.texts))
  }

  @Test func textsComeInTheOrderOfFastaisSamplers() throws {
    let items = try TextReferences.read.get().sortish
    #expect(items.count == 4)
    for item in items {
      let order = TextBatches.sortish(
        item.order, lengths: item.lengths, size: item.size, item.batchOrder)
      #expect(order.flatMap { $0 } == item.texts)
      let sorted = batches(item.lengths, size: item.size).sorted
      #expect(sorted.flatMap(\.texts) == item.sorted)
    }
  }
}
