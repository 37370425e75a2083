import NeuralNetworks
import Tensors
import Training

extension Table {
  mutating func optimizers() {
    typealias Maker = ([Parameter], Double) -> Optimizer
    let makers: [(String, Maker)] = [
      (
        "Optimizer.init([Parameter], learningRate: Double, weightDecay: WeightDecay)",
        { SGD($0, learningRate: $1) }
      ),
      (
        "Momentum.init([Parameter], learningRate: Double, beta: Double, form: Momentum.Form, nesterov: Bool, weightDecay: WeightDecay)",
        { Momentum($0, learningRate: $1) }
      ),
      (
        "RMSProp.init([Parameter], learningRate: Double, beta: Double, epsilon: Double, form: RMSProp.Form, weightDecay: WeightDecay)",
        { RMSProp($0, learningRate: $1) }
      ),
      (
        "Adam.init([Parameter], learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, form: Adam.Form, weightDecay: WeightDecay)",
        { Adam($0, learningRate: $1) }
      ),
      (
        "Adagrad.init([Parameter], learningRate: Double, rateDecay: Double, initialSum: Double, epsilon: Double, weightDecay: WeightDecay)",
        { Adagrad($0, learningRate: $1) }
      ),
    ]
    for (name, make) in makers {
      of(name)
      for rate in [-0.1, .nan, .infinity] {
        stops("rate") { make([learned([3])], rate) }
      }
      stops("twice") {
        let w = learned([3])
        return make([w, w], 0.1)
      }
      returns {
        make([], 0.1).step()
        return true
      }
    }
    of("Optimizer.init([Parameter], learningRate: Double, weightDecay: WeightDecay)")
    for decay in [WeightDecay.l2(-1), .l2(.nan), .decoupled(-1), .decoupled(.infinity)] {
      stops("decay") { SGD([learned([3])], learningRate: 0.1, weightDecay: decay) }
    }
    of(makers[1].0)
    for beta in [-0.1, 1, .nan] {
      stops { Momentum([learned([3])], learningRate: 0.1, beta: beta) }
    }
    of(makers[2].0)
    for beta in [-0.1, 1, .nan] {
      stops { RMSProp([learned([3])], learningRate: 0.1, beta: beta) }
    }
    for epsilon in [-1, .nan, Double.infinity] {
      stops { RMSProp([learned([3])], learningRate: 0.1, epsilon: epsilon) }
    }
    of(makers[3].0)
    for beta in [-0.1, 1, .nan] {
      stops { Adam([learned([3])], learningRate: 0.1, beta1: beta) }
      stops { Adam([learned([3])], learningRate: 0.1, beta2: beta) }
    }
    for epsilon in [-1, .nan, Double.infinity] {
      stops { Adam([learned([3])], learningRate: 0.1, epsilon: epsilon) }
    }

    of(makers[4].0)
    for number in [-1, .nan, Double.infinity] {
      stops { Adagrad([learned([3])], learningRate: 0.1, rateDecay: number) }
      stops { Adagrad([learned([3])], learningRate: 0.1, initialSum: number) }
      stops { Adagrad([learned([3])], learningRate: 0.1, epsilon: number) }
    }
    of("Adagrad.rateDecay")
    for number in [-1, .nan] {
      stops { Adagrad([learned([3])], learningRate: 0.1).rateDecay = number }
    }
    of("Adagrad.epsilon")
    for number in [-1, .nan] {
      stops { Adagrad([learned([3])], learningRate: 0.1).epsilon = number }
    }

    let kinds: [(name: String, make: (Parameter) -> Optimizer)] = [
      ("SGD", { SGD([$0], learningRate: 0.1) }),
      ("Momentum", { Momentum([$0], learningRate: 0.1) }),
      ("RMSProp", { RMSProp([$0], learningRate: 0.1) }),
      ("Adam", { Adam([$0], learningRate: 0.1) }),
      ("Adagrad", { Adagrad([$0], learningRate: 0.1) }),
    ]
    for (name, make) in kinds {
      of("\(name).update(Tensor, gradient: Tensor, number: Int)")
      for shape in [[], [2], [3, 1]] {
        stops("gradient") {
          var w = vector
          make(learned([3])).update(&w, gradient: .ones(shape), number: 0)
        }
      }
      if name != "SGD" {
        stops("remembers") {  // of another parameter
          var w = matrix
          make(learned([3])).update(&w, gradient: matrix, number: 0)
        }
        for number in [1, -1, huge] {
          stops("number") {
            var w = vector
            make(learned([3])).update(&w, gradient: vector, number: number)
          }
        }
      }
    }
    // A setting that is wrong, or a parameter that changed its shape, is found by the step.
    of("Optimizer.learningRate")
    for rate in [-0.1, .nan, .infinity] {
      stops("rate") {
        let optimizer = SGD([learned([3])], learningRate: 0.1)
        optimizer.learningRate = rate
        optimizer.step()
      }
    }
    of("Optimizer.weightDecay")
    for decay in [WeightDecay.l2(.nan), .l2(-1), .decoupled(-1)] {
      stops("decay") {
        let optimizer = SGD([learned([3])], learningRate: 0.1)
        optimizer.weightDecay = decay
        optimizer.step()
      }
    }
    of("Optimizer.groups")
    stops("group") {
      SGD([learned([3])], learningRate: 0.1).groups = [ParameterGroup([learned([3])])]
    }
    stops("group") {
      let w = learned([3])
      SGD([w], learningRate: 0.1).groups = [ParameterGroup([w]), ParameterGroup([w])]
    }
    of("Optimizer.step()")
    stops { Optimizer([learned([3])], learningRate: 0.1).step() }
    for (name, make) in kinds.dropFirst() {
      of("\(name).memory")
      for tensors in [[], [matrix], [vector, vector]] {
        stops("remembers") {
          let optimizer = make(learned([3]))
          optimizer.memory = optimizer.memory.map { ($0.kind, tensors) }
        }
      }
      stops("remembers") {
        let optimizer = make(learned([3]))
        optimizer.memory = [("no such kind", [vector])]
      }
    }
    let betas: [(String, (Double) -> Optimizer)] = [
      (
        "Momentum.beta",
        {
          let optimizer = Momentum([learned([3])], learningRate: 0.1)
          optimizer.beta = $0
          return optimizer
        }
      ),
      (
        "RMSProp.beta",
        {
          let optimizer = RMSProp([learned([3])], learningRate: 0.1)
          optimizer.beta = $0
          return optimizer
        }
      ),
      (
        "Adam.beta1",
        {
          let optimizer = Adam([learned([3])], learningRate: 0.1)
          optimizer.beta1 = $0
          return optimizer
        }
      ),
      (
        "Adam.beta2",
        {
          let optimizer = Adam([learned([3])], learningRate: 0.1)
          optimizer.beta2 = $0
          return optimizer
        }
      ),
      (
        "Momentum.momentum",
        {
          let optimizer = Momentum([learned([3])], learningRate: 0.1)
          optimizer.momentum = $0
          return optimizer
        }
      ),
      (
        "Adam.momentum",
        {
          let optimizer = Adam([learned([3])], learningRate: 0.1)
          optimizer.momentum = $0
          return optimizer
        }
      ),
    ]
    for (name, set) in betas {
      of(name)
      for beta in [-0.1, 1, .nan] { stops { set(beta).step() } }
    }
    of("RMSProp.epsilon")
    stops {
      let optimizer = RMSProp([learned([3])], learningRate: 0.1)
      optimizer.epsilon = .nan
      optimizer.step()
    }
    of("Adam.epsilon")
    stops {
      let optimizer = Adam([learned([3])], learningRate: 0.1)
      optimizer.epsilon = -1
      optimizer.step()
    }
    of("ParameterGroup.init([Parameter], rateFactor: Double, decayFactor: Double)")
    for factor in [-1, .nan, Double.infinity] {
      stops { ParameterGroup([learned([3])], rateFactor: factor) }
      stops { ParameterGroup([learned([3])], decayFactor: factor) }
    }
    for name in ["rateFactor", "decayFactor"] {
      of("ParameterGroup.\(name)")
      for factor in [-1, .nan] {
        stops("ParameterGroup") {
          let w = learned([3])
          var group = ParameterGroup([w])
          if name == "rateFactor" { group.rateFactor = factor } else { group.decayFactor = factor }
          let optimizer = SGD([w], learningRate: 0.1)
          optimizer.groups = [group]
          optimizer.step()
        }
      }
    }
    of("GradientClipping.apply(to: [Parameter])")
    for limit in [-1, .nan] {
      stops { GradientClipping.norm(limit).apply(to: [learned([3])]) }
      stops { GradientClipping.value(limit).apply(to: [learned([3])]) }
    }
    returns { GradientClipping.norm(1).apply(to: []) == 0 }
    of("Checkpoint.save(Optimizer, to: String)")
    `throws` {
      try Checkpoint.save(Adam([learned([3])], learningRate: 0.1), to: "/no/such/folder/file")
    }
    of("Checkpoint.load(String, into: Optimizer)")
    `throws` {
      try Checkpoint.load("/no/such/file", into: Adam([learned([3])], learningRate: 0.1))
    }
  }
}
