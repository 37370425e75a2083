import DataPipeline
import Testing

@Suite struct TokenizerTests {
  private func tokens(_ text: String) -> String {
    Tokenizer()(text).joined(separator: " ")
  }

  /// The first words of the IMDB sample, shortened.
  @Test func aReviewBecomesWordsAndMarks() {
    #expect(
      tokens("Un-bleeping-believable! Meg Ryan doesn't even look her usual pert self")
        == "xxbos xxmaj un - bleeping - believable ! xxmaj meg xxmaj ryan does n't even look her usual "
        + "pert self")
  }

  @Test func capitalsAreMarked() {
    #expect(tokens("The BBC and I saw iPhone A") == "xxbos xxmaj the xxup bbc and i saw iphone a")
  }

  @Test func repetitionsAreCounted() {
    #expect(tokens("no!!!! so...") == "xxbos no xxrep 4 ! so ...")
    #expect(tokens("sooooo") == "xxbos s xxrep 5 o")
    #expect(tokens("ha ha ha ha ha.") == "xxbos xxwrep 5 ha .")
    #expect(tokens("ha ha ha") == "xxbos ha ha ha")
  }

  @Test func htmlBecomesWhatItStandsFor() {
    #expect(
      Tokenizer()("a<br />b &amp; c &quot;d&quot;")
        == ["xxbos", "a", "\n", "b", "&", "c", "\"", "d", "\""])
  }

  @Test func numbersKeepTheirSigns() {
    #expect(tokens("$1,000.50, in 1999.") == "xxbos $ 1,000.50 , in 1999 .")
    #expect(tokens("it's we'll we’ve") == "xxbos it 's we 'll we ’ve")
    #expect(tokens("") == "xxbos")
  }
}

@Suite struct VocabularyTests {
  @Test func theMostFrequentComeFirstAndTiesAsTheyAppear() {
    let words = "xxbos b a c c a b d".split(separator: " ").map(String.init)
    #expect(Vocabulary(words).words == Vocabulary.special + ["b", "a", "c"])
    #expect(Vocabulary(words, minimum: 1).words.suffix(4) == ["b", "a", "c", "d"])
    #expect(Vocabulary(words, maximum: 10).words.suffix(2) == ["b", "a"])
  }

  @Test func numbersComeBackAsWords() {
    let vocabulary = Vocabulary(["x", "x", "y", "y"])
    let numbers = vocabulary.numbers(of: ["xxbos", "y", "z", "x"])
    #expect(numbers == [2, 9, 0, 8])
    #expect(vocabulary.words(of: numbers) == ["xxbos", "y", "xxunk", "x"])
  }
}
