import NeuralNetworks
import Tensors

/// Where in a picture a convolutional net finds something: a number for each cell of a layer's grid.
///
///     let map = HeatMap(of: model, images)            // the mean over the channels of the last convolution
///     let why = HeatMap(gradCAM: model, images, classes: [3])
///     page.plot(ContactSheet("why", …, overlays: why.overImages))
///
/// Images `[n, channels, h, w]`, prepared as for a prediction.
public struct HeatMap {
  /// `[n, rows, columns]`, the grid of the layer.
  public let cells: Tensor
  /// Of the images.
  public let height: Int
  public let width: Int

  init(cells: Tensor, images: Tensor) {
    self.cells = cells
    height = images.shape[2]
    width = images.shape[3]
  }

  /// The mean over the channels of what a layer puts out (the course's activation map): the model's last convolution
  /// if left out.
  public init(of model: any Layer, _ images: Tensor, layer: Module? = nil) {
    let watch = Self.watch(model, images, layer)
    self.init(cells: watch.activation.detached().mean(axes: [1]), images: images)
  }

  /// Enlarged to the size of the images, bilinearly: `[n, h, w]`.
  public var enlarged: Tensor {
    let n = cells.shape[0]
    return cells.reshaped([n, 1, cells.shape[1], cells.shape[2]])
      .resizedBilinear((height, width)).reshaped([n, height, width])
  }

  /// The same as a list of numbers for each image, for a figure.
  public var overImages: [[Float]] {
    let (values, size) = (enlarged.values, height * width)
    return (0..<cells.shape[0]).map { Array(values[($0 * size)..<(($0 + 1) * size)]) }
  }

  static func watch(_ model: any Layer, _ images: Tensor, _ layer: Module?) -> LayerWatch {
    expect(images.rank == 4, "HeatMap expects images [n, channels, h, w], got \(images.shape)")
    let last = model.namedModules.last { $0.module is Convolution2d }?.module
    guard let layer = layer ?? last else {
      fatalError("HeatMap: \(type(of: model)) has no convolution; name a layer")
    }
    let watch = LayerWatch(on: layer, in: model) { model(images) }
    expect(
      watch.activation.rank == 4,
      "HeatMap expects a layer that puts out [n, channels, rows, columns], got \(watch.activation.shape)"
    )
    return watch
  }
}
