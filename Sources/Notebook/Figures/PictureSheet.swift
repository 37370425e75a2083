import DataPipeline

/// Pictures in rows as a reader sees them: in colour, each with a caption, its mask laid over it and its points.
public struct PictureSheet: Sendable {
  public struct Picture: Sendable {
    public var image: Image
    public var caption: String
    public var mask: Mask?
    public var points: Points?

    public init(_ image: Image, _ caption: String = "", mask: Mask? = nil, points: Points? = nil) {
      precondition(
        mask.map { $0.width == image.width && $0.height == image.height } ?? true,
        "picture \"\(caption)\": its mask is of another size")
      self.image = image
      self.caption = caption
      self.mask = mask
      self.points = points
    }
  }

  public var id: String
  public var title: String
  public var alt: String
  public var pictures: [Picture]
  /// The names of a mask's classes, for the legend.
  public var classes: [String]
  /// How many stand in a row; as many as fit well if left out.
  public var columns: Int?
  public var caption: String?

  public init(
    _ id: String, _ title: String, alt: String, pictures: [Picture], classes: [String] = [],
    columns: Int? = nil, caption: String? = nil
  ) {
    self.id = id
    self.title = title
    self.alt = alt
    self.pictures = pictures
    self.classes = classes
    self.columns = columns
    self.caption = caption
  }

  var figure: Figure {
    Figure(
      id: id, title: title, alt: alt, caption: caption, svg: PictureSheetSVG(sheet: self).document)
  }
}
