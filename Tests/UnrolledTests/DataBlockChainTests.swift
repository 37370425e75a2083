import Foundation
import Testing
import Unrolled

/// The eight chains of docs/data-block.md, from real files to a training.
///
/// Each test holds a chain word for word between its marks; the last ones compare the page with this file and with the
/// source.
@Suite struct DataBlockChainTests {
  private let files: ChainFiles
  private var folder: String { files.folder }

  init() throws { files = try ChainFiles() }

  @Test func imageClassification() throws {
    var generator = SeededGenerator(seed: 42)
    let data = try ImageList.from(folder + "/shapes")
      .splitByFolder(train: "train", valid: "valid")
      .labelledByFolder()
      .transformed(ImageTransforms(ImageTransforms.usual(), size: 28))
      .batches(of: 16)
      .normalised()
    let model = ResNet(
      blocks: [1, 1], widths: [8, 16], classes: data.stage.kind.names.count, using: &generator)
    let adam = Adam(model.parameters, learningRate: 1e-3)
    let loop = TrainingLoop(model, optimizer: adam, seed: 42, batches: data.train) { batch in
      crossEntropy(model(batch.images), batch.labels)
    }
    try loop.fit(epochs: 2)
    #expect(data.stage.kind.names == ["circle", "square", "triangle"])
    #expect(loop.record.losses.count == 2 * 6)  // 90 pictures, 16 a batch
    try expectLower(loop)
  }

  @Test func severalLabels() throws {
    var generator = SeededGenerator(seed: 42)
    let data = try ImageList.from(folder + "/scenes/images")
      .splitAtRandom(valid: 0.2, using: &generator)
      .labelledByCSV(folder + "/scenes/labels.csv", separator: " ")
      .transformed(ImageTransforms(ImageTransforms.usual(flipVertically: true, warp: 0), size: 32))
      .batches(of: 16)
      .normalised()
    let model = ResNet(
      blocks: [1, 1], widths: [8, 16], classes: data.stage.kind.names.count, using: &generator)
    let adam = Adam(model.parameters, learningRate: 1e-3)
    let loop = TrainingLoop(model, optimizer: adam, seed: 42, batches: data.train) { batch in
      binaryCrossEntropy(logits: model(batch.images), batch.labels)
    }
    try loop.fit(epochs: 2)
    #expect(data.valid.reduce(0) { $0 + $1.items.count } == 12)
    #expect(loop.record.losses.count == 2 * 3)  // 48 pictures
    try expectLower(loop)
  }

  @Test func segmentation() throws {
    var generator = SeededGenerator(seed: 42)
    let codes = try Masks.codes(in: folder + "/streets/codes.txt")
    let data = try ImageList.from(folder + "/streets/images")
      .splitByFileList(folder + "/streets/valid.txt")
      .labelledByMask(codes: codes, void: "Void") {
        "../labels/" + $0.name.replacing(".png", with: "_P.png")
      }
      .transformed(ImageTransforms([Flip()], size: (width: 64, height: 48)))
      .batches(of: 4)
      .normalised()
    let encoder = ResNet(blocks: [1, 1], widths: [8, 16], classes: 1, using: &generator)
    let model = UNet(
      encoder: encoder.body, classes: codes.count, size: (48, 64), using: &generator)
    let adam = Adam(model.parameters, learningRate: 1e-3)
    let loop = TrainingLoop(model, optimizer: adam, seed: 42, batches: data.train) { batch in
      crossEntropy(pixels: model(batch.images), batch.labels)
    }
    try loop.fit(epochs: 2)
    #expect(data.stage.valid.items.map(\.name) == ["16.png", "17.png", "18.png", "19.png"])
    #expect(loop.record.losses.count == 2 * 4)
    try expectLower(loop)
  }

  @Test func points() throws {
    var generator = SeededGenerator(seed: 42)
    let data = try ImageList.from(folder + "/scenes/images")
      .split { $0.folders.last == "checks" }
      .labelledByPoint(folder + "/scenes/labels.csv", x: "x", y: "y")
      .transformed(ImageTransforms([Rotation(degrees: -20...20)], size: 32))
      .batches(of: 16)
      .normalised()
    let model = ResNet(blocks: [1, 1], widths: [8, 16], classes: 2, using: &generator)
    let adam = Adam(model.parameters, learningRate: 1e-3)
    let loop = TrainingLoop(model, optimizer: adam, seed: 42, batches: data.train) { batch in
      mse(model(batch.images), batch.places)
    }
    try loop.fit(epochs: 2)
    #expect(data.stage.valid.items.count == 12)
    #expect(loop.record.losses.count == 2 * 3)
    try expectLower(loop)
  }

  @Test func languageModel() throws {
    var generator = SeededGenerator(seed: 42)
    let data = try TextList.from(folder + "/reviews")
      .inFolders(["train", "test", "unsup"])
      .splitAtRandom(valid: 0.1, using: &generator)
      .labelledByNextWord()
      .tokenised()
      .batches(rows: 4, length: 10)
    let words = data.stage.vocabulary.count
    let model = LanguageModel(words: words, features: 16, hidden: 16, layers: 1, using: &generator)
    let adam = Adam(model.parameters, learningRate: 1e-2)
    let loop = TrainingLoop(model, optimizer: adam, seed: 42, batches: data.train) { batch in
      crossEntropy(model(batch.x, rows: data.size).reshaped([-1, words]), batch.y)
    }
    try loop.fit(epochs: 2)
    #expect(data.stage.train.texts.count == 54 && data.stage.valid.texts.count == 6)
    #expect(loop.record.losses.count > 10)
    try expectLower(loop)
  }

