/// Stops a wrong call at the door with one sentence; `file` and `line` are the caller's.
@inline(__always)
public func expect(
  _ condition: Bool, _ message: @autoclosure () -> String, file: StaticString = #fileID,
  line: UInt = #line
) {
  if !condition { fatalError(message(), file: file, line: line) }
}

func expectLabels(
  _ labels: [Int], below classes: Int, in operation: String, file: StaticString = #fileID,
  line: UInt = #line
) {
  if let bad = labels.firstIndex(where: { $0 < 0 || $0 >= classes }) {
    fatalError(
      "\(operation) expects labels in 0..<\(classes), got \(labels[bad]) at position \(bad)",
      file: file, line: line)
  }
}

extension Tensor {
  /// The axis counted from the front; −1 is the last.
  func axis(_ axis: Int, in operation: String, file: StaticString, line: UInt) -> Int {
    let resolved = axis < 0 ? axis + rank : axis
    expect(
      resolved >= 0 && resolved < rank,
      "\(operation): axis \(axis) does not exist in shape \(shape)", file: file, line: line)
    return resolved
  }
}
