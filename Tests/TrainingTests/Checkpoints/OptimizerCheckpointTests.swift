import Foundation
import NeuralNetworks
import Tensors
import Testing
import Training

@Suite struct OptimizerCheckpointTests {
  private let path = NSTemporaryDirectory() + "unrolled-\(UUID().uuidString).safetensors"

  private func train(_ optimizer: Optimizer, steps: Range<Int>) {
    for step in steps {
      for parameter in optimizer.parameters {
        let x = Float(step * 7 % 5) - 2
        parameter.grad = Tensor(repeating: x, parameter.value.shape) * parameter.value
      }
      optimizer.step()
    }
  }

  private func parameters() -> [Parameter] {
    [Parameter(Tensor([1, -2, 3])), Parameter(Tensor([[0.5]]))]
  }

  /// Five steps, saved, and five more are ten steps: bit for bit, since nothing is left out.
  @Test(arguments: 0..<7) func trainingTakenUpAgainIsTheSameTraining(kind: Int) throws {
    func make(_ w: [Parameter]) -> Optimizer {
      switch kind {
      case 0: SGD(w, learningRate: 0.1)
      case 1: Momentum(w, learningRate: 0.1)
      case 2: RMSProp(w, learningRate: 0.1)
      case 3: RMSProp(w, learningRate: 0.1, form: .previousRow)
      case 4: Momentum(w, learningRate: 0.1, nesterov: true)
      case 5: Adagrad(w, learningRate: 0.1, rateDecay: 0.1, initialSum: 0.1)
      default: Adam(w, learningRate: 0.1, weightDecay: .decoupled(0.1))
      }
    }
    defer { unlink(path) }
    let whole = make(parameters())
    train(whole, steps: 0..<10)
    let first = make(parameters())
    train(first, steps: 0..<5)
    try Checkpoint.save(first, to: path)
    let second = make(first.parameters.map { Parameter($0.value) })
    try Checkpoint.load(path, into: second)
    #expect(second.steps == 5)
    train(second, steps: 5..<10)
    #expect(second.parameters.map(\.value) == whole.parameters.map(\.value))
    // Without the memory it is another training, but for SGD, which has none.
    let forgetful = make(first.parameters.map { Parameter($0.value) })
    train(forgetful, steps: 5..<10)
    #expect((forgetful.parameters.map(\.value) == whole.parameters.map(\.value)) == (kind == 0))
  }

  @Test func whatDoesNotFitIsRefusedAndChangesNothing() throws {
    defer { unlink(path) }
    let adam = Adam(parameters(), learningRate: 0.1)
    train(adam, steps: 0..<3)
    try Checkpoint.save(adam, to: path)
    let momentum = Momentum(parameters(), learningRate: 0.1)
    #expect(throws: CheckpointError("\(path): it is of the optimizer Adam, not Momentum")) {
      try Checkpoint.load(path, into: momentum)
    }
    let other = Adam(
      [Parameter(Tensor([1, -2, 3])), Parameter(Tensor([1, 2]))], learningRate: 0.1)
    #expect(
      throws: CheckpointError("\(path): averages.1 has shape [1, 1], the optimizer's [2]")
    ) { try Checkpoint.load(path, into: other) }
    #expect(other.steps == 0)
    #expect(other.averages[0].values == [0, 0, 0])
    let fewer = Adam([Parameter(Tensor([1, -2, 3]))], learningRate: 0.1)
    #expect(throws: CheckpointError("\(path): averages.1 has no place in this optimizer")) {
      try Checkpoint.load(path, into: fewer)
    }
    #expect(fewer.averages[0].values == [0, 0, 0])
  }
}
