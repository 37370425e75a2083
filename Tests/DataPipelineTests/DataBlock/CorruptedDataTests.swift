import DataPipeline
import Foundation
import Tensors
import Testing

/// Damaged tables, lists, labels, folders, masks and texts, all made here: each is named in one sentence. Damaged pictures are
/// in `CorruptedImagesTests`; together they are more than 200.
@Suite struct CorruptedDataTests {
  @Test func thereAreMoreThanAHundredAndThirtyOfThem() {
    #expect(corruptedInputs.count >= 130, "\(corruptedInputs.count)")
    #expect(Set(corruptedInputs.map(\.name)).count == corruptedInputs.count)
  }

  @Test(.timeLimit(.minutes(1)), arguments: corruptedInputs)
  private func eachIsNamedInOneSentence(_ input: CorruptedInput) throws {
    let folder = try CorruptedInput.wholeFiles()
    try input.damage(folder)
    let sentence = folder.sentence { try input.chain(folder) }
    for words in input.says { #expect(sentence.contains(words), "\(sentence)") }
    #expect(!sentence.contains("\n") && sentence.count < 300, "\(sentence)")
    #expect(!sentence.hasPrefix("not a DataError") && sentence != "no error")
  }

  /// Without the damage every chain works, so it is the damage that the sentences are about.
  @Test func wholeFilesPassEveryChain() throws {
    let folder = try CorruptedInput.wholeFiles()
    for chain in Chain.allCases { try chain.run(folder) }
  }
}
