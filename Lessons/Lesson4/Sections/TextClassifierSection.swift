import Foundation
import Unrolled

/// Few labelled reviews, many without: a classifier from a language model's encoder.
func textClassifier(_ page: Page, _ runs: ReviewRuns) throws {
  page.question("What is a language model good for, if one wants to know who liked the film?")
  let data = runs(page)
  let words = data.vocabulary.count
  let training = ClassifierTraining.reviews(data.training)
  let trained = try data.models(page)
  guard let first = trained.first else { return }
  page.say(
    """
    Its **encoder** is the first half: embedding and LSTMs, which turn words into states. The second half, the decoder, turns a state into the next word. For another task \
    keep the first half and put a new **head** on it: the last state, the largest and the mean of each number over the text, side by side, and two linear layers.
    """)
  let model = try encoderMoves(page, data, first.model, training)
  stages(page, model, training, data)
  try comparison(page, data, trained, training, words)
}

extension ClassifierTraining {
  static let labelled = 200
  /// For few reviews: small batches, twice the course's epochs a stage.
  static func reviews(_ sizes: LanguageModelTraining) -> ClassifierTraining {
    ClassifierTraining(
      size: 10,
      stages: [
        Stage(first: -1, rate: 2e-2, epochs: 2), Stage(first: -2, rate: 1e-2, epochs: 2),
        Stage(first: -3, rate: 5e-3, epochs: 2), Stage(first: 0, rate: 1e-3, epochs: 4),
      ], sizes: sizes)
  }
}

/// Saves the encoder's tensors alone, loads them into a classifier, and draws both models.
private func encoderMoves(
  _ page: Page, _ data: ReviewData, _ language: LanguageModel, _ training: ClassifierTraining
) throws -> TextClassifier {
  let file = FileManager.default.temporaryDirectory
    .appending(path: "encoder-\(UUID().uuidString).safetensors").path
  defer { try? FileManager.default.removeItem(atPath: file) }
  let model = training.classifier(words: data.vocabulary.count, seed: page.seed)
  let kept = try page.run {
    try Checkpoint.save(language.encoder, to: file)
    try Checkpoint.load(file, into: model.encoder)
    return try Safetensors(contentsOf: file).names
  }
  let theirs = Set(model.namedState.map(\.name))
  let ours = Set(language.namedState.map(\.name))
  func shape(_ module: Module, _ name: String) -> String {
    module.namedState.first { $0.name == name }.map {
      "[\($0.tensor.value.shape.map(String.init).joined(separator: ", "))]"
    } ?? "–"
  }
  page.table(
    "Which tensors move", columns: ["language model", "shape", "in the file", "classifier"],
    rows: language.namedState.map(\.name).map { name in
      let short = String(name.dropFirst("encoder.".count))
      return [
        name, shape(language, name), kept.contains(short) ? short : "–",
        theirs.contains(name) ? name : "–",
      ]
    }
      + model.namedState.map(\.name).filter { !ours.contains($0) }.map {
        ["–", shape(model, $0), "–", "\($0) (new)"]
      })
  page.check(
    "text/encoder/tensors", "tensors in the file", Double(kept.count), equals: 9, within: 0,
    because: "a count",
    source: "by hand: the embedding's table, and two LSTMs with two matrices and two biases each")
  let text = data.valid.numbers[0]
  language.train(false)
  model.train(false)
  language.encoder.reset()
  model.encoder.reset()
  let gap = withoutGradients {
    (language.encoder(text, rows: 1) - model.encoder(text, rows: 1)).abs().max().item
  }
  language.encoder.reset()
  model.encoder.reset()
  page.check(
    "text/encoder/same",
    "states of a review, the classifier's against the language model's, largest gap",
    gap, equals: 0, within: 0, because: "the same numbers in the same order",
    source: "the language model that the file was saved from")
  let piece = Array(text.prefix(12))
  page.draw(
    Drawing(
      diagramOf: ModelTrace(language) { _ in language(piece, rows: 1) }, id: "text-language-model",
      title: "The language model reading 12 words: encoder, then decoder"))
  ClassifierTraining.groups(model).freeze()
  page.draw(
    Drawing(
      of: ModelTrace(model) { _ in model(piece, rows: 1) }, id: "text-classifier",
      title: "The classifier: the same encoder, frozen (dashed), and a new head"))
  return model
}

