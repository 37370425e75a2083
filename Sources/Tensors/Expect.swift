import Kernels

/// Stops a wrong call at the door with one sentence; `file` and `line` are the caller's.
@inline(__always)
public func expect(
  _ condition: Bool, _ message: @autoclosure () -> String, file: StaticString = #fileID,
  line: UInt = #line
) {
  if !condition { fatalError(message(), file: file, line: line) }
}

/// How many numbers a shape holds. No axis may be negative, the numbers must fit in the machine's memory, and no
/// product of axes may be more than an `Int` holds.
@discardableResult
package func expectShape(
  _ shape: [Int], in operation: StaticString, file: StaticString = #fileID, line: UInt = #line
) -> Int {
  // In floating point nothing overflows; what is let through is counted exactly.
  var (count, axes) = (1.0, 1.0)
  for length in shape {
    expect(
      length >= 0, "\(operation): shape \(shape) has a negative axis", file: file, line: line)
    count *= Double(length)
    axes *= Double(Swift.max(1, length))
  }
  let bytes = 4 * count
  expect(
    bytes <= Double(BufferPool.physicalMemory),
    "\(operation): shape \(shape) needs \(Int(exactly: bytes).map(String.init) ?? "\(bytes)") bytes, this machine has \(BufferPool.physicalMemory)",
    file: file, line: line)
  expect(
    axes < 0x1p60, "\(operation): the axes of shape \(shape) are too long to be counted",
    file: file, line: line)
  return Int(count)
}

extension Int {
  /// Sum and product for lengths: what is more than an `Int` holds stays at its end, where `expectShape` refuses it.
  package func plusLength(_ other: Int) -> Int {
    let (sum, overflows) = addingReportingOverflow(other)
    return overflows ? .max : sum
  }
  package func timesLength(_ other: Int) -> Int {
    let (product, overflows) = multipliedReportingOverflow(by: other)
    return overflows ? .max : product
  }
}

package func expectLabels(
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

  /// The same for several axes, each named once.
  func axes(_ axes: [Int], in operation: String, file: StaticString, line: UInt) -> [Int] {
    let resolved = axes.map { axis($0, in: operation, file: file, line: line) }
    expect(
      Set(resolved).count == axes.count,
      "\(operation): axes \(axes) name one axis of shape \(shape) twice", file: file, line: line)
    return resolved
  }
}
