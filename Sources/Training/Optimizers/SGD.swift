import Kernels
import Tensors

/// w ← w − η·g
///
/// Gradient descent on mini-batches: "stochastic" because each batch is a random sample.
public final class SGD: Optimizer {
  public override func update(_ w: inout Tensor, gradient g: Tensor, number: Int) {
    expectFit(w, g, number: number)
    Kernels.stepSGD(w.mutableStart, g.start, rate: Float(learningRate), w.count)
  }
}
