import DataPipeline
import Foundation
import Tensors
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

  /// JPEG files of four components without the Adobe marker; the means are Pillow's.
  @Test func planetIsGreen() throws {
    let image = try Image(contentsOf: path("planet_sample/train/train_10001.jpg"))
    for (channel, mean) in [50.73197937, 69.04167175, 52.73445129].enumerated() {
      let plane = image.tensor.sliced(axis: 0, channel..<(channel + 1))
      #expect(abs(Double(plane.mean().item) * 255 - mean) < 0.01)
    }
    // With this seed a class of one picture in a thousand lands in validation.
    var generator = SeededGenerator(seed: 42)
    let stage = try ImageList.from(path("planet_sample/train"))
      .splitAtRandom(valid: 0.2, using: &generator)
      .labelledByCSV(
        path("planet_sample/labels.csv"), names: "image_name", labels: "tags", separator: " ",
        suffix: ".jpg")
    #expect(stage.kind.names.count == 17)
    #expect(stage.description.contains("blow_down has no training images"))
    #expect(try stage.transformed(ImageTransforms(size: 32)).constantChannels == [])
  }
}
