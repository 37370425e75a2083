import DataPipeline
import Foundation
import Testing

/// Good and broken IDX files, written to a folder of the test's own.
@Suite struct IDXTests {
  private let folder: URL

  init() throws {
    folder = URL.temporaryDirectory.appending(path: "idx-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func write(_ name: String, _ header: [UInt32], _ bytes: [UInt8]) throws {
    let head = header.flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) }
    }
    // Plain bytes: the reader takes gzip and plain files alike.
    try Data(head + bytes).write(to: folder.appending(path: name))
  }

  private func message() -> String {
    do {
      _ = try MNIST.load(from: folder)
      return "loaded"
    } catch { return "\(error)" }
  }

  private let images = "train-images-idx3-ubyte.gz"
  private let labels = "train-labels-idx1-ubyte.gz"

  private func writeGood() throws {
    try write(images, [0x803, 2, 2, 2], [UInt8](0..<8))
    try write(labels, [0x801, 2], [3, 9])
  }

  @Test func theDigitsAreAllThere() throws {
    let digits = try Digits.load()
    #expect(digits.count == 1797)
    #expect(digits.height == 8 && digits.width == 8)
    // Class counts as scikit-learn's load_digits gives them.
    let counts = (0..<10).map { digit in digits.labels.count { $0 == digit } }
    #expect(counts == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    #expect(digits.pixels.max() == 16)
    let batch = digits.batch([0, 1796])
    #expect(batch.images.shape == [2, 64])
    #expect(batch.labels == [0, 8])
  }

  @Test func aMissingFileIsNamed() {
    #expect(message().contains("train-images-idx3-ubyte.gz is missing: MNIST needs"))
  }

  @Test func aWrongMagicNumberIsNamed() throws {
    try writeGood()
    try write(images, [0x801, 2, 2, 2], [UInt8](0..<8))
    #expect(
      message().contains("does not hold images: its magic number is 2049, IDX images have 2051"))
  }

  @Test func aShortFileIsNamed() throws {
    try writeGood()
    try write(images, [0x803, 2, 2, 2], [UInt8](0..<7))
    #expect(message().contains("holds 7 bytes of images, its header says 2 × 2 × 2"))
    try write(images, [0x803, 2], [])
    #expect(message().contains("is cut short: 8 bytes, its header alone takes 16"))
  }

  @Test func aHeaderThatOverflowsIsNamed() throws {
    try writeGood()
    try write(images, [0x803, .max, .max, .max], [])
    #expect(message().contains("its header says 4294967295 × 4294967295 × 4294967295"))
  }

  @Test func aLabelOutOfRangeIsNamed() throws {
    try writeGood()
    try write(labels, [0x801, 2], [3, 10])
    #expect(message().contains("label 10 at position 1 is outside 0…9"))
  }

  @Test func differentCountsAreNamed() throws {
    try writeGood()
    try write(labels, [0x801, 1], [3])
    #expect(message().contains("holds 2 images"))
  }

  @Test func truncatedGzipIsNamed() throws {
    try writeGood()
    let whole = try Data(contentsOf: URL(filePath: Digits.files[0]))
    try whole.prefix(whole.count / 2).write(to: folder.appending(path: images))
    #expect(message().contains("is cut short: its compressed data ends too early"))
  }

  @Test func corruptGzipIsNamed() throws {
    try writeGood()
    var whole = try Data(contentsOf: URL(filePath: Digits.files[0]))
    for i in 2000..<2200 { whole[i] = 0xff }
    try whole.write(to: folder.appending(path: images))
    #expect(message().contains("cannot be unpacked"))
  }
}

@Suite struct SHA256Tests {
  @Test func matchesTheStandardsExamples() {
    // FIPS 180-4 examples: "abc", the empty message, and the 56-byte message.
    #expect(
      SHA256.digest(Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      SHA256.digest([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      SHA256.digest(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8))
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
  }
}
