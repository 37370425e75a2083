import Tensors

/// How every picture of a set becomes an input: the wanted size, and what is drawn for each.
public struct ImageTransforms: Sendable {
  public let transforms: [any ImageTransform]
  /// Of the inputs; nil leaves each picture's own.
  public let size: (width: Int, height: Int)?
  public let method: ResizeMethod
  public let padding: PaddingMode

  public init(
    _ transforms: [any ImageTransform] = [], size: (width: Int, height: Int)?,
    _ method: ResizeMethod = .crop, padding: PaddingMode = .reflection
  ) {
    if let size {
      expect(
        size.width > 0 && size.height > 0,
        "ImageTransforms expects a size of one pixel or more, got \(size.width) × \(size.height)")
    }
    self.transforms = transforms
    self.size = size
    self.method = method
    self.padding = padding
  }

  /// Square inputs.
  public init(
    _ transforms: [any ImageTransform] = [], size: Int, _ method: ResizeMethod = .crop,
    padding: PaddingMode = .reflection
  ) {
    self.init(transforms, size: (size, size), method, padding: padding)
  }

  /// The same without what is random: for validation and test.
  public var withoutAugmentation: ImageTransforms {
    ImageTransforms(size: size, method, padding: padding)
  }

  /// Draws what is to be seen of a picture of this size.
  public func draw(
    width: Int, height: Int, using generator: inout SeededGenerator
  ) -> ImageView {
    var view = ImageView(width: width, height: height, to: size, method, padding: padding)
    for transform in transforms { transform(&view, using: &generator) }
    return view
  }

  /// The course's usual list (`get_transforms`) with its usual strengths: a random crop, flips, and in three of four pictures
  /// each a turn, a zoom, a warp and a change of light. 0 (1 for `zoom`) leaves a kind out.
  ///
  /// `flipVertically` takes all eight positions of a square instead of the mirror image. The course warps before
  /// it turns and zooms where places are concerned, which is after where pictures are.
  public static func usual(
    flip: Bool = true, flipVertically: Bool = false, rotation: Double = 10, zoom: Double = 1.1,
    lighting: Double = 0.2, warp: Double = 0.2, chance: Double = 0.75,
    lightingChance: Double = 0.75
  ) -> [any ImageTransform] {
    var list: [any ImageTransform] = []
    if flip && flipVertically { list.append(Dihedral()) }
    if rotation > 0 { list.append(Rotation(degrees: -rotation...rotation, chance: chance)) }
    if zoom > 1 { list.append(Zoom(scale: 1...zoom, chance: chance)) }
    if warp > 0 { list.append(PerspectiveWarp(magnitude: -warp...warp, chance: chance)) }
    if lighting > 0 {
      let change = 0.5 * (1 - lighting)...0.5 * (1 + lighting)
      list.append(Brightness(change: change, chance: lightingChance))
      list.append(Contrast(scale: (1 - lighting)...1 / (1 - lighting), chance: lightingChance))
    }
    if flip && !flipVertically { list.append(Flip()) }
    list.append(RandomCrop())
    return list
  }
}
