import DataPipeline
import Tensors
import Testing

@Suite struct ClassSubsetTests {
  @Test func someClassesAreNumberedAnewAndKeepTheirImages() throws {
    let digits = try Digits.load()
    let some = digits.only(classes: [9, 6])
    // scikit-learn's description of the set: 181 sixes and 180 nines.
    #expect(some.count == 181 + 180)
    #expect(some.classes == 2)
    #expect(some.labels.count { $0 == 0 } == 180)
    let nine = try #require(digits.labels.firstIndex(of: 9))
    let first = try #require(some.labels.firstIndex(of: 0))
    #expect(some.batch([first]).images == digits.batch([nine]).images)
  }

  @Test func drawnImagesAndTheRestAreAllOfThem() throws {
    let some = try Digits.load().only(classes: [6, 7, 8, 9])
    var generator = SeededGenerator(seed: 42)
    let (drawn, rest) = some.drawn(perClass: 5, using: &generator)
    #expect((0..<4).map { label in drawn.labels.count { $0 == label } } == [5, 5, 5, 5])
    #expect(drawn.count + rest.count == some.count)
    func images(_ set: LabelledImages) -> [[UInt8]] {
      (0..<set.count).map { Array(set.pixels[($0 * 64)..<(($0 + 1) * 64)]) }
    }
    #expect(Set(images(drawn)).isDisjoint(with: images(rest)))
    #expect(drawn.batch([0]).images != some.batch([0]).images)  // at random, not the first
  }

  @Test func aClassThatIsNotThereStopsTheCall() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try Digits.load().only(classes: [3, 10])
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("expects different classes below 10, got [3, 10]"))
  }
}
