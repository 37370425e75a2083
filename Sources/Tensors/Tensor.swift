import Kernels

/// An n-dimensional array of 32-bit numbers.
///
/// A value: a copy that is changed leaves the original alone (the numbers are shared until then).
/// A tensor made from a `Parameter` remembers how it was made, so that `backward()` can find the
/// gradient of the parameter.
public struct Tensor {
  /// The length of each axis. `[]` is a single number.
  public internal(set) var shape: [Int]
  var storage: Storage
  var node: Node?

  /// Room for numbers that the caller fills before anyone reads them.
  package init(
    unfilled shape: [Int], in operation: StaticString = "Tensor", file: StaticString = #fileID,
    line: UInt = #line
  ) {
    let count = expectShape(shape, in: operation, file: file, line: line)
    self.shape = shape
    storage = Storage(count)
  }

  init(shape: [Int], storage: Storage) {
    self.shape = shape
    self.storage = storage
  }

  /// The numbers in row-major order under a shape.
  public init(
    _ values: [Float], shape: [Int], file: StaticString = #fileID, line: UInt = #line
  ) {
    let count = expectShape(shape, in: "Tensor", file: file, line: line)
    expect(
      values.count == count, "Tensor of shape \(shape) holds \(count) numbers, got \(values.count)",
      file: file, line: line)
    self.init(unfilled: shape)
    values.withUnsafeBufferPointer {
      if let base = $0.baseAddress { Kernels.copy(base, into: storage.start, values.count) }
    }
  }

  /// A single number, shape `[]`.
  public init(_ value: Float) { self.init([value], shape: []) }

  /// A vector, shape `[count]`.
  public init(_ values: [Float]) { self.init(values, shape: [values.count]) }

  /// A matrix, shape `[rows, columns]`.
  public init(_ rows: [[Float]], file: StaticString = #fileID, line: UInt = #line) {
    let columns = rows.first?.count ?? 0
    expect(
      rows.allSatisfy { $0.count == columns },
      "rows of a matrix must have one length, got \(rows.map(\.count))", file: file, line: line)
    self.init(rows.flatMap { $0 }, shape: [rows.count, columns])
  }

  /// One value everywhere.
  public init(
    repeating value: Float, _ shape: [Int], file: StaticString = #fileID, line: UInt = #line
  ) {
    self.init(value, shape, in: "Tensor(repeating:)", file: file, line: line)
  }

  public static func zeros(
    _ shape: [Int], file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    Tensor(0, shape, in: "zeros", file: file, line: line)
  }

  public static func ones(
    _ shape: [Int], file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    Tensor(1, shape, in: "ones", file: file, line: line)
  }

  private init(
    _ value: Float, _ shape: [Int], in operation: StaticString, file: StaticString, line: UInt
  ) {
    self.init(unfilled: shape, in: operation, file: file, line: line)
    Kernels.fill(storage.start, value, count)
  }

  /// 1 in the column of each label, 0 elsewhere: `[labels, classes]`.
  public static func oneHot(
    _ labels: [Int], classes: Int, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    expectShape([labels.count, classes], in: "oneHot", file: file, line: line)
    expectLabels(labels, below: classes, in: "oneHot", file: file, line: line)
    let y = Tensor.zeros([labels.count, classes])
    for (row, label) in labels.enumerated() { y.storage.start[row * classes + label] = 1 }
    return y
  }

  /// How many numbers.
  public var count: Int { storage.count }
  /// How many axes.
  public var rank: Int { shape.count }

  /// All numbers in row-major order.
  public var values: [Float] {
    Array(UnsafeBufferPointer(start: storage.start, count: count))
  }

  /// The number of a tensor that holds only one.
  public var item: Float {
    expect(count == 1, "item reads a single number, got a tensor of shape \(shape)")
    return storage.start[0]
  }

  /// The same numbers, cut off from the tape: no gradient flows through.
  public func detached() -> Tensor { Tensor(shape: shape, storage: storage) }

  /// True if no number is infinite or NaN.
  public var isFinite: Bool { Kernels.isFinite(start, count) }

  /// Smallest and largest number, mean, and standard deviation (of the population): NaN if any number is, and of
  /// no numbers.
  public var statistics: (minimum: Float, maximum: Float, mean: Float, deviation: Float) {
    let s = Kernels.statistics(start, count)
    return (s.minimum, s.maximum, Float(s.mean), Float(s.variance.squareRoot()))
  }

  // Where the numbers start. The caller must hold the tensor while it uses the pointer: a parameter
  // of the current function or a value that is still returned is held, a temporary is not.
  package var start: Pointer { Pointer(storage.start) }

  /// Where to change the numbers in place; copies them first if another tensor shares them.
  package var mutableStart: MutablePointer {
    mutating get {
      if !isKnownUniquelyReferenced(&storage) { storage = storage.copy() }
      return storage.start
    }
  }
}

extension Tensor: CustomStringConvertible {
  public var description: String {
    if rank == 0 { return "\(item)" }
    if rank == 1 && count <= 12 { return "\(values)" }
    if count == 0 { return "Tensor \(shape)" }
    let s = statistics
    return "Tensor \(shape) min \(s.minimum) max \(s.maximum) mean \(s.mean) std \(s.deviation)"
  }
}

extension Tensor: Equatable {
  /// Same shape and same numbers.
  public static func == (a: Tensor, b: Tensor) -> Bool {
    a.shape == b.shape && a.values == b.values
  }
}
