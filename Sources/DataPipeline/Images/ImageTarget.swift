/// What is to be predicted from a picture. It comes along when the picture is transformed.
public protocol ImageTarget: Sendable {
  /// Of the picture that it belongs to; nil if it fits any.
  var pictureSize: (width: Int, height: Int)? { get }
  /// The same in the new picture.
  func seen(in view: ImageView) -> Self
}

extension ImageTarget {
  public var pictureSize: (width: Int, height: Int)? { nil }
  public func seen(in view: ImageView) -> Self { self }
}

/// A class.
extension Int: ImageTarget {}
/// A number, for regression.
extension Float: ImageTarget {}
/// A name.
extension String: ImageTarget {}
/// Several labels or numbers, or several of anything else.
extension Array: ImageTarget where Element: ImageTarget {
  public var pictureSize: (width: Int, height: Int)? { lazy.compactMap(\.pictureSize).first }
  public func seen(in view: ImageView) -> [Element] { map { $0.seen(in: view) } }
}

extension Mask: ImageTarget {
  public var pictureSize: (width: Int, height: Int)? { (width, height) }
  public func seen(in view: ImageView) -> Mask { view(self) }
}

extension Points: ImageTarget {
  public var pictureSize: (width: Int, height: Int)? { (width, height) }
  public func seen(in view: ImageView) -> Points { view(self) }
}