  @Test func textClassifier() throws {
    var generator = SeededGenerator(seed: 42)
    let data = try TextList.from(folder + "/reviews")
      .splitByFolder(train: "train", valid: "test")
      .labelledByFolder()
      .tokenised()
      .batches(of: 8)
    let encoder = AWDLSTM(
      words: data.stage.vocabulary.count, features: 16, hidden: 16, layers: 1, using: &generator)
    let model = TextClassifier(encoder, classes: data.stage.kind.names.count, using: &generator)
    let adam = Adam(model.parameters, learningRate: 1e-2)
    let loop = TrainingLoop(model, optimizer: adam, seed: 42, batches: data.train) { batch in
      crossEntropy(model(batch.words, rows: batch.rows), batch.labels)
    }
    try loop.fit(epochs: 2)
    #expect(data.stage.kind.names == ["neg", "pos"])
    #expect(loop.record.losses.count == 2 * 4)  // 32 texts
    try expectLower(loop)
  }

  @Test func tables() throws {
    var generator = SeededGenerator(seed: 42)
    let data = try TableRows.from(folder + "/adult.csv")
      .split(validAt: 160..<200)
      .labelledByColumn("salary")
      .withTest(TableRows.from(folder + "/test.csv"))
      .prepared(categorical: ["workclass", "education"], continuous: ["age", "hours-per-week"])
      .batches(of: 16)
    let table = data.stage.train.table
    let model = TabularModel(
      categories: table.categoryCounts.map { ($0, TabularModel.features(for: $0)) },
      numbers: table.numbers.count, hidden: [20, 10], outputs: 2, using: &generator)
    let adam = Adam(model.parameters, learningRate: 1e-2)
    let loop = TrainingLoop(model, optimizer: adam, seed: 42, batches: data.train) { batch in
      crossEntropy(model(categories: batch.categories, numbers: batch.numbers), batch.targets)
    }
    try loop.fit(epochs: 2)
    #expect(loop.record.losses.count == 2 * 10)  // 160 rows
    // Column by column: workclass, education with the unseen "Masters", and whether the hours are missing.
    #expect(data.test?.map(\.categories) == [[[1, 2, 2], [0, 1, 2], [1, 2, 1]]])
    try expectLower(loop)
  }

  @Test func collaborativeFiltering() throws {
    var generator = SeededGenerator(seed: 42)
    let data = try TableRows.from(folder + "/ratings.csv")
      .splitAtRandom(valid: 0.2, using: &generator)
      .labelledByNumber("rating", in: 0.5...5)
      .asRatings(user: "userId", item: "movieId")
      .batches(of: 64)
    let model = DotProductBias(
      users: data.stage.train.userNames.count, items: data.stage.train.itemNames.count, factors: 5,
      range: 0...5.5, using: &generator)
    let adam = Adam(model.parameters, learningRate: 1e-2)
    let loop = TrainingLoop(model, optimizer: adam, seed: 42, batches: data.train) { batch in
      mse(model(users: batch.users, items: batch.items), batch.values)
    }
    try loop.fit(epochs: 2)
    #expect(data.stage.train.count == 240 && data.stage.valid.count == 60)
    #expect(loop.record.losses.count == 2 * 4)
    try expectLower(loop)
  }

  /// A training that works lowers the loss: the mean of the second epoch lies below that of the first.
  private func expectLower(_ loop: TrainingLoop) throws {
    let losses = loop.record.losses
    let half = losses.count / 2
    func mean(_ part: ArraySlice<Double>) -> Double { part.reduce(0, +) / Double(part.count) }
    #expect(mean(losses[half...]) < mean(losses[..<half]))
  }

  @Test func thePageHoldsTheChainsThatAreTestedHere() throws {
    let source = trimmedLines(try String(contentsOf: URL(filePath: #filePath), encoding: .utf8))
    let blocks = try page().components(separatedBy: "```swift\n").dropFirst().map {
      trimmedLines($0.components(separatedBy: "```")[0])
    }
    #expect(blocks.count == 8)
    for block in blocks {
      let starts = source.indices.filter { source[$0] == block[0] }
      let isTested = starts.contains { source[$0...].prefix(block.count) == block[...] }
      #expect(isTested, "no test holds the chain that begins with \(block[0])")
    }
  }

  @Test func everyCallOfThePageExistsInTheSource() throws {
    let folder = root.appending(path: "Sources/DataPipeline")
    let source = try (FileManager.default.subpathsOfDirectory(atPath: folder.path))
      .filter { $0.hasSuffix(".swift") }
      .map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }.joined()
    let rows = try page().split(separator: "\n").filter {
      $0.hasPrefix("| `") || $0.hasPrefix("| a ")
    }
    .filter { $0.split(separator: "|").count == 3 }
    #expect(rows.count > 30)
    for row in rows {
      let ours = row.split(separator: "|")[2]
      for call in ours.matches(of: /\.([a-zA-Z]+)(\(| \{)/) {
        let isThere = source.contains("func \(call.1)")
        #expect(isThere, "the page calls \(call.1), which is not there")
      }
    }
  }

  private var root: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  private func page() throws -> String {
    try String(contentsOf: root.appending(path: "docs/data-block.md"), encoding: .utf8)
  }

  private func trimmedLines(_ text: String) -> [String] {
    text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
