import DataPipeline
import Foundation
import Tensors
import Testing

/// Pictures through the data block: what comes out of the last stage is what the files hold.
@Suite struct ImageStagesTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 3)
    try ShapesPicture.write(
      folder("shapes"), count: 20, size: 32, shapes: 1...2, using: &generator)
    try ShapesPicture.writeFolders(
      folder("classes"), train: 4, valid: 2, size: 24, using: &generator)
  }

  private func shapes() throws -> ImageList { try ImageList.from(folder("shapes/images")) }
  private func classes() throws -> ImageList { try ImageList.from(folder("classes")) }

  @Test func classesComeFromFoldersAndPixelsFromFiles() throws {
    let data = try classes().splitByFolder().labelledByFolder()
      .transformed().batches(of: 5).unnormalised
    #expect(data.stage.kind.names == ["circle", "square", "triangle"])
    let valid = Array(data.valid)
    #expect(valid.map(\.images.shape) == [[5, 3, 24, 24], [1, 3, 24, 24]])
    #expect(valid.flatMap(\.labels) == [0, 0, 1, 1, 2, 2])
    let third = try Image(contentsOf: folder("classes/valid/square/0.png"))
    #expect(valid[0].images.sliced(axis: 0, 2..<3).values == third.tensor.values)

    var generator = SeededGenerator(seed: 1)
    let epochs = (0..<2).map { _ in Array(data.train(&generator)) }
    for batches in epochs {
      #expect(batches.flatMap(\.items).sorted() == Array(0..<12))
      for batch in batches {
        for (item, label) in zip(batch.items, batch.labels) {
          #expect(data.stage.train.labels[item] == label)
        }
      }
    }
    #expect(epochs[0].flatMap(\.items) != epochs[1].flatMap(\.items))
    #expect(data.train(&generator).underestimatedCount == 3)
    #expect(
      data.description == """
        3 batches to train on, 2 to validate with
          images [5, 3, 24, 24], targets 5 × Int

        """)
  }

  @Test func augmentationIsTheSameForASeedWhateverTheThreads() throws {
    let stage = try classes().splitByFolder().labelledByFolder()
      .transformed(ImageTransforms(ImageTransforms.usual(), size: 20))
    func values(threads: Int) -> [[Float]] {
      var generator = SeededGenerator(seed: 4)
      return stage.batches(of: 5, threads: threads).unnormalised.train(&generator)
        .map(\.images.values)
    }
    #expect(values(threads: 1) == values(threads: 3))
    #expect(stage.description.contains("inputs [3, 20, 20], in training after Rotation, Zoom"))
  }

  @Test func onlyTrainingPicturesAreAugmented() throws {
    let labelled = try classes().splitByFolder().labelledByFolder()
      .withTest(classes().inFolders(["valid"]))
    let plain = try labelled.transformed(ImageTransforms(size: 20)).batches(of: 4).unnormalised
    let moved = try labelled.transformed(ImageTransforms(ImageTransforms.usual(), size: 20))
      .batches(of: 4).unnormalised
    #expect(moved.valid.map(\.images.values) == plain.valid.map(\.images.values))
    #expect(moved.test?.map(\.images.values) == plain.test?.map(\.images.values))
    var (first, second) = (SeededGenerator(seed: 42), SeededGenerator(seed: 42))
    let (one, other) = (Array(plain.train(&first)), Array(moved.train(&second)))
    #expect(one.map(\.items) == other.map(\.items))
    #expect(one.map(\.images.values) != other.map(\.images.values))
  }

  /// A channel for each of the 256 greys: for many of them the mean of equal values is rounded, and what is left
  /// of them is no deviation.
  @Test func aChannelOfOneValueIsOnlyMoved() {
    let values = (0..<256).map { Float($0) / 255 }
    let images = concatenate(values.map { Tensor(repeating: $0, [3, 1, 7, 11]) }, axis: 1)
    let normalization = ChannelNormalization(of: images)
    #expect(normalization.mean == values)
    #expect(normalization.deviation == values.map { _ in 1 })
    #expect(normalization(images).values.allSatisfy { $0 == 0 })
  }

  @Test func normalisingMakesTheTypicalBatchStandard() throws {
    let stage = try classes().splitByFolder().labelledByFolder().transformed()
    let data = try stage.batches(of: 12).normalised()
    var generator = SeededGenerator(seed: 4)
    // All 12 training pictures are in the batch that the numbers come from.
    let images = try #require(data.train(&generator).first { _ in true }).images
    for channel in 0..<3 {
      let plane = images.sliced(axis: 1, channel..<(channel + 1)).statistics
      #expect(abs(plane.mean) < 1e-5 && abs(plane.deviation - 1) < 1e-3)  // n or n − 1 of 6912
    }
    let known = try stage.batches(of: 12).normalised(by: .imageNet)
    let (raw, moved) = (
      Array(stage.batches(of: 12).unnormalised.valid)[0].images.values[0],
      Array(known.valid)[0].images.values[0]
    )
    #expect(abs(moved - (raw - 0.485) / 0.229) < 1e-5)
    #expect(known.normalization == .imageNet)
  }

  @Test func severalClassesBecomeOnesAndZeros() throws {
    var generator = SeededGenerator(seed: 1)
    let stage = try shapes().splitAtRandom(valid: 0.2, using: &generator)
      .labelledByCSV(folder("shapes/labels.csv"), separator: " ").transformed()
    let rows = try CSVFile(folder("shapes/labels.csv"))
    let (names, labels) = (try rows.column("name"), try rows.column("labels"))
    for batch in stage.batches(of: 3).unnormalised.valid {
      #expect(batch.labels.shape == [batch.items.count, 3])
      for (place, item) in batch.items.enumerated() {
        let row = try #require(names.firstIndex(of: stage.valid.items[item].name))
        let wanted = ["circle", "square", "triangle"].map { labels[row].contains($0) ? 1 : 0 }
        #expect(batch.targets[place] == wanted.map(Float.init))
      }
    }
  }

  @Test func masksAndPointsComeAlong() throws {
    let split = try shapes().splitByFileList(folder("shapes/valid.txt"))
    let masks = try split.labelledByMask(
      codes: try Masks.codes(in: folder("shapes/codes.txt")), void: "void"
    ) { "../masks/\($0.name.dropLast(4))_P.png" }
    #expect(masks.kind.void == 4 && masks.kind.codes == ShapesPicture.codes)
    let batch = try #require(
      masks.transformed().batches(of: 4).unnormalised.valid.first { _ in true })
    #expect(batch.items.count == 4 && batch.labels.count == 4 * 32 * 32)
    let first = masks.valid.items[0].name.dropLast(4)
    let file = try Mask(contentsOf: folder("shapes/masks/\(first)_P.png"))
    #expect(Array(batch.labels.prefix(32 * 32)) == file.labels)

    let points = try split.labelledByPoint(folder("shapes/labels.csv")).transformed()
    let places = try #require(points.batches(of: 4).unnormalised.valid.first { _ in true }).places
    #expect(places.shape == [4, 2])
    let point = points.valid.labels[0][0]
    #expect(abs(places.values[0] - (point.y / 16 - 1)) < 1e-6)
    #expect(abs(places.values[1] - (point.x / 16 - 1)) < 1e-6)
  }

  @Test func aTestSetHasPicturesAndNoLabels() throws {
    let stage = try classes().splitByFolder().labelledByFolder()
      .withTest(classes().inFolders(["valid"])).transformed()
    let batch = try #require(stage.batches(of: 9).normalised().test?.first { _ in true })
    #expect(batch.labels == [-1, -1, -1, -1, -1, -1])
    let masks = try shapes().splitByFileList(folder("shapes/valid.txt"))
      .labelledByMask(codes: ShapesPicture.codes) { "../masks/\($0.name.dropLast(4))_P.png" }
      .withTest(shapes()).transformed()
    let test = try #require(masks.batches(of: 2).unnormalised.test?.first { _ in true })
    #expect(Set(test.labels) == [255])
  }

  @Test func filesMayBeNamedInATableOrAList() throws {
    let listed = try ImageList.from(
      folder("classes"), csv: try table("name\n1\n0\n"), column: "name",
      subfolder: "train/circle", suffix: ".png")
    #expect(listed.items.map(\.path) == ["train/circle/1.png", "train/circle/0.png"])
    let named = try ImageList.from(folder("classes"), names: ["valid/square/1.png"])
    #expect(named.items.map(\.name) == ["1.png"])
    let csv = try table("name\n1.png\n7.png\n")
    #expect(
      folder.sentence {
        _ = try ImageList.from(
          folder("classes"), csv: csv, column: "name", subfolder: "train/circle")
      } == "table.csv, row 3: there is no file classes/train/circle/7.png")
    #expect(
      folder.sentence { _ = try ImageList.from(folder("classes"), names: ["x.png"]) }
        == "there is no file classes/x.png")
  }

  private func table(_ text: String) throws -> String {
    try folder.write("table.csv", Data(text.utf8))
    return folder("table.csv")
  }

  @Test func damagedFilesAreAnErrorOrAreLeftOutByName() throws {
    let file = folder("classes/train/square/1.png")
    let bytes = try Data(contentsOf: URL(filePath: file))
    try folder.write("classes/train/square/1.png", bytes.prefix(bytes.count / 2))
    let labelled = try classes().splitByFolder().labelledByFolder()
    let sentence = folder.sentence { _ = try labelled.transformed() }
    #expect(sentence.hasPrefix("classes/train/square/1.png is damaged: "))
    let stage = try labelled.transformed(skipsDamaged: true)
    #expect(stage.train.items.count == 11 && stage.train.labels.count == 11)
    #expect(stage.skipped.map { $0.description.contains("square/1.png is damaged") } == [true])
    #expect(stage.description.contains("  left out: "))
    #expect(try stage.batches(of: 4).normalised().valid.flatMap(\.labels) == [0, 0, 1, 1, 2, 2])

    for name in ["valid/circle/0", "valid/circle/1", "valid/square/0", "valid/square/1"] {
      try folder.write("classes/\(name).png", Data())
    }
    for name in ["valid/triangle/0", "valid/triangle/1"] {
      try folder.write("classes/\(name).png", Data("GIF89a".utf8))
    }
    #expect(
      folder.sentence { _ = try labelled.transformed(skipsDamaged: true) }.hasPrefix(
        "no picture is left to train on or to validate with; the first left out: classes/train/square/1.png is damaged"
      ))
  }

  @Test func whatDoesNotFitIsSaidInASentence() throws {
    func sentence(_ body: () throws -> Void) -> String { folder.sentence(body) }
    let split = try shapes().splitByFileList(folder("shapes/valid.txt"))
    func mask(_ item: ImageFile) -> String { "../masks/\(item.name.dropLast(4))_P.png" }

    #expect(
      sentence { _ = try split.labelledByMask(codes: ["a"], void: "Void", mask) }
        == "there is no class \"Void\" for void; there are a")
    #expect(
      sentence { _ = try split.labelledByMask(codes: ["a"]) { "../masks/\($0.name)" } }
        .hasPrefix("shapes/images/checks/12.png has no mask: there is no file "))
    let few = try split.labelledByMask(codes: ["ground", "circle"], mask)
    #expect(sentence { _ = try few.transformed() }.hasSuffix("; there are 2 classes, 0…1"))

    let odd = Mask(width: 30, height: 32, classes: Array(repeating: 0, count: 960))
    try odd.writePNG(folder("shapes/masks/0_P.png"))
    let masks = try split.labelledByMask(codes: ShapesPicture.codes, mask)
    #expect(
      sentence { _ = try masks.transformed() }.hasSuffix(
        "is 30 × 32 pixels, its picture shapes/images/plain/0.png 32 × 32"))

    #expect(
      sentence {
        _ = try split.labelledByPoints {
          Array(repeating: Point(x: 1, y: 1), count: $0.name == "0.png" ? 2 : 1)
        }
      } == "shapes/images/plain/0.png has 2 points, the first picture 1")
    let csv = try table(
      "name,x,y\n" + (0..<20).map { "\($0).png,3,\($0 == 7 ? "low" : "4")\n" }.joined())
    #expect(
      sentence { _ = try split.labelledByPoint(csv) }
        == "table.csv, row 9: y \"low\" is not a number"
    )

    let grey = Image(width: 9, height: 7, channels: 1, pixels: Array(repeating: 9, count: 63))
    try grey.writePNG(folder("classes/train/square/9.png"))
    let labelled = try classes().splitByFolder().labelledByFolder()
    #expect(
      sentence { _ = try labelled.transformed() }
        == "classes/train/square/9.png is 9 × 7 pixels, the first picture 24 × 24: give the transforms a size"
    )
    #expect(try labelled.transformed(ImageTransforms(size: 12)).train.items.count == 13)
  }
}
