/// A length for each of the two axes of an image, in pixels.
public struct HeightAndWidth: Hashable, Sendable, ExpressibleByIntegerLiteral {
  public let height: Int
  public let width: Int

  public init(_ height: Int, _ width: Int) {
    self.height = height
    self.width = width
  }

  /// The same for both.
  public init(integerLiteral both: Int) { self.init(both, both) }
}

extension HeightAndWidth: CustomStringConvertible {
  /// "2" where both are alike, "2 × 1" elsewhere.
  public var description: String { height == width ? "\(height)" : "\(height) × \(width)" }
}
