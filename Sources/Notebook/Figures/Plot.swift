/// A plot: layers over two axes, drawn as SVG.
public struct Plot: Sendable {
  public var id: String
  public var title: String
  public var alt: String
  public var x: Axis
  public var y: Axis
  public var layers: [PlotLayer]
  public var caption: String?

  /// - Parameters:
  ///   - id: The file's name in `figures`.
  ///   - alt: What the plot shows, for a reader who cannot see it.
  public init(
    _ id: String, _ title: String, alt: String, x: Axis, y: Axis, layers: [PlotLayer],
    caption: String? = nil
  ) {
    self.id = id
    self.title = title
    self.alt = alt
    self.x = x
    self.y = y
    self.layers = layers
    self.caption = caption
  }
}

/// Several plots in one picture, each with its own axes.
public struct PlotGrid: Sendable {
  public var id: String
  public var title: String
  public var alt: String
  public var plots: [Plot]
  public var columns: Int
  public var caption: String?

  public init(
    _ id: String, _ title: String, alt: String, plots: [Plot], columns: Int = 2,
    caption: String? = nil
  ) {
    self.id = id
    self.title = title
    self.alt = alt
    self.plots = plots
    self.columns = max(1, columns)
    self.caption = caption
  }
}

/// Small pictures in rows: digits, filters, the weights of a first layer.
public struct ContactSheet: Sendable {
  public var id: String
  public var title: String
  public var alt: String
  /// One list of `width * height` values a picture, row by row.
  public var images: [[Float]]
  public var width: Int
  public var height: Int
  /// A line or several, with "\n" between.
  public var captions: [String]
  /// Heat maps to lay over the pictures, of their size: each from its least value to its greatest.
  public var overlays: [[Float]]
  /// True for signed values: blue below zero, red above, white at zero.
  public var diverging: Bool
  public var caption: String?

  public init(
    _ id: String, _ title: String, alt: String, images: [[Float]], width: Int, height: Int,
    captions: [String] = [], overlays: [[Float]] = [], diverging: Bool = false,
    caption: String? = nil
  ) {
    precondition(
      overlays.isEmpty || overlays.map(\.count) == images.map(\.count),
      "contact sheet \"\(id)\": overlays need a value for each pixel of each picture")
    for (index, image) in images.enumerated() {
      precondition(
        image.count == width * height,
        "contact sheet \"\(id)\": picture \(index) has \(image.count) values, "
          + "but \(width) × \(height) needs \(width * height)")
    }
    self.id = id
    self.title = title
    self.alt = alt
    self.images = images
    self.width = width
    self.height = height
    self.captions = captions
    self.overlays = overlays
    self.diverging = diverging
    self.caption = caption
  }
}
