import Notebook
import Tensors
import Training

extension Plot {
  /// A confusion matrix: true classes downwards, predicted ones across, the counts in the cells.
  public init(
    _ id: String, _ title: String, confusion: ConfusionMatrix, classes: [String]? = nil,
    caption: String? = nil
  ) {
    let names = classes ?? confusion.counts.indices.map(String.init)
    expect(
      names.count == confusion.counts.count,
      "a figure of a confusion matrix expects \(confusion.counts.count) names of classes, got \(names.count)"
    )
    let worst = confusion.mostConfused().first.map {
      " Most often confused: \(names[$0.label]) taken for \(names[$0.predicted]), \($0.count) times."
    }
    self.init(
      id, title,
      alt: "Counts of true classes (rows) by predicted classes (columns).\(worst ?? "")",
      x: Axis("predicted", categories: names), y: Axis("true", categories: names),
      layers: [.matrix(confusion.counts.map { $0.map { Double($0) } })], caption: caption)
  }
}

extension ContactSheet {
  /// The items that a classifier is most wrong about: predicted / true, then the loss and the probability of the
  /// true class.
  ///
  /// - Parameter images: `[items, height, width]` or `[items, channels, height, width]`, of which the mean over the
  ///   channels is shown, in the order of the items.
  public init(
    _ id: String, _ title: String, topLosses items: [Interpretation.Item], images: Tensor,
    classes: [String]? = nil, overlays: [[Float]] = [], caption: String? = nil
  ) {
    func name(_ label: Int) -> String { classes?[label] ?? "\(label)" }
    let pictures = Self.gray(images)
    self.init(
      id, title,
      alt: "The \(items.count) pictures with the largest losses. Worst: "
        + (items.first.map { "a \(name($0.label)) taken for \(name($0.predicted))." } ?? "none."),
      images: pictures.images, width: pictures.width, height: pictures.height,
      captions: items.map {
        "\(name($0.predicted)) / \(name($0.label))\n\(text($0.loss, 2)) / \(text($0.probability, 3))"
      },
      overlays: overlays,
      caption: caption ?? "Under each: predicted / true, loss / probability of the true class.")
  }

  /// Heat maps over their pictures.
  public init(
    _ id: String, _ title: String, alt: String, heatMap: HeatMap, images: Tensor,
    captions: [String] = [], caption: String? = nil
  ) {
    let pictures = Self.gray(images)
    self.init(
      id, title, alt: alt, images: pictures.images, width: pictures.width,
      height: pictures.height, captions: captions, overlays: heatMap.overImages,
      caption: caption ?? "Yellow is much, dark blue is little; each map has its own scale.")
  }

  /// Images as lists of numbers, the mean of the channels where there are several.
  private static func gray(_ images: Tensor) -> (images: [[Float]], width: Int, height: Int) {
    expect(
      images.rank == 3 || images.rank == 4,
      "a contact sheet expects images [n, height, width] or [n, channels, height, width], got \(images.shape)"
    )
    let gray = images.rank == 4 ? images.detached().mean(axes: [1]) : images
    let (height, width) = (gray.shape[1], gray.shape[2])
    let values = gray.values
    return (
      (0..<gray.shape[0]).map {
        Array(values[($0 * height * width)..<(($0 + 1) * height * width)])
      }, width, height
    )
  }
}
