import DataPipeline
import Tensors
import Testing

@Suite struct LanguageModelBatchesTests {
  /// Texts of consecutive numbers, read by fastai's LanguageModelPreLoader.
  @Test func rowsAreThoseOfFastai() throws {
    let items = try TextReferences.read.get().rows
    #expect(items.count == 6 && items.allSatisfy { !$0.batches.isEmpty })
    for item in items {
      let batches = LanguageModelBatches(
        Array(0..<item.lengths.reduce(0, +)), rows: item.rows, length: item.length)
      #expect(batches.count == item.batches.count)
      for (i, batch) in item.batches.enumerated() {
        #expect(batches[i].x == batch.x, "\(item.lengths), batch \(i)")
        #expect(batches[i].y == batch.y, "\(item.lengths), batch \(i)")
      }
    }
  }

  /// Among them five pairs where floating point makes a row begin a token early.
  @Test func rowsBeginWhereThoseOfFastaiBegin() throws {
    let items = try TextReferences.read.get().starts
    #expect(items.count == 25)
    for item in items {
      let x = LanguageModelBatches(Array(0..<item.tokens), rows: item.rows, length: 1)[0].x
      #expect(x == item.starts, "\(item.tokens) tokens, \(item.rows) rows")
    }
  }

  @Test func shufflingKeepsTextsWhole() {
    var generator = SeededGenerator(seed: 42)
    let texts = (0..<50).map { [2, 100 + $0, 200 + $0] }
    let batches = LanguageModelBatches(shuffling: texts, rows: 1, length: 10, using: &generator)
    let back = stride(from: 0, to: 150, by: 3).map { Array(batches.tokens[$0..<($0 + 3)]) }
    #expect(Set(back) == Set(texts))
    #expect(back != texts)
  }
}
