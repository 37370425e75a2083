/// How a picture becomes one of another shape (the course's `ResizeMethod`).
public enum ResizeMethod: String, Sendable, CaseIterable {
  /// Scaled until it covers the wanted size; what stands out is cut off.
  case crop
  /// Scaled until it fits inside; the rest is filled by the padding mode.
  case pad
  /// Scaled in both directions by what each needs, so that its proportions change.
  case squish

  /// The size of the whole picture after scaling.
  func scaled(_ width: Int, _ height: Int, to target: (width: Int, height: Int)) -> (
    width: Int, height: Int
  ) {
    if self == .squish { return target }
    let across = Double(width) / Double(target.width)
    let down = Double(height) / Double(target.height)
    let ratio = self == .crop ? min(across, down) : max(across, down)
    func scaled(_ length: Int) -> Int {
      max(1, Int((Double(length) / ratio).rounded(.toNearestOrEven)))
    }
    return (scaled(width), scaled(height))
  }
}

extension Image {
  /// The picture in another size. Shrunk by more than a half, pixels are averaged over areas first.
  public func resized(
    width: Int, height: Int, _ method: ResizeMethod = .squish, padding: PaddingMode = .zeros
  ) -> Image {
    ImageView(of: self, width: width, height: height, method, padding: padding)(self)
  }
}

extension Mask {
  /// The mask in another size; each pixel takes the class of the one that its centre falls on.
  public func resized(
    width: Int, height: Int, _ method: ResizeMethod = .squish, padding: PaddingMode = .zeros
  ) -> Mask {
    ImageView(
      width: self.width, height: self.height, to: (width, height), method, padding: padding)(self)
  }
}
