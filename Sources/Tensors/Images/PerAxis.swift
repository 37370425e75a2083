@_exported import struct Kernels.HeightAndWidth

/// What a convolution or a pooling is given once for both axes of an image or apart: a stride of
/// `2`, or of `[2, 1]` for height and width.
public protocol PerAxis: Sendable {
  /// Nil where there are neither one length nor two.
  var heightAndWidth: HeightAndWidth? { get }
}

extension Int: PerAxis {
  public var heightAndWidth: HeightAndWidth? { HeightAndWidth(self, self) }
}

extension Array: PerAxis where Element == Int {
  public var heightAndWidth: HeightAndWidth? {
    count == 1 || count == 2 ? HeightAndWidth(self[0], self[count - 1]) : nil
  }
}

extension HeightAndWidth: PerAxis {
  public var heightAndWidth: HeightAndWidth? { self }
}

extension PerAxis {
  /// Both lengths, if each is `least` or more.
  package func checked(
    _ what: String, from least: Int, in operation: StaticString, file: StaticString, line: UInt
  ) -> HeightAndWidth {
    guard let lengths = heightAndWidth, min(lengths.height, lengths.width) >= least else {
      fatalError(
        "\(operation) expects \(what) of \(least) or more for both axes or for height and width, got \(self)",
        file: file, line: line)
    }
    return lengths
  }
}