private func stages(
  _ page: Page, _ model: TextClassifier, _ training: ClassifierTraining, _ data: ReviewData
) {
  page.say(
    """
    **Gradual unfreezing.** The new head is random, and its first gradients would spoil what the encoder knows. So the head learns alone at first, then the last LSTM with it, then \
    the other, then everything; each time at a smaller rate, and earlier groups at smaller rates than later ones: from rate / 2.6⁴ to rate, in equal ratios.
    """)
  let groups = ClassifierTraining.groups(model)
  var rows: [[String]] = []
  for stage in training.stages {
    groups.freeze(to: stage.first)
    let learning = model.parameters.filter { !$0.isFrozen }.reduce(0) { $0 + $1.value.count }
    let rates = ClassifierTraining.rates(stage.rate).rates(groups: groups.count)
    rows.append(
      [stage.first == 0 ? "all" : "freeze(to: \(stage.first))", "\(stage.epochs)", "\(learning)"]
        + rates.enumerated().map { i, rate in
          i >= (stage.first + groups.count) % groups.count ? String(format: "%.2g", rate) : "frozen"
        })
  }
  page.table(
    "What learns when",
    columns: ["stage", "epochs", "numbers that learn", "embedding", "LSTM 1", "LSTM 2", "head"],
    rows: rows)
  let last = ClassifierTraining.rates(1e-3).rates(groups: groups.count)
  page.check(
    "text/stages/rate", "rate of the second of four groups in the last stage × 10⁶", last[1] * 1e6,
    equals: 1e3 / pow(2.6, 8.0 / 3), within: 1e-6,
    because: "the same arithmetic in double precision",
    source: "10⁻³ / 2.6^(4·2/3)")
}

private func comparison(
  _ page: Page, _ data: ReviewData, _ trained: [TrainedModel], _ training: ClassifierTraining,
  _ words: Int
) throws {
  let seeds = page.seeds
  let (texts, labels) = (data.train.numbers, data.train.labels)
  let valid = TextBatches(data.valid.numbers, labels: data.valid.labels, size: 50)
  let results = concurrently("classifiers", seeds.count, page) { i in
    Result {
      var generator = SeededGenerator(seed: seeds[i] &+ 7)
      let some = Array(texts.indices).shuffled(using: &generator).prefix(
        ClassifierTraining.labelled)
      let train = TextBatches(
        some.map { texts[$0] }, labels: some.map { labels[$0] }, size: training.size)
      let random = training.classifier(words: words, seed: seeds[i] &+ 1000).encoder
      func accuracy(_ way: ClassifierTraining.Way, _ encoder: AWDLSTM) throws -> Double {
        try training.run(way, train, valid: valid, words: words, encoder: encoder, seed: seeds[i])
      }
      return [
        try accuracy(.gradual, trained[i].model.encoder), try accuracy(.scratch, random),
        try accuracy(.atOnce, trained[i].model.encoder), try accuracy(.gradual, random),
      ]
    }
  }
  let accuracies = try results.map { try $0.get() }
  func arm(_ i: Int) -> [Double] { accuracies.map { $0[i] } }
  let best =
    data.valid.reviews.reduce(0) { $0 + max($1.positiveProbability, 1 - $1.positiveProbability) }
    / Double(data.valid.reviews.count)
  page.table(
    "Accuracy on \(data.valid.reviews.count) reviews, \(ClassifierTraining.labelled) labelled ones to learn from",
    columns: ["encoder", "training", "accuracy"],
    rows: [
      ["language model's", "gradual unfreezing", spread(arm(0), 3)],
      ["language model's", "all at once", spread(arm(2), 3)],
      ["random", "all at once", spread(arm(1), 3)],
      ["random", "gradual unfreezing", spread(arm(3), 3)],
      ["–", "nobody can do better on average", text(best, 3)],
    ])
  let effects = Dictionary(uniqueKeysWithValues: zip(seeds, zip(arm(0), arm(1)).map(-)))
  let result = page.claim(
    "task-nlp-classifier",
    says:
      "A classifier that starts from a language model's encoder needs few labels: it does better than one from scratch.",
    measure: "accuracy with the encoder, unfrozen gradually − accuracy from scratch, all at once",
    threshold: 0.05, thresholdText: "at least five points more",
    setting:
      "generated reviews, \(texts.count) without labels for the language model, \(ClassifierTraining.labelled) of them labelled for the classifier, 10 epochs, AWD-LSTM 48/64, language model of \(data.training.epochs) epochs"
  ) { effects[$0] ?? .nan }
  page.seen(
    result.verdict == .holds
      ? """
      The labels are few, the texts many. To guess the next adjective the language model had to find out whether the writer is pleased; the classifier only has to ask the state for it.
      """
      : """
      Moving half a model is easy; that it helps is another matter. A language model learns what pays in the next word. Each of about five judgements in a review could be guessed better by ln 2 − H(0.9) = 0.37 nats if the writer's opinion were known, 0.03 a token; \
      grammar and genre pay far more. So at this size its states hardly hold it, and a frozen encoder cannot be asked for what it does not hold. From scratch, the labels ask for nothing else. \
      The course's encoder had read Wikipedia and 100,000 reviews: what was too dear to learn for this one was cheap for that.
      """)
}
