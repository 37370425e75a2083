import NeuralNetworks
import Tensors

/// Gradient-weighted class activation maps (Selvaraju et al. 2017): which places of a picture speak for a class.
///
///     α_k = mean over the cells of ∂y_class / ∂A_k        how much channel k of the layer speaks for the class
///     map = ReLU(Σ_k α_k·A_k)                             what speaks for it, place by place
public enum GradCAM {
  public enum Form: Sendable {
    /// The formula above, equations 1 and 2 of the paper.
    case paper
    /// The mean over the channels instead of the sum, and what speaks against the class stays, below 0: as in the
    /// course's notebook.
    case course
  }
}

extension HeatMap {
  /// What speaks for a class, one for each image; y is the model's output before the softmax, as in the paper.
  /// The layer is the model's last convolution if left out.
  public init(
    gradCAM model: any Layer, _ images: Tensor, classes: [Int], layer: Module? = nil,
    form: GradCAM.Form = .paper
  ) {
    let watch = Self.watch(model, images, layer)
    let y = watch.output
    expect(
      y.rank == 2 && y.shape[0] == classes.count,
      "GradCAM expects outputs [n, classes] and one class an image, got \(y.shape) and \(classes.count) classes"
    )
    expect(
      classes.allSatisfy((0..<y.shape[1]).contains),
      "GradCAM expects classes in 0..<\(y.shape[1]), got \(classes)")
    // The images do not see each other at test time: one backward pass gives each its own gradient.
    let gradient = watch.gradient(of: (y * .oneHot(classes, classes: y.shape[1])).sum())
    let weights = gradient.mean(axes: [2, 3], keepingAxes: true)
    let products = watch.activation.detached() * weights
    let cells =
      switch form {
      case .paper: products.sum(axes: [1]).relu()
      case .course: products.mean(axes: [1])
      }
    self.init(cells: cells, images: images)
  }
}
