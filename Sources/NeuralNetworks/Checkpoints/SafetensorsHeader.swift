/// The header of a safetensors file: for each tensor its type, shape and place among the data.
///
///     {"__metadata__":{"by":"…"},"weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}
///
/// JSON of one form only, so the reader knows just that form; whatever is not of it is refused.
/// https://github.com/huggingface/safetensors describes the format.
struct SafetensorsHeader {
  struct Entry: Equatable, Sendable {
    let name: String
    /// "F32"
    let type: String
    let shape: [Int]
    /// Bytes among the data.
    let range: Range<Int>
  }

  /// In the order of the data.
  let entries: [Entry]
  let metadata: [String: String]

  /// How many bits a number takes. A type that is not among them takes what the file gives it.
  static let bits = [
    "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6, "BOOL": 8, "U8": 8, "I8": 8, "F8_E4M3": 8, "F8_E5M2": 8,
    "F8_E8M0": 8, "F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8, "U16": 16, "I16": 16, "F16": 16, "BF16": 16,
    "U32": 32, "I32": 32, "F32": 32, "U64": 64, "I64": 64, "F64": 64, "C64": 64,
  ]

  /// Reads a header and checks it against the count of bytes that follow it.
  init(_ json: ArraySlice<UInt8>, dataCount: Int) throws {
    guard String(validating: json, as: UTF8.self) != nil else {
      throw CheckpointError("its header is not UTF-8")
    }
    var text = StrictJSON(json)
    var entries: [Entry] = []
    var metadata: [String: String]?
    var names: Set<ExactName> = []
    try text.object { name, text in
      guard names.insert(ExactName(name)).inserted else {
        throw CheckpointError("\(name) stands twice in its header")
      }
      if name == "__metadata__" {
        metadata = try text.null() ? [:] : Self.metadata(&text)
      } else {
        entries.append(try Self.entry(name, &text))
      }
    }
    try text.end()
    // Empty tensors come before one that starts at the same place.
    entries.sort {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    try Self.checkCover(entries, dataCount)
    self.entries = entries
    self.metadata = metadata ?? [:]
  }

  private static func metadata(_ text: inout StrictJSON) throws -> [String: String] {
    var metadata: [String: String] = [:]
    try text.object { key, text in
      guard metadata.updateValue(try text.string(), forKey: key) == nil else {
        throw CheckpointError("\(key) stands twice in its metadata")
      }
    }
    return metadata
  }

  private static func entry(_ name: String, _ text: inout StrictJSON) throws -> Entry {
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    try text.object { field, text in
      switch field {
      case "dtype" where type == nil: type = try text.string()
      case "shape" where shape == nil: shape = try text.wholeNumbers()
      case "data_offsets" where offsets == nil: offsets = try text.wholeNumbers()
      default: throw CheckpointError("\(name) has an unknown field, or one twice: \(field)")
      }
    }
    guard let type, let shape, let offsets else {
      throw CheckpointError("\(name) lacks its dtype, shape or data_offsets")
    }
    guard offsets.count == 2, offsets[0] <= offsets[1] else {
      throw CheckpointError("\(name) needs a first and a last byte in order, got \(offsets)")
    }
    // Also of an empty tensor: its other lengths are multiplied somewhere.
    let (numbers, isTooLarge) = shape.reduce((1, false)) { product, length in
      let (next, overflow) = product.0.multipliedReportingOverflow(by: max(1, length))
      return (next, product.1 || overflow)
    }
    guard !isTooLarge, numbers <= Int.max / 64 else {
      throw CheckpointError("\(name) has a shape too large to hold: \(shape)")
    }
    let given = offsets[1] - offsets[0]
    if let bits = bits[type] {
      let needed = bits * shape.reduce(1, *)
      guard needed % 8 == 0 else {
        throw CheckpointError("\(name) of type \(type) and shape \(shape) ends within a byte")
      }
      guard given == needed / 8 else {
        throw CheckpointError(
          "\(name) of type \(type) and shape \(shape) takes \(needed / 8) bytes, it was given \(given)"
        )
      }
    }
    return Entry(name: name, type: type, shape: shape, range: offsets[0]..<offsets[1])
  }

  /// Every byte belongs to one tensor.
  private static func checkCover(_ entries: [Entry], _ dataCount: Int) throws {
    var end = 0
    for entry in entries {
      guard entry.range.lowerBound == end else {
        throw CheckpointError(
          entry.range.lowerBound < end
            ? "\(entry.name) starts at byte \(entry.range.lowerBound), within the tensor before it, which ends at \(end)"
            : "bytes \(end) to \(entry.range.lowerBound) before \(entry.name) belong to no tensor")
      }
      end = entry.range.upperBound
    }
    guard end == dataCount else {
      throw CheckpointError(
        end > dataCount
          ? "it is cut short: its tensors take \(end) bytes, \(dataCount) are there"
          : "\(dataCount - end) bytes after its last tensor belong to none")
    }
  }

  /// The header's text, with spaces at its end so that the data start at a multiple of 8 bytes.
  static func json(_ entries: [Entry], metadata: [String: String]) -> String {
    var members: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { ExactName($0.key) < ExactName($1.key) }
        .map { "\(StrictJSON.quoted($0.key)):\(StrictJSON.quoted($0.value))" }
      members.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
    }
    for entry in entries {
      let shape = entry.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(StrictJSON.quoted(entry.name)):{\"dtype\":\"\(entry.type)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(entry.range.lowerBound),\(entry.range.upperBound)]}")
    }
    let text = "{\(members.joined(separator: ","))}"
    return text + String(repeating: " ", count: (8 - text.utf8.count % 8) % 8)
  }
}
