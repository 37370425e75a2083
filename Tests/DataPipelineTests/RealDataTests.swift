import DataPipeline
import Foundation
import Testing

private let folder = ProcessInfo.processInfo.environment["REAL_DATA"]

/// The real sets, where REAL_DATA names the folder that holds them. Counts: those that come with the sets.
@Suite(.enabled(if: folder != nil)) struct RealDataTests {
  private func path(_ name: String) -> String { (folder ?? "") + "/" + name }

  @Test func movieLens100k() throws {
    let ratings = try MovieLens.ratings100k(path("ml-100k/u.data"))
    #expect(ratings.count == 100_000)
    #expect(ratings.userNames.count == 943 + 1)
    #expect(ratings.itemNames.count == 1682 + 1)
    #expect(ratings.range == 1...5)
    #expect(try MovieLens.titles(path("ml-100k/u.item")).count == 1682)
  }

  @Test func movieLensSample() throws {
    let ratings = try MovieLens.sample(path("movie_lens_sample/ratings.csv"))
    #expect(ratings.count == 6031)
    #expect(ratings.userNames.count == 100 + 1)
    #expect(ratings.itemNames.count == 100 + 1)
    #expect(ratings.range == 0.5...5)
  }

  /// Counts: those of the file. With REVIEW_TOKENS the tokens are written there, for Tests/References/texts.py and
  /// imdb_sample.py.
  @Test func imdbSample() throws {
    let sample = try IMDBSample(from: URL(filePath: path("imdb_sample")))
    #expect(sample.train.count(where: \.isPositive) == 383)
    #expect(sample.train.count == 417 + 383)
    #expect(sample.valid.count(where: \.isPositive) == 93)
    #expect(sample.valid.count == 107 + 93)
    if let file = ProcessInfo.processInfo.environment["REVIEW_TOKENS"] {
      let texts = try CSVFile(path("imdb_sample/texts.csv")).column("text")
      try JSONEncoder().encode(Tokenizer()(texts)).write(to: URL(filePath: file))
    }
  }

  @Test func adult() throws {
    let file = try CSVFile(path("adult_sample/adult.csv"))
    #expect(file.rows.count == 32_561)
    let counts = Dictionary(try file.column("salary").map { ($0, 1) }, uniquingKeysWith: +)
    #expect(counts == ["<50k": 24_720, ">=50k": 7841])
  }
}
