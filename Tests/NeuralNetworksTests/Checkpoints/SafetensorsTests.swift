import Foundation
import NeuralNetworks
import Tensors
import Testing

/// What may stand in a file. What safetensors 0.8.0 does with each is noted.
@Suite final class SafetensorsTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "unrolled-\(UUID().uuidString)")
  private var path: String { folder.appending(path: "tensors.safetensors").path }

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(at: folder) }

  private func write(_ header: String, data: [UInt8]) throws {
    let bytes =
      withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian, Array.init) + Array(header.utf8)
    try Data(bytes + data).write(to: URL(filePath: path))
  }

  private let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}")

  /// There, too, these are two names.
  @Test func namesAreBytes() throws {
    #expect(composed == decomposed)
    try Safetensors.write(
      [(composed, Tensor([1])), (decomposed, Tensor([2, 3])), ("a", Tensor(4))],
      metadata: ["e\u{301}": "\u{e9}"], to: path)
    let file = try Safetensors(contentsOf: path)
    #expect(
      file.names.map { Array($0.utf8) } == ["a", decomposed, composed].map { Array($0.utf8) })
    #expect(try file.tensor(composed).values == [1])
    #expect(try file.tensor(decomposed).values == [2, 3])
    #expect(file.metadata.first.map { Array($0.value.utf8) } == [0xc3, 0xa9])
    #expect(throws: CheckpointError("cafe\u{301}s is missing")) {
      _ = try file.tensor("cafe\u{301}s")
    }
  }

  final class Accented: Module {
    // swift-format-ignore: IdentifiersMustBeASCII
    @Parameter var é = Tensor.ones([2])
  }

  /// A name in the other form is another name: nothing is taken for it, and nothing of it is dropped in silence.
  @Test func aModelsNameIsFoundByItsBytes() throws {
    let model = Accented()
    try Checkpoint.save(model, to: path)
    let name = try #require(try Safetensors(contentsOf: path).names.first)
    let other = Array(name.utf8).count == 2 ? "e\u{301}" : "\u{e9}"
    #expect(name == other)
    try Safetensors.write([(name, Tensor([5, 6]))], to: path)
    try Checkpoint.load(path, into: model)
    #expect(model.parameters[0].value.values == [5, 6])
    try Safetensors.write([(other, Tensor([7, 8]))], to: path)
    #expect(throws: CheckpointError("\(path): \(name) is missing (our \(name))")) {
      try Checkpoint.load(path, into: model)
    }
    try Safetensors.write([(name, Tensor([7, 8])), (other, Tensor([7, 8]))], to: path)
    #expect(throws: CheckpointError("\(path): \(other) has no place in this model")) {
      try Checkpoint.load(path, into: model)
    }
    #expect(model.parameters[0].value.values == [5, 6])
  }

  /// It reads all of these but the last, which it refuses with the whole file.
  @Test func whatIsNotAskedForDoesNotCount() throws {
    let types: [(type: String, numbers: Int)] = [
      ("F4", 16), ("F6_E2M3", 8), ("F6_E3M2", 4), ("F8_E4M3", 8), ("F8_E5M2", 8), ("F8_E8M0", 8),
      ("F8_E4M3FNUZ", 8), ("F8_E5M2FNUZ", 8), ("BOOL", 8), ("I64", 1), ("C64", 1),
      ("F3_OF_2030", 5),
    ]
    #expect(types.count == 12)
    for (type, numbers) in types {
      let size = type == "F6_E2M3" ? 6 : type == "F6_E3M2" ? 3 : 8
      try write(
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
          + #""b":{"dtype":"\#(type)","shape":[\#(numbers)],"data_offsets":[4,\#(4 + size)]}}"#,
        data: [0, 0, 0x80, 0x3f] + [UInt8](repeating: 1, count: size))
      let file = try Safetensors(contentsOf: path)
      #expect(try file.tensor("a").values == [1])
      #expect(file.names == ["a", "b"])
      #expect(file.unreadable.map(\.name) == ["b"] && file.unreadable.map(\.type) == [type])
      #expect(
        throws: CheckpointError("b holds \(type), a tensor needs F32, F16, BF16 or F64")
      ) { _ = try file.tensor("b") }
    }
  }

  /// It reads this, too.
  @Test func metadataOfNullAreNone() throws {
    try write(
      #"{"__metadata__": null ,"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
      data: [0, 0, 0x80, 0x3f])
    let file = try Safetensors(contentsOf: path)
    #expect(file.metadata.isEmpty)
    #expect(try file.tensor("a").values == [1])
  }

  /// A length of many bytes that are not there, in the header and behind it: nothing is made room for.
  @Test func hugeClaimsAreRefusedBeforeTheyAreBelieved() throws {
    try Data([2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d]).write(to: URL(filePath: path))
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.truncate(atOffset: 1 << 42)  // sparse: 4 TB
    try handle.close()
    #expect(
      throws: CheckpointError(
        "\(path): \((1 << 42) - 10) bytes after its last tensor belong to none")
    ) {
      _ = try Safetensors(contentsOf: self.path)
    }
    for shape in ["0,9223372036854775807,4", "9223372036854775807,4,0", "4611686018427387904"] {
      try write(#"{"a":{"dtype":"F32","shape":[\#(shape)],"data_offsets":[0,0]}}"#, data: [])
      do {
        _ = try Safetensors(contentsOf: path)
        Issue.record("a shape of \(shape) was believed")
      } catch {
        #expect("\(error)".contains("a has a shape too large to hold"))
      }
    }
  }

  /// 400 files with a few bytes changed, added, doubled or cut: each is read, or refused with one sentence.
  @Test func aMutatedFileIsReadOrRefused() throws {
    var generator = SeededGenerator(seed: 42)
    try Safetensors.write(
      [("layers.0.weight", .ones([2, 3])), ("\u{e9}", Tensor(1)), ("none", .zeros([0]))],
      metadata: ["by": "a \"test\"\n"], to: path)
    let whole = Array(try Data(contentsOf: URL(filePath: path)))
    let header = 8 + Int(whole[0]) + Int(whole[1]) << 8
    var refused = 0
    for round in 0..<400 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<min(header, bytes.count), using: &generator)
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.insert(UInt8.random(in: 32...126, using: &generator), at: place)
        case 2: bytes.remove(at: place)
        case 3:
          let end = Int.random(in: place..<bytes.count, using: &generator)
          bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
        default: bytes.removeLast(Int.random(in: 0..<(bytes.count / 2), using: &generator))
        }
      }
      // Often with the length that the header has now.
      if round % 2 == 0, bytes.count > header - 24 + 8 {
        let length = UInt64(max(0, bytes.count - 8 - 28))
        bytes.replaceSubrange(
          ..<min(8, bytes.count), with: withUnsafeBytes(of: length.littleEndian, Array.init))
      }
      try Data(bytes).write(to: URL(filePath: path))
      do {
        let file = try Safetensors(contentsOf: path)
        for name in file.names { _ = try? file.tensor(name).values }
      } catch {
        refused += 1
        #expect("\(error)".hasPrefix("\(path): ") && error is CheckpointError)
      }
    }
    #expect(refused > 300)
  }
}
