import DataPipeline
import Testing

/// Against the figures that the course's notebook prints.
@Suite struct HumanNumbersTests {
  @Test func numbersAreSpelled() {
    #expect(HumanNumbers.words(8115).joined(separator: " ") == "eight thousand one hundred fifteen")
    #expect(
      HumanNumbers.words(9999).joined(separator: " ") == "nine thousand nine hundred ninety nine")
    #expect(HumanNumbers.words(7000) == ["seven", "thousand"])
    #expect(HumanNumbers.words(20) == ["twenty"])
  }

  @Test func countsAreTheNotebooks() {
    #expect(HumanNumbers.train.count == 50_079)
    #expect(HumanNumbers.valid.count == 13_017)
    let counts = Dictionary(HumanNumbers.train.map { ($0, 1) }, uniquingKeysWith: +)
    #expect(counts[","] == 7998)
    #expect(counts["hundred"] == 7200)
    #expect(counts["thousand"] == 7000)
    #expect(counts["one"] == 2520)
    #expect(counts["nine"] == 1520)
    #expect(counts["twenty"] == 800)
    #expect(counts["nineteen"] == 80)
  }

  @Test func theVocabularyIsTheNotebooks() {
    #expect(
      HumanNumbers.vocabulary.joined(separator: " ")
        == """
        xxunk xxpad xxbos xxfld xxmaj xxup xxrep xxwrep , hundred thousand one two three four five six \
        seven eight nine twenty thirty forty fifty sixty seventy eighty ninety ten eleven twelve thirteen \
        fourteen fifteen sixteen seventeen eighteen nineteen
        """)
  }

  @Test func batchesAreCutAsTheCourseDoes() {
    let train = HumanNumbers.numbers(of: HumanNumbers.train)
    let valid = HumanNumbers.numbers(of: HumanNumbers.valid)
    for (length, batches) in [(3, (261, 68)), (20, (40, 11)), (70, (12, 3))] {
      #expect(LanguageModelBatches(train, rows: 64, length: length).count == batches.0)
      #expect(LanguageModelBatches(valid, rows: 64, length: length).count == batches.1)
    }
    let batches = LanguageModelBatches(valid, rows: 64, length: 70)
    let (x, y) = batches[0]
    #expect(
      Array(x[0..<6])
        == HumanNumbers.numbers(of: ["xxbos", "eight", "thousand", "one", ",", "eight"]))
    #expect(Array(y[0..<5]) == Array(x[1..<6]))
    // Row r of the next batch continues row r.
    #expect(batches[1].x[70 * 5] == y[70 * 5 + 69])
    // The last row runs past the end: "… nine hundred ninety nine xxbos eight thousand one , eight".
    let end = HumanNumbers.numbers(of: [
      "ninety", "nine", "xxbos", "eight", "thousand", "one", ",", "eight",
    ])
    #expect(Array(batches[2].x.suffix(8)) == end)
  }
}
