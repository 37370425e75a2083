import NeuralNetworks
import Tensors

/// All that a training changes, to come back to: weights and buffers, what dropouts and recurrent nets remember, the
/// optimizer's memory, rate and momentum, the generators, the record and the position.
///
/// What `TrainingCheckpoint` writes to a file, kept in memory.
struct TrainingSnapshot {
  private var changes: [() -> Void] = []

  init(of loop: TrainingLoop) {
    let optimizer = loop.optimizer
    let state = loop.model.namedState.map(\.tensor) + optimizer.parameters as [any StateTensor]
    for tensor in state {
      let value = tensor.value
      changes.append { tensor.value = value }
    }
    for (_, module) in loop.model.namedModules {
      if let module = module as? any DrawsRandomNumbers {
        let generator = module.generator
        changes.append { module.generator = generator }
      }
      if let module = module as? any CarriesState {
        let carried = module.carriedState
        changes.append { module.carriedState = carried }
      }
    }
    for shared in loop.generators {
      let generator = shared.generator
      changes.append { shared.generator = generator }
    }
    let (memory, steps) = (optimizer.memory, optimizer.steps)
    let (rate, momentum) = (optimizer.learningRate, optimizer.momentum)
    changes.append {
      optimizer.restore(memory, steps: steps)
      optimizer.learningRate = rate
      if let momentum { optimizer.momentum = momentum }
      optimizer.zeroGrad()
    }
    let (generator, record, history) = (loop.generator, loop.record, loop.history)
    let (stepsInEpoch, stopReason) = (loop.stepsInEpoch, loop.stopReason)
    changes.append {
      loop.generator = generator
      loop.record = record
      loop.history = history
      loop.stepsInEpoch = stepsInEpoch
      loop.stopReason = stopReason
    }
  }

  func restore() { for change in changes { change() } }
}
