import Foundation
import Tensors
import Testing

@testable import NeuralNetworks

@Suite final class CheckpointTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "unrolled-\(UUID().uuidString)")
  private var path: String { folder.appending(path: "model.safetensors").path }

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(at: folder) }

  private func model(seed: UInt64, outputs: Int = 2) -> Sequential {
    var generator = SeededGenerator(seed: seed)
    let model = Sequential(Linear(3, outputs, using: &generator), BatchNorm(outputs))
    _ = model(.normal([5, 3], mean: 2, using: &generator))  // running averages of its own
    return model
  }

  @Test func aLinkStaysAndWhatItLeadsToIsWritten() throws {
    let manager = FileManager.default
    try manager.createDirectory(
      at: folder.appending(path: "big"), withIntermediateDirectories: true)
    let link = folder.appending(path: "link.safetensors").path
    let second = folder.appending(path: "second.safetensors").path
    try manager.createSymbolicLink(atPath: link, withDestinationPath: "big/real.safetensors")
    try manager.createSymbolicLink(atPath: second, withDestinationPath: link)
    for (number, path) in [link, second].enumerated() {  // the target is not there, then it is
      let saved = model(seed: UInt64(number))
      try Checkpoint.save(saved, to: path)
      let loaded = model(seed: 9)
      try Checkpoint.load(folder.appending(path: "big/real.safetensors").path, into: loaded)
      #expect(bits(loaded) == bits(saved))
    }
    #expect(try manager.destinationOfSymbolicLink(atPath: link) == "big/real.safetensors")
    #expect(try manager.destinationOfSymbolicLink(atPath: second) == link)
    #expect(try manager.contentsOfDirectory(atPath: folder.path + "/big") == ["real.safetensors"])
  }

  @Test func whatIsNoFileIsNotReplaced() throws {
    let loop = folder.appending(path: "loop").path
    try FileManager.default.createSymbolicLink(atPath: loop, withDestinationPath: "loop")
    for (place, words) in [
      ("/dev/null", "it is no file"), (folder.path, "it is a folder"),
      (loop, "Too many levels of symbolic links"),
    ] {
      let error = #expect(throws: CheckpointError.self) {
        try Checkpoint.save(model(seed: 1), to: place)
      }
      #expect(error.map { "\($0)" }?.contains(words) == true)
    }
    var facts = stat()
    #expect(stat("/dev/null", &facts) == 0 && facts.st_mode & S_IFMT == S_IFCHR)
  }

  private func bits(_ model: Module) -> [UInt32] {
    model.namedState.flatMap { $0.tensor.value.values.map(\.bitPattern) }
  }

  /// Loading is refused with one sentence that holds `words`, and changes nothing.
  private func expectRefusal(
    _ words: String, at path: String? = nil, names: NameMap? = nil,
    location: SourceLocation = #_sourceLocation
  ) {
    let path = path ?? self.path
    let model = model(seed: 7)
    let before = bits(model)
    do {
      try Checkpoint.load(path, into: model, names: names)
      Issue.record("it was not refused: \(words)", sourceLocation: location)
    } catch {
      let text = "\(error)"
      #expect(error is CheckpointError, sourceLocation: location)
      #expect(text.hasPrefix("\(path): "), sourceLocation: location)
      #expect(text.contains(words), "\(text)", sourceLocation: location)
      #expect(!text.contains("\n"), sourceLocation: location)
    }
    #expect(bits(model) == before, "the model changed: \(words)", sourceLocation: location)
  }

  private func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: path)) }

  private func file(_ header: String, data: Int, length: UInt64? = nil) -> [UInt8] {
    let length = length ?? UInt64(header.utf8.count)
    return withUnsafeBytes(of: length.littleEndian, Array.init) + Array(header.utf8)
      + [UInt8](repeating: 0, count: data)
  }

  private let names = [
    "layers.0.weight", "layers.0.bias", "layers.1.gamma", "layers.1.beta", "layers.1.runningMean",
    "layers.1.runningVariance",
  ]

  @Test func aModelComesBackBitForBit() throws {
    let (a, b) = (model(seed: 1), model(seed: 2))
    #expect(bits(a) != bits(b))
    try Checkpoint.save(a, to: path, metadata: ["epoch \"1\"": "line\nbreak, é, \\"])
    try Checkpoint.load(path, into: b)
    #expect(bits(a) == bits(b))
    let file = try Safetensors(contentsOf: path)
    #expect(file.metadata == ["epoch \"1\"": "line\nbreak, é, \\"])
    #expect(file.names == names.sorted())
    // Numbers that are not finite, and the sign of zero, too.
    let odd: [(name: String, tensor: Tensor)] = [
      ("odd", Tensor([.nan, -.infinity, -0.0, .leastNonzeroMagnitude])),
      ("empty", .zeros([0, 3])), ("one", Tensor(4)),
    ]
    try Safetensors.write(odd, to: path)
    let again = try Safetensors(contentsOf: path)
    for (name, tensor) in odd {
      let read = try again.tensor(name)
      #expect(read.shape == tensor.shape)
      #expect(read.values.map(\.bitPattern) == tensor.values.map(\.bitPattern))
    }
  }

  @Test func everyCutOfTheTailIsRefused() throws {
    try Checkpoint.save(model(seed: 1), to: path)
    let whole = Array(try Data(contentsOf: URL(filePath: path)))
    let header = 8 + Int(whole[0]) + Int(whole[1]) << 8
    #expect(header % 8 == 0 && whole.count == header + 4 * (6 + 2 + 4 * 2))
    for count in whole.indices {
      try write(Array(whole[..<count]))
      let words =
        count < 8
        ? "it is cut short: \(count) bytes"
        : count < header
          ? "its header claims \(header - 8) bytes, \(count - 8) are there"
          : "it is cut short: its tensors take \(whole.count - header) bytes, \(count - header) are there"
      expectRefusal(words)
    }
    try write(whole + [0])
    expectRefusal("1 bytes after its last tensor belong to none")
  }

  /// A changed byte of the header is noticed, or the file still says the same.
  @Test func everyChangedByteOfTheHeaderIsRefusedOrHarmless() throws {
    let saved = model(seed: 1)
    try Checkpoint.save(saved, to: path)
    let whole = Array(try Data(contentsOf: URL(filePath: path)))
    let header = 8 + Int(whole[0]) + Int(whole[1]) << 8
    var refused = 0
    for place in 0..<header {
      for change: UInt8 in [1, 0x10, 0x20, 0x80] {
        var bytes = whole
        bytes[place] ^= change
        try write(bytes)
        let model = model(seed: 7)
        let before = bits(model)
        do {
          try Checkpoint.load(path, into: model)
          #expect(bits(model) == bits(saved), "byte \(place) ^ \(change)")
        } catch {
          refused += 1
          #expect(bits(model) == before, "byte \(place) ^ \(change)")
        }
      }
    }
    // Only a space for another kind of space in the seven bytes or fewer at the end is harmless.
    #expect(refused >= 4 * (header - 7))
  }

  @Test func brokenHeadersAreRefused() throws {
    let a = #""a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"#
    let cases: [(header: String, data: Int, words: String)] = [
      ("", 0, "byte 0 should be {"),
      ("[]", 0, "byte 0 should be {"),
      ("null", 0, "byte 0 should be {"),
      ("{\(a)", 8, "should be }"),
      ("{\(a)}}", 8, "should be its end"),
      ("{\(a)} x", 8, "should be its end"),
      ("{\(a),}", 8, "should be \""),
      ("{a:1}", 8, "byte 1 should be \""),
      (#"{"a" 1}"#, 8, "should be :"),
      (#"{"a":1}"#, 8, "should be {"),
      (#"{"a":null}"#, 8, "should be {"),
      (#"{"a":{"dtype":"F32","shape":[2]}}"#, 8, "a lacks its dtype, shape or data_offsets"),
      (#"{"a":{}}"#, 8, "a lacks its dtype, shape or data_offsets"),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":[]}}"#, 8, "an unknown field"),
      (#"{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 8, "one twice"),
      (#"{"a":{"dtype":32,"shape":[2],"data_offsets":[0,8]}}"#, 8, "should be \""),
      (#"{"a":{"dtype":"F4","shape":[15],"data_offsets":[0,8]}}"#, 8, "ends within a byte"),
      (#"{"a":{"dtype":"F4","shape":[14],"data_offsets":[0,8]}}"#, 8, "takes 7 bytes"),
      (
        #"{"a":{"dtype":"F31","shape":[0,4611686018427387904,4],"data_offsets":[0,8]}}"#, 8,
        "too large"
      ),
      (#"{"__metadata__":nul,"#, 8, "should be {"),
      (#"{"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}"#, 8, "should be ["),
      (#"{"a":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}"#, 8, "should be a whole number"),
      (#"{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#, 8, "should be a whole number"),
      (#"{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}"#, 8, "should be ]"),
      (#"{"a":{"dtype":"F32","shape":[2e0],"data_offsets":[0,8]}}"#, 8, "should be ]"),
      (#"{"a":{"dtype":"F32","shape":[02],"data_offsets":[0,8]}}"#, 8, "should be a whole number"),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,-8]}}"#, 8, "should be a whole number"),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}"#, 8, "a first and a last byte"),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4,8]}}"#, 8, "a first and a last byte"),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, 8, "in order, got [8, 0]"),
      (
        #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, 8,
        "a of type F32 and shape [3] takes 12 bytes, it was given 8"
      ),
      (#"{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,8]}}"#, 8, "takes 4 bytes"),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#, 12, "bytes 0 to 4 before a"),
      (
        #"{\#(a),"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#, 12,
        "b starts at byte 4, within the tensor before it, which ends at 8"
      ),
      (
        #"{\#(a),"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 8,
        "within the tensor before"
      ),
      (
        #"{\#(a),"b":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}}"#, 16,
        "bytes 8 to 12 before b belong to no tensor"
      ),
      ("{\(a)}", 7, "its tensors take 8 bytes, 7 are there"),
      ("{\(a)}", 9, "1 bytes after its last tensor belong to none"),
      ("{}", 4, "4 bytes after its last tensor belong to none"),
      ("{\(a),\(a)}", 8, "a stands twice in its header"),
      (#"{\#(a),"\u0061":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}"#, 8, "a stands twice"),
      (#"{"__metadata__":{"k":1},\#(a)}"#, 8, "should be \""),
      (#"{"__metadata__":[],\#(a)}"#, 8, "should be {"),
      (#"{"__metadata__":{"k":"1","k":"2"},\#(a)}"#, 8, "k stands twice in its metadata"),
      (#"{"__metadata__":{},"__metadata__":{},\#(a)}"#, 8, "__metadata__ stands twice"),
      (
        #"{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}"#, 8,
        "a number too large to hold: 99999999999999999999"
      ),
      (
        #"{"a":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,8]}}"#, 8,
        "a has a shape too large to hold"
      ),
      (
        #"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}"#, 0,
        "a has a shape too large to hold"
      ),
      (
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775800,9223372036854775807]}}"#,
        8, "takes 8 bytes, it was given 7"
      ),
      (
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775799,9223372036854775807]}}"#,
        8, "bytes 0 to 9223372036854775799 before a"
      ),
      (#"{"a\q":{}}"#, 8, "an escaped character"),
      (#"{"a\u12g4":{}}"#, 8, "four hexadecimal digits"),
      (#"{"a\ud800":{}}"#, 8, "a whole character"),
      (#"{"a\ud800\u0041":{}}"#, 8, "the second half of a character"),
      (#"{"a"#, 8, "the end of a text"),
      ("{\"a\n\":{}}", 8, "the end of a text"),
      (String(repeating: "{", count: 100_000), 0, "should be \""),
      (String(repeating: #"{"a":"#, count: 100_000), 0, "an unknown field"),
    ]
    for c in cases {
      try write(file(c.header, data: c.data))
      expectRefusal(c.words)
    }
    // Lengths of the header that are not its length.
    for length in [0, 1, 55, 57, 1000, 99_999_999] as [UInt64] {
      try write(file("{\(a)}", data: 8, length: length))
      expectRefusal("header")
    }
    for length in [100_000_001, 1 << 32, 1 << 63, .max] as [UInt64] {
      try write(file("{\(a)}", data: 8, length: length))
      expectRefusal("its header claims \(length) bytes, the limit is 100000000")
    }
    // Bytes that are no text: a lone byte of a longer character, one too long a form, a surrogate.
    for bytes in [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80]] as [[UInt8]] {
      let header = Array(#"{"a"#.utf8) + bytes + Array(#"":{}}"#.utf8)
      try write(withUnsafeBytes(of: UInt64(header.count).littleEndian, Array.init) + header)
      expectRefusal("its header is not UTF-8")
    }
  }

  @Test func whatDoesNotFitTheModelIsRefused() throws {
    let other = model(seed: 1, outputs: 4)
    try Checkpoint.save(other, to: path)
    expectRefusal("layers.0.weight gives a shape of [3, 4], layers.0.weight has [3, 2]")
    let state = model(seed: 1).namedState.map { (name: $0.name, tensor: $0.tensor.value) }
    for (i, entry) in state.enumerated() {
      var less = state
      less.remove(at: i)
      try Safetensors.write(less, to: path)
      expectRefusal("\(entry.name) is missing")
      var turned = state
      turned[i].tensor = turned[i].tensor.reshaped([1, -1])
      try Safetensors.write(turned, to: path)
      expectRefusal(
        "\(entry.name) gives a shape of \(turned[i].tensor.shape), \(entry.name) has \(entry.tensor.shape)"
      )
    }
    try Safetensors.write(state + [("surplus", Tensor([1]))], to: path)
    expectRefusal("surplus has no place in this model")
    // The last tensor has another type: the ones before it must not be set.
    var whole = Array(
      try {
        try Safetensors.write(state, to: path)
        return try Data(contentsOf: URL(filePath: path))
      }())
    let last = Array(#""layers.1.runningVariance":{"dtype":"F32""#.utf8)
    let place =
      try #require(
        whole.indices.first { whole[$0...].starts(with: last) }) + last.count - 4
    whole.replaceSubrange(place..<(place + 3), with: Array("I32".utf8))
    try write(whole)
    expectRefusal("layers.1.runningVariance holds I32, a tensor needs F32, F16, BF16 or F64")
  }

  @Test func whatIsNoFileIsRefused() {
    expectRefusal("No such file", at: folder.path + "/none.safetensors")
    expectRefusal("is not a file", at: folder.path)
  }

  @Test func aFailureBeforeTheEndLeavesTheOldFileAndNoOther() throws {
    struct Stop: Error {}
    try Checkpoint.save(model(seed: 1), to: path)
    let before = try Data(contentsOf: URL(filePath: path))
    #expect(throws: Stop.self) {
      try Safetensors.write([("a", Tensor([1]))], metadata: [:], to: self.path) { throw Stop() }
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
    try Safetensors.write([("a", Tensor([1]))], to: path)
    #expect(try Data(contentsOf: URL(filePath: path)) != before)
  }

  @Test func aWriterKilledMidwayLeavesTheOldFile() async throws {
    let place = FileManager.default.temporaryDirectory.path + "/unrolled-killed-\(getpid())"
    try? FileManager.default.removeItem(atPath: place)
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: place) }
    let file = place + "/model.safetensors"
    try Checkpoint.save(model(seed: 1), to: file)
    let before = try Data(contentsOf: URL(filePath: file))
    await #expect(processExitsWith: .signal(SIGKILL)) {
      let file =
        FileManager.default.temporaryDirectory.path
        + "/unrolled-killed-\(getppid())/model.safetensors"
      try Safetensors.write([("a", Tensor([1]))], metadata: [:], to: file) {
        kill(getpid(), SIGKILL)
      }
    }
    #expect(try Data(contentsOf: URL(filePath: file)) == before)
    // The new file stands beside it, complete but for its name: the writer came that far.
    #expect(try FileManager.default.contentsOfDirectory(atPath: place).count == 2)
    let model = model(seed: 2)
    try Checkpoint.load(file, into: model)
    #expect(bits(model) == bits(self.model(seed: 1)))
  }

  @Test func aFolderThatIsNotThereIsNamed() {
    #expect(
      throws: CheckpointError("\(folder.path)/no/x: cannot be written: No such file or directory")
    ) { try Safetensors.write([("a", Tensor([1]))], to: self.folder.path + "/no/x") }
  }
}
