import Tensors

/// One of the eight ways to lay a square on itself, each equally often: for pictures without an up, as from above.
///
/// Number k mirrors left and right if it is odd, up and down if its second bit is set, and exchanges rows and columns
/// first if its third is.
public struct Dihedral: ImageTransform {
  public init() {}

  public func callAsFunction(_ view: inout ImageView, using generator: inout SeededGenerator) {
    view.transformKeepingAngles(Self.map(Int.random(in: 0..<8, using: &generator)))
  }

  /// From the new picture to the old one.
  public static func map(_ k: Int) -> Homography {
    expect(0..<8 ~= k, "Dihedral expects a number 0…7, got \(k)")
    let x: Double = k & 1 == 0 ? 1 : -1
    let y: Double = k & 2 == 0 ? 1 : -1
    return k & 4 == 0 ? .affine(x, 0, 0, 0, y, 0) : .affine(0, x, 0, y, 0, 0)
  }
}
