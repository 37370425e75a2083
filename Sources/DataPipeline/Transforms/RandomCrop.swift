import Tensors

/// The window at a random place of the scaled picture, instead of its middle (the course's `rand_crop`).
public struct RandomCrop: ImageTransform {
  public init() {}

  public func callAsFunction(_ view: inout ImageView, using generator: inout SeededGenerator) {
    let across = Double.random(in: 0...1, using: &generator)
    view.moveWindow(across: across, down: Double.random(in: 0...1, using: &generator))
  }
}
