import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file of named tensors in the safetensors format: 8 bytes for the length of a JSON header (little-endian), the
/// header, and the numbers, row by row, without gaps.
///
/// Reading checks everything before any number is used: lengths, JSON, names, types, shapes and places. A tensor of a
/// type that cannot be read (whole numbers, 8 bits and fewer, a type of tomorrow) stands in no other's way: it is
/// refused when it is asked for. Names are equal if their bytes are.
public struct Safetensors {
  /// Texts that the writer put beside the tensors.
  public let metadata: [String: String]
  private let entries: [ExactName: SafetensorsHeader.Entry]
  private let data: [UInt8]

  /// The limit of the format's own reader.
  static let longestHeader = 100_000_000  // bytes

  public init(contentsOf path: String) throws {
    do {
      (metadata, entries, data) = try withFile(path) { file, size in
        // The header tells whether the rest is worth reading.
        let length = try Self.headerLength(try nextBytes(of: file, count: 8), size: size)
        let header = try SafetensorsHeader(
          try nextBytes(of: file, count: length)[...], dataCount: size - 8 - length)
        let data = try nextBytes(of: file, count: size - 8 - length)
        guard data.count == size - 8 - length else {
          throw CheckpointError("it became shorter while it was read")
        }
        let entries = header.entries.map { (ExactName($0.name), $0) }
        return (header.metadata, Dictionary(uniqueKeysWithValues: entries), data)
      }
    } catch let error as CheckpointError {
      throw CheckpointError("\(path): \(error)")
    }
  }

  private static func headerLength(_ bytes: [UInt8], size: Int) throws -> Int {
    guard bytes.count == 8 else {
      throw CheckpointError(
        "it is cut short: \(bytes.count) bytes, its header's length alone takes 8")
    }
    let length = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= longestHeader else {
      throw CheckpointError("its header claims \(length) bytes, the limit is \(longestHeader)")
    }
    guard 8 + Int(length) <= size else {
      throw CheckpointError("its header claims \(length) bytes, \(size - 8) are there")
    }
    return Int(length)
  }

  /// In the order of their bytes.
  public var names: [String] { entries.keys.sorted().map(\.text) }

  /// The tensors that `tensor` refuses, as their type has no place here, and that type.
  public var unreadable: [(name: String, type: String)] {
    entries.values.filter { !Self.types.contains($0.type) }
      .sorted { ExactName($0.name) < ExactName($1.name) }.map { ($0.name, $0.type) }
  }

  private static let types: Set = ["F32", "F16", "BF16", "F64"]

  /// The tensor of a name, in 32 bits; types of 16 and 64 bits are converted.
  public func tensor(_ name: String) throws -> Tensor {
    guard let entry = entries[ExactName(name)] else { throw CheckpointError("\(name) is missing") }
    guard Self.types.contains(entry.type) else {
      throw CheckpointError(
        "\(name) holds \(entry.type), a tensor needs F32, F16, BF16 or F64")
    }
    var y = Tensor(unfilled: entry.shape)
    let (start, count) = (y.mutableStart, y.count)
    data.withUnsafeBytes { bytes in
      let data = UnsafeRawBufferPointer(rebasing: bytes[entry.range])
      func fill<T>(_ type: T.Type, _ number: (T) -> Float) {
        let size = MemoryLayout<T>.size
        for i in 0..<count {
          start[i] = number(data.loadUnaligned(fromByteOffset: i * size, as: T.self))
        }
      }
      switch entry.type {
      case "F32": fill(UInt32.self) { Float(bitPattern: UInt32(littleEndian: $0)) }
      case "F64": fill(UInt64.self) { Float(Double(bitPattern: UInt64(littleEndian: $0))) }
      case "BF16": fill(UInt16.self) { Float(bitPattern: UInt32(UInt16(littleEndian: $0)) << 16) }
      default: fill(UInt16.self) { Self.half(UInt16(littleEndian: $0)) }
      }
    }
    return y
  }

  /// A number of 16 bits (IEEE 754 binary16): 1 for the sign, 5 for the exponent, 10 for the digits.
  private static func half(_ bits: UInt16) -> Float {
    let sign: Float = bits >> 15 == 0 ? 1 : -1
    let (exponent, digits) = (UInt32(bits >> 10 & 0x1f), UInt32(bits & 0x3ff))
    switch exponent {
    case 0: return sign * Float(digits) * 0x1p-24
    case 31: return sign * Float(bitPattern: 0x7f80_0000 | digits << 13)
    default: return sign * Float(bitPattern: (exponent + 112) << 23 | digits << 13)
    }
  }

  /// Writes tensors under their names. A file of this name is replaced only once the new one is whole.
  public static func write(
    _ tensors: [(name: String, tensor: Tensor)], metadata: [String: String] = [:], to path: String
  ) throws {
    try write(tensors, metadata: metadata, to: path, beforeRename: {})
  }

  /// `beforeRename` lets a test fail when all is written.
  static func write(
    _ tensors: [(name: String, tensor: Tensor)], metadata: [String: String], to path: String,
    beforeRename: () throws -> Void
  ) throws {
    var end = 0
    var names: Set = [ExactName("__metadata__")]
    let entries = tensors.map { name, tensor in
      expect(
        names.insert(ExactName(name)).inserted, "a checkpoint cannot hold the name \(name) twice")
      let start = end
      end += 4 * tensor.count
      return SafetensorsHeader.Entry(
        name: name, type: "F32", shape: tensor.shape, range: start..<end)
    }
    let header = Array(SafetensorsHeader.json(entries, metadata: metadata).utf8)
    expect(header.count <= longestHeader, "a header of \(header.count) bytes is too long")
    do {
      try replaceFile(path, beforeRename: beforeRename) { write in
        try withUnsafeBytes(of: UInt64(header.count).littleEndian) { try write($0) }
        try header.withUnsafeBytes { try write($0) }
        for (_, tensor) in tensors {
          try withExtendedLifetime(tensor) {
            try write(UnsafeRawBufferPointer(start: tensor.start, count: 4 * tensor.count))
          }
        }
      }
    } catch let error as CheckpointError {
      throw CheckpointError("\(path): \(error)")
    }
  }
}
