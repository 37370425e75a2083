import DataPipeline
import Foundation
import NeuralNetworks
import Tensors
import Testing

/// Masks and points as labels, and what is said of the pictures they belong to.
@Suite struct ImageLabelsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A folder of three noisy pictures.
  private func pictures(_ name: String, size: Int = 32) throws -> String {
    var generator = SeededGenerator(seed: 42)
    for number in 0..<3 {
      let pixels = (0..<(3 * size * size)).map { _ in UInt8.random(in: 0...255, using: &generator) }
      try Image(width: size, height: size, channels: 3, pixels: pixels)
        .writePNG(folder("\(name)/\(number).png", making: true))
    }
    return folder(name)
  }

  @Test func aPointMayLieOutsideOfItsPicture() throws {
    let split = try ImageList.from(pictures("shapes")).split(validAt: [0, 1])
    let stage = try split.labelledByPoints { _ in [Point(x: 40, y: -8)] }.transformed()
    let batch = try #require(stage.batches(of: 2).unnormalised.valid.first { _ in true })
    #expect(batch.places.values == [-1.5, 1.5, -1.5, 1.5])  // y, x; 32 pixels are 2
  }

  @Test func aPictureMayHaveANumber() throws {
    let ages = try ImageList.from(pictures("faces")).split(validAt: [2])
      .labelledByNumber(named: "age") { Float($0.name.prefix(1)).map { 20 + $0 } ?? .nan }
    let batch = try #require(
      ages.transformed().batches(of: 2).unnormalised.valid.first { _ in true })
    #expect(batch.values.values == [22])
    #expect(ages.description.contains("age: 20.0 to 21.0 in training, mean 20.5"))
  }

  /// VOC marks borders 255; the four classes are those of the codes.
  @Test(arguments: [(255, 255), (200, 200), (65535, 255)])
  func aVoidMayBeANumberThatNoClassHas(_ number: Int, _ label: Int) throws {
    try folder.write("voc.png", Self.png([0, 3, number, 1]))
    let labelled = try ImageList.from(pictures("voc", size: 2)).split(validAt: [1])
      .labelledByMask(codes: ["sky", "road", "tree", "car"], void: number) { _ in "../voc.png" }
    #expect(labelled.kind.void == label && labelled.kind.codes.count == 4)
    #expect(labelled.description.contains("car, \(number) does not count\n"))
    #expect(labelled.description.hasSuffix("  masks that serve several pictures: 1\n"))
    let batch = try #require(
      labelled.transformed().batches(of: 1).unnormalised.valid.first { _ in true })
    #expect(batch.labels == [0, 3, label, 1])
    // Equal scores for all four classes: ln 4, over the three pixels that count.
    let scores = Tensor.zeros([1, 4, 2, 2])
    let loss = crossEntropy(pixels: scores, batch.labels, ignoring: labelled.kind.void).item
    #expect(abs(loss - 1.3862944) < 1e-6)
  }

  @Test func aMaskOf0And255IsMapped() throws {
    try folder.write("two.png", Self.png([0, 255, 255, 0]))
    let batch = try #require(
      ImageList.from(pictures("two", size: 2)).split(validAt: [1])
        .labelledByMask(codes: ["ground", "cat"], values: [0: 0, 255: 1]) { _ in "../two.png" }
        .transformed().batches(of: 1).unnormalised.valid.first { _ in true })
    #expect(batch.labels == [0, 1, 1, 0])
  }

  /// A grey PNG file of 2 × 2 pixels: 16 bits, since the numbers may need them, in one stored block of deflate.
  private static func png(_ numbers: [Int]) -> Data {
    func sum(_ bytes: [UInt8]) -> UInt32 {
      ~bytes.reduce(UInt32.max) { sum, byte in
        (0..<8).reduce(sum ^ UInt32(byte)) { s, _ in s & 1 == 1 ? 0xedb8_8320 ^ (s >> 1) : s >> 1 }
      }
    }
    func big(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(number >> (24 - 8 * $0) & 255) } }
    func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
      big(UInt32(data.count)) + Array(name.utf8) + data + big(sum(Array(name.utf8) + data))
    }
    let rows = [0, 2].flatMap { row in
      [UInt8(0)] + numbers[row..<(row + 2)].flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    }
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in rows {
      a = (a + UInt32(byte)) % 65521
      b = (b + a) % 65521
    }
    let size = UInt8(rows.count)
    let data = [0x78, 0x01, 0x01, size, 0, ~size, 255] + rows + big(b << 16 | a)
    return Data(
      [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
        + chunk("IHDR", big(2) + big(2) + [16, 0, 0, 0, 0]) + chunk("IDAT", data)
        + chunk("IEND", []))
  }

  /// The stored picture is 21 × 13, the shown one 13 × 21.
  @Test func masksAndPointsBelongToThePictureAsItIsShown() throws {
    let turned = try #require(ImageFileCase.all.first { $0.name == "jpeg, orientation 6" })
    for name in ["a", "b"] { try folder.write("turned/\(name).jpg", turned.file) }
    let mask = Mask(width: 13, height: 21, classes: (0..<273).map { UInt8($0 % 2) })
    try mask.writePNG(folder("turned.png"))
    let split = try ImageList.from(folder("turned")).split(validAt: [1])
    let labelled = try split.labelledByMask(codes: ["a", "b"]) { _ in "../turned.png" }
    let batch = try #require(
      labelled.transformed().batches(of: 1).unnormalised.valid.first { _ in true })
    #expect(batch.images.shape == [1, 3, 21, 13] && batch.labels == mask.labels)
    #expect(
      folder.sentence { _ = try labelled.transformed(appliesOrientation: false) }
        == "turned/../turned.png is 13 × 21 pixels, its picture turned/a.jpg 21 × 13 (appliesOrientation: false reads a picture as it is stored)"
    )
    let points = try split.labelledByPoints { _ in [Point(x: 13, y: 21)] }
    let corner = try #require(
      points.transformed().batches(of: 1).unnormalised.valid.first { _ in true })
    #expect(corner.places.values == [1, 1])
    #expect(try points.transformed(appliesOrientation: false).size == (13, 21))
  }

  @Test func aChannelOfOneValueInEachPictureMayChangeBetweenThem() throws {
    let greens: [(String, UInt8)] = [
      ("train/a/0", 7), ("train/b/1", 9), ("train/b/2", 9), ("valid/a/3", 9),
    ]
    for (name, green) in greens {
      let pixels = (0..<12).map { $0 % 3 == 1 ? green : UInt8($0) }
      try Image(width: 2, height: 2, channels: 3, pixels: pixels)
        .writePNG(folder("two/\(name).png", making: true))
    }
    let stage = try ImageList.from(folder("two")).splitByFolder().labelledByFolder().transformed()
    #expect(stage.constantChannels == [])
  }

  @Test func aChannelThatNeverChangesIsSaid() throws {
    for name in ["train/a/0", "train/b/1", "valid/a/2", "valid/b/3"] {
      let pixels = (0..<12).map { UInt8($0 % 3 == 1 ? 7 : $0) }
      try Image(width: 2, height: 2, channels: 3, pixels: pixels)
        .writePNG(folder("flat/\(name).png", making: true))
    }
    let stage = try ImageList.from(folder("flat")).splitByFolder().labelledByFolder().transformed()
    let sentence =
      "warning: green is 7 of 255 in every pixel of all 2 training images, so nothing can be learned from it: are the files read rightly?"
    #expect(stage.constantChannels == [sentence])
    #expect(stage.description.hasSuffix("  \(sentence)\n"))
    let data = try stage.batches(of: 2).normalised()
    #expect(data.description.hasSuffix("  \(sentence)\n"))
    #expect(data.normalization?.deviation[1] == 1 && data.normalization?.mean[1] == 7 / 255)
    // Greys in three equal channels change.
    for name in ["train/a/0", "valid/a/1"] {
      try Image(width: 2, height: 1, channels: 1, pixels: [3, 4])
        .writePNG(folder("grey/\(name).png", making: true))
    }
    let grey = try ImageList.from(folder("grey")).splitByFolder().labelledByFolder().transformed()
    #expect(grey.constantChannels == [])
  }
}
