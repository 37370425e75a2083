import Kernels
import Tensors

/// What is to be seen of a picture: for every pixel of the new one its place in the old one, and how it is lit.
///
/// Transforms only change this; the picture is sampled once, when the view is applied. The same view moves a mask and
/// points along. Three frames follow each other:
///
/// - the window: pixels of the new picture, from its upper left corner;
/// - the scaled picture, of which the window shows a part. Its borders lie at −1 and 1, x to the right, y down;
///   in this frame the transforms are written;
/// - the source: pixels of the old picture.
public struct ImageView: Sendable {
  public let sourceWidth: Int
  public let sourceHeight: Int
  /// Of the new picture.
  public let width: Int
  public let height: Int
  public let padding: PaddingMode
  /// Of the whole picture as it is scaled for the window.
  public let scaledWidth: Int
  public let scaledHeight: Int
  /// Where the window begins in the scaled picture; negative where it stands out.
  public private(set) var left = 0
  public private(set) var top = 0
  /// From the scaled picture's frame to the same frame of the source.
  public private(set) var map = Homography.identity
  /// The logit of each value x becomes contrast · ln(x / (1 − x)) + brightness.
  public private(set) var contrast = 1.0
  public private(set) var brightness = 0.0

  /// The whole of a picture, scaled to `target`, or as large as it is; `crop` and `pad` show its middle.
  public init(
    width: Int, height: Int, to target: (width: Int, height: Int)? = nil,
    _ method: ResizeMethod = .crop, padding: PaddingMode = .reflection
  ) {
    let target = target ?? (width, height)
    expect(
      target.width > 0 && target.height > 0,
      "a picture needs one pixel or more, got \(target.width) × \(target.height)")
    (sourceWidth, sourceHeight) = (width, height)
    (self.width, self.height) = target
    self.padding = padding
    (scaledWidth, scaledHeight) = method.scaled(width, height, to: target)
    moveWindow(across: 0.5, down: 0.5)
  }

  init(
    of image: Image, width: Int, height: Int, _ method: ResizeMethod, padding: PaddingMode
  ) {
    self.init(
      width: image.width, height: image.height, to: (width, height), method, padding: padding)
  }

  /// Puts the window somewhere over the scaled picture: 0 is as far left (up) as it goes, 1 as far right (down). Where
  /// it is larger, the picture stays in its middle.
  public mutating func moveWindow(across: Double, down: Double) {
    func start(_ length: Int, _ window: Int, _ share: Double) -> Int {
      let padding = max((window - length + 1) / 2, 0)
      let places = length + 2 * padding - window + 1
      return min(Int(Double(places) * share), places - 1) - padding
    }
    left = start(scaledWidth, width, across)
    top = start(scaledHeight, height, down)
  }

  /// Transforms what is seen so far once more: `step` goes from the new picture to the one so far, in the frame with
  /// borders at −1 and 1.
  public mutating func transform(_ step: Homography) { map = map * step }

  /// The same with a step that is written for a square: in a rectangle it keeps its angles.
  public mutating func transformKeepingAngles(_ step: Homography) {
    let ratio = Double(scaledHeight) / Double(scaledWidth)
    let m = step.m
    transform(
      Homography([
        m[0], m[1] * ratio, m[2], m[3] / ratio, m[4], m[5], m[6], m[7] * ratio, m[8],
      ]))
  }

  /// Adds to the logit of every value.
  public mutating func brighten(by logit: Double) { brightness += logit }

  /// Multiplies the logit of every value.
  public mutating func increaseContrast(by factor: Double) {
    contrast *= factor
    brightness *= factor
  }

  /// From pixels of the new picture to pixels of the source.
  public var pixelMap: Homography {
    let (across, down) = (2 / Double(scaledWidth), 2 / Double(scaledHeight))
    let (halfWidth, halfHeight) = (Double(sourceWidth) / 2, Double(sourceHeight) / 2)
    return .affine(halfWidth, 0, halfWidth, 0, halfHeight, halfHeight) * map
      * .affine(across, 0, Double(left) * across - 1, 0, down, Double(top) * down - 1)
  }

  /// The size to which pixels are averaged before they are sampled: the source's, or a whole fraction of about it, so
  /// that no more than two of its pixels lie between two neighbours of the new picture.
  private var shrunk: (width: Int, height: Int) {
    func shrunk(_ source: Int, _ scaled: Int) -> Int {
      let factor = max(1, source / scaled)
      return max(1, (source + factor / 2) / factor)
    }
    return (shrunk(sourceWidth, scaledWidth), shrunk(sourceHeight, scaledHeight))
  }

  /// Samples a picture, its values 0…1, into planes of `width` × `height` numbers.
  func sample(_ image: Image, into planes: MutablePointer) {
    expectSize(image.width, image.height)
    let small = shrunk
    let shrink = Homography.affine(
      Double(small.width) / Double(sourceWidth), 0, 0, 0,
      Double(small.height) / Double(sourceHeight), 0)
    Kernels.resample(
      image.pixels, width: image.width, height: image.height, channels: image.channels,
      shrunkTo: small, into: planes, newWidth: width, newHeight: height,
      map: (shrink * pixelMap).m, outside: padding.kernel)
    if contrast != 1 || brightness != 0 {
      Kernels.light(
        planes, width * height * image.channels, contrast: Float(contrast),
        brightness: Float(brightness))
    }
  }

  private func expectSize(_ width: Int, _ height: Int) {
    expect(
      width == sourceWidth && height == sourceHeight,
      "this view is of a picture of \(sourceWidth) × \(sourceHeight), not \(width) × \(height)")
  }

  /// `[channels, height, width]`, values 0…1: bilinear.
  public func tensor(_ image: Image) -> Tensor {
    var tensor = Tensor(unfilled: [image.channels, height, width])
    sample(image, into: tensor.mutableStart)
    return tensor
  }

  /// Bilinear, rounded to bytes.
  public func callAsFunction(_ image: Image) -> Image { Image(tensor(image)) }

  /// The class of the pixel that the place falls on. Light does not change it.
  public func callAsFunction(_ mask: Mask) -> Mask {
    expectSize(mask.width, mask.height)
    let classes = [UInt8](unsafeUninitializedCapacity: width * height) { bytes, used in
      Kernels.resampleNearest(
        mask.classes, width: mask.width, height: mask.height, into: bytes.baseAddress!,
        newWidth: width, newHeight: height, map: pixelMap.m, outside: padding.kernel)
      used = width * height
    }
    return Mask(width: width, height: height, classes: classes)
  }

  /// Where each point is in the new picture. One that has left it stays among them, with its place outside; its
  /// mirror images are not followed.
  public func callAsFunction(_ points: Points) -> Points {
    expectSize(points.width, points.height)
    let way = pixelMap.inverse
    let moved = points.points.map { point in
      let (x, y) = way(x: Double(point.x), y: Double(point.y))
      return Point(x: Float(x), y: Float(y))
    }
    return Points(moved, width: width, height: height)
  }
}
