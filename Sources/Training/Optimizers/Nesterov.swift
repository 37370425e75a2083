import Tensors

/// s ← β·s + (1 − β)·g, w ← w − η·((1 − β)·g + β·s): momentum that looks a step ahead (Nesterov 1983, in the form of
/// Sutskever et al. 2013).
///
/// The gradient is the one at w; what the average will do to the next step is done now. In PyTorch's form
/// (`torch.optim.SGD(nesterov=True)`) v ← β·v + g, w ← w − η·(g + β·v).
///
///     Momentum(model.parameters, learningRate: 0.1, nesterov: true)
extension Momentum {
  func nesterovUpdate(_ w: inout Tensor, gradient g: Tensor, number: Int) {
    let share = (form == .average ? Float(1 - beta) : 1) * g
    averages[number] *= Float(beta)
    averages[number] += share
    w -= Float(learningRate) * (share + Float(beta) * averages[number])
  }
}
