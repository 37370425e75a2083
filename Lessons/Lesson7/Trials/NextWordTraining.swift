import Unrolled

/// How a model of this lesson is trained. All of it but the model is the course's: 64 rows, one cycle,
/// Adam with β₂ = 0.99 and decoupled weight decay of 0.01 on every parameter.
struct NextWordTraining {
  var length: Int
  var epochs: Int
  var rate: Double
  var rising = 0.3
  /// Stops after this many steps, for a look at the first losses.
  var limit = Int.max

  static let rows = 64

  static func train(length: Int) -> LanguageModelBatches {
    LanguageModelBatches(HumanNumbersTokens.train, rows: rows, length: length)
  }
  static func valid(length: Int) -> LanguageModelBatches {
    LanguageModelBatches(HumanNumbersTokens.valid, rows: rows, length: length)
  }

  /// Trains the model: state and running statistics go from training to validation and back.
  func run(_ model: some NextWordModel) -> NextWordResult {
    let train = Self.train(length: length)
    let cycle = OneCycle(maximum: rate, steps: epochs * train.count, rising: rising)
    let optimizer = Adam(
      model.parameters, learningRate: rate, beta2: 0.99, epsilon: 1e-8,
      weightDecay: .decoupled(0.01))
    var result = NextWordResult()
    for _ in 0..<epochs {
      model.train()
      for batch in 0..<train.count {
        if result.losses.count == limit { return result }
        optimizer.learningRate = cycle.learningRate(at: result.losses.count)
        optimizer.momentum = cycle.momentum(at: result.losses.count)
        optimizer.zeroGrad()
        let (x, y) = train.words(batch)
        let loss = crossEntropy(model(x), model.targets(y))
        loss.backward()
        optimizer.step()
        result.losses.append(Double(loss.item))
      }
      result.validations.append(Self.validate(model, length: length))
    }
    return result
  }

  /// Mean loss and accuracy over the validation text.
  static func validate(
    _ model: some NextWordModel, length: Int
  ) -> (loss: Double, accuracy: Double) {
    let valid = Self.valid(length: length)
    model.train(false)
    return withoutGradients {
      var loss = 0.0
      var share = 0.0
      for batch in 0..<valid.count {
        let (x, y) = valid.words(batch)
        let logits = model(x)
        loss += Double(crossEntropy(logits, model.targets(y)).item)
        share += accuracy(logits, model.targets(y))
      }
      return (loss / Double(valid.count), share / Double(valid.count))
    }
  }
}

/// What a training gave.
struct NextWordResult {
  var losses: [Double] = []
  var validations: [(loss: Double, accuracy: Double)] = []

  /// The training loss as fastai prints it: averaged with β = 0.98 over the whole training.
  var trainLoss: Double { MovingAverage.smoothed(losses).last ?? .nan }
  var validLoss: Double { validations.last?.loss ?? .nan }
  var accuracy: Double { validations.last?.accuracy ?? .nan }
}

/// The texts as numbers, made once.
enum HumanNumbersTokens {
  static let train = HumanNumbers.numbers(of: HumanNumbers.train)
  static let valid = HumanNumbers.numbers(of: HumanNumbers.valid)
}

extension LanguageModelBatches {
  func words(_ batch: Int) -> (x: Words, y: Words) {
    let (x, y) = self[batch]
    return (Words(x, rows: rows), Words(y, rows: rows))
  }
}
