import Unrolled

/// How the text classifiers of this lesson are trained, with or without the encoder of a language model.
struct ClassifierTraining: Sendable {
  /// Where the encoder comes from, and what learns when.
  enum Way: String, CaseIterable {
    /// A trained encoder, unfrozen group by group with falling rates: the course's way.
    case gradual
    /// A trained encoder, all of it from the start.
    case atOnce
    /// An encoder of random numbers, all of it from the start.
    case scratch
  }

  /// One part of a gradual training: the groups from `first` on learn (−1 is the head).
  struct Stage: Sendable {
    let first: Int
    let rate: Double
    let epochs: Int
  }

  var size = 32
  /// The course's `drop_mult` for a classifier.
  var dropping: Float = 0.5
  /// The course's stages and rates.
  var stages = [
    Stage(first: -1, rate: 2e-2, epochs: 1), Stage(first: -2, rate: 1e-2, epochs: 1),
    Stage(first: -3, rate: 5e-3, epochs: 1), Stage(first: 0, rate: 1e-3, epochs: 2),
  ]
  /// Of a training that is not gradual, as many epochs as all stages have.
  var rate = 1e-2
  let sizes: LanguageModelTraining

  /// slice(rate / 2.6⁴, rate), as the course has it.
  static func rates(_ top: Double) -> DiscriminativeRates { .between(top / 45.6976, top) }

  func classifier(words: Int, seed: UInt64) -> TextClassifier {
    var generator = SeededGenerator(seed: seed)
    let dropouts = AWDLSTM.Dropouts.classifier.scaled(by: dropping)
    let encoder = AWDLSTM(
      words: words, features: sizes.features, hidden: sizes.hidden, layers: sizes.layers,
      dropouts: dropouts, using: &generator)
    return TextClassifier(
      encoder, classes: 2, dropouts: (dropouts.output, 0.1), using: &generator)
  }

  /// The embedding, each LSTM, the head.
  static func groups(_ model: TextClassifier) -> LayerGroups {
    LayerGroups([[model.encoder.embedding]] + model.encoder.layers.map { [$0] } + [[model.head]])
  }

  /// Trains a classifier and returns its accuracy on other texts.
  func run(
    _ way: Way, _ train: TextBatches, valid: TextBatches, words: Int, encoder: AWDLSTM,
    seed: UInt64
  ) throws -> Double {
    let model = classifier(words: words, seed: seed)
    if way != .scratch {
      let tensors = NameMap(identity: encoder).state(of: encoder)
      try NameMap(identity: model.encoder).load(tensors, into: model.encoder)
    }
    let epochs = stages.reduce(0) { $0 + $1.epochs }
    let plan = way == .gradual ? stages : [Stage(first: 0, rate: rate, epochs: epochs)]
    let groups = Self.groups(model)
    for (number, stage) in plan.enumerated() {
      groups.freeze(to: stage.first)
      let optimizer = Adam(
        model.parameters, learningRate: stage.rate, beta2: 0.99, weightDecay: .decoupled(0.01))
      if way == .gradual { Self.rates(stage.rate).apply(to: optimizer, groups: groups) }
      let loop = TrainingLoop(model, optimizer: optimizer, seed: seed &+ UInt64(100 * number)) {
        train.shuffled(using: &$0)
      } loss: { batch in
        crossEntropy(model(batch.words, rows: batch.rows), batch.labels)
      }
      let steps = stage.epochs * train.stepsPerEpoch
      try loop.fit(
        epochs: stage.epochs,
        schedule: OneCycle(
          maximum: stage.rate, steps: steps, momenta: LanguageModelTraining.momenta))
    }
    return Self.accuracy(model, valid)
  }

  /// The share of texts that it judges rightly.
  static func accuracy(_ model: TextClassifier, _ texts: TextBatches) -> Double {
    model.train(false)
    let right = withoutGradients {
      texts.sorted.reduce(0.0) { sum, batch in
        sum + Double(batch.rows)
          * Training.accuracy(model(batch.words, rows: batch.rows), batch.labels)
      }
    }
    return right / Double(texts.texts.count)
  }
}
