import DataPipeline
import Foundation
import NeuralNetworks
import Tensors
import Testing
import Training

/// Images, texts, tables and ratings, each with a recipe of its own and nothing else.
@Suite struct ExportedModelTests {
  struct Digits: PredictionRecipe, NamesClasses {
    static let architecture = "small digits net"
    var classes = (0..<10).map { "digit \($0)" }
    var normalization = Normalization(mean: 0.3, deviation: 0.4)

    func makeModel() -> Sequential {
      var generator = SeededGenerator(seed: 0)
      return Sequential(
        ConvLayer(1, 4, stride: 2, using: &generator), Flatten(), Dropout(0.5, seed: 1),
        Linear(64, classes.count, using: &generator))
    }

    func outputs(of model: Sequential, _ images: [[Float]]) -> Tensor {
      model(normalization(Tensor(images)).reshaped([-1, 1, 8, 8]))
    }
  }

  struct Reviews: PredictionRecipe, NamesClasses {
    static let architecture = "AWD-LSTM classifier"
    var classes = ["negative", "positive"]
    let vocabulary: Vocabulary

    func makeModel() -> TextClassifier {
      var generator = SeededGenerator(seed: 0)
      let encoder = AWDLSTM(
        words: vocabulary.count, features: 6, hidden: 8, layers: 2, using: &generator)
      return TextClassifier(encoder, classes: 2, hidden: 5, length: 4, using: &generator)
    }

    /// A text at a time: padding would change what the state begins with.
    func outputs(of model: TextClassifier, _ texts: [String]) -> Tensor {
      concatenate(
        texts.map {
          let words = vocabulary.numbers(of: ["xxbos"] + $0.split(separator: " ").map(String.init))
          return model(words, rows: 1)
        })
    }
  }

  struct People: PredictionRecipe, NamesClasses {
    static let architecture = "tabular model"
    var classes = ["<50k", ">=50k"]
    var work = ["#na#", "private", "state"]
    var age = Normalization(mean: 38, deviation: 13)

    func makeModel() -> TabularModel {
      var generator = SeededGenerator(seed: 0)
      return TabularModel(
        categories: [(work.count, 3)], numbers: 1, hidden: [8], outputs: 2, dropouts: [0.3],
        using: &generator)
    }

    func outputs(of model: TabularModel, _ people: [(age: Float, work: String)]) -> Tensor {
      model(
        categories: [people.map { work.firstIndex(of: $0.work) ?? 0 }],
        numbers: age(Tensor(people.map(\.age), shape: [people.count, 1])))
    }
  }

  struct Films: PredictionRecipe {
    static let architecture = "dot product and bias"
    static let version = 3
    var users = ["#na#", "ann", "bob"]
    var films = ["#na#", "Alien", "Brazil"]

    func makeModel() -> DotProductBias {
      var generator = SeededGenerator(seed: 0)
      return DotProductBias(
        users: users.count, items: films.count, factors: 4, range: 0...5.5, using: &generator)
    }

    func outputs(of model: DotProductBias, _ pairs: [(user: String, film: String)]) -> Tensor {
      model(
        users: pairs.map { users.firstIndex(of: $0.user) ?? 0 },
        items: pairs.map { films.firstIndex(of: $0.film) ?? 0 })
    }
  }

  private let path = NSTemporaryDirectory() + "unrolled-\(UUID().uuidString).safetensors"

  /// Other weights and running averages than those that `makeModel` begins with.
  private func trained<R: PredictionRecipe>(_ recipe: R) -> R.Model {
    let model = recipe.makeModel()
    var generator = SeededGenerator(seed: 42)
    for (_, tensor) in model.namedState {
      let noise = Tensor.uniform(tensor.value.shape, in: 0.1..<0.5, using: &generator)
      tensor.value = tensor.value + noise
    }
    return model
  }

  /// Saved and loaded: the same numbers; of one item and of other batches but for their last
  /// places.
  private func tried<R: PredictionRecipe>(_ recipe: R, _ items: [R.Item]) throws
    -> ExportedModel<R>
  {
    defer { unlink(path) }
    let exported = ExportedModel(recipe, trained(recipe))
    let wanted = exported.outputs(items)
    #expect(exported.model.isTraining)  // as it was
    try exported.save(to: path)
    let loaded = try ExportedModel<R>(contentsOf: path)
    #expect(loaded.outputs(items) == wanted)
    expectClose(loaded.outputs(items, batchSize: 2), wanted)
    for (i, item) in items.enumerated() {
      expectClose(loaded.outputs([item]), wanted.sliced(axis: 0, i..<(i + 1)))
    }
    return loaded
  }

  /// The matrix library adds the terms of a product in another order when there are other numbers
  /// of rows: which, depends on the processor. Of the 64 terms here each order is off by no more
  /// than 64 roundings of 2⁻²⁴ of what they sum to.
  private static let rounding: Float = 2 * 64 * 0x1p-24

  private func expectClose(_ a: Tensor, _ b: Tensor) {
    #expect(a.shape == b.shape)
    for (x, y) in zip(a.values, b.values) {
      #expect((x - y).magnitude <= Self.rounding * (1 + y.magnitude))
    }
  }

  @Test func anImage() throws {
    let digits = try DataPipeline.Digits.load()[0..<70].all
    let values = digits.images.values
    let images = (0..<70).map { Array(values[($0 * 64)..<(($0 + 1) * 64)]) }
    let loaded = try tried(Digits(), images)
    let predictions = loaded.predict(images)
    #expect(predictions.count == 70)
    for (image, prediction) in zip(images, predictions).prefix(5) {
      let alone = loaded.predict(image)
      #expect(alone.index == prediction.index && alone.name == prediction.name)
      expectClose(Tensor(alone.probabilities), Tensor(prediction.probabilities))
      #expect(prediction.name == "digit \(prediction.index)")
      #expect(prediction.probabilities.max() == prediction.probabilities[prediction.index])
      // Ten numbers of 32 bits.
      #expect(abs(prediction.probabilities.reduce(0, +) - 1) < 1e-6)
    }
    #expect(loaded.recipe.normalization.mean == 0.3)
  }

  @Test func aText() throws {
    let vocabulary = Vocabulary(
      "good bad film a a good bad film".split(separator: " ").map(String.init))
    let loaded = try tried(
      Reviews(vocabulary: vocabulary),
      ["a good film", "bad", "a film a film a film good unknown words", "good good"])
    #expect(loaded.recipe.vocabulary.words == vocabulary.words)
    #expect(["negative", "positive"].contains(loaded.predict("a bad film").name))
  }

  @Test func aRowOfATable() throws {
    let loaded = try tried(People(), [(30, "private"), (51, "state"), (19, "never seen")])
    #expect(loaded.predict((30, "private")).probabilities.count == 2)
  }

  @Test func aRating() throws {
    let loaded = try tried(
      Films(), [("ann", "Alien"), ("bob", "Brazil"), ("new", "Alien"), ("ann", "Brazil")])
    let ratings = loaded.outputs([("ann", "Alien")])
    #expect(ratings.shape == [1])
    #expect(ratings.item > 0 && ratings.item < 5.5)
  }

  @Test func whatDoesNotFitIsRefusedInASentence() throws {
    defer { unlink(path) }
    func refused<R: PredictionRecipe>(_ type: R.Type) -> String {
      do {
        _ = try ExportedModel<R>(contentsOf: path)
        return "it was taken"
      } catch { return "\(error)".replacing(path, with: "FILE") }
    }
    #expect(refused(Digits.self) == "FILE: cannot be read: No such file or directory")
    try Checkpoint.save(trained(Digits()), to: path)
    #expect(
      refused(Digits.self)
        == "FILE: it holds weights, but not what it takes to predict: export it again")
    try ExportedModel(Films(), trained(Films())).save(to: path)
    #expect(
      refused(Digits.self)
        == "FILE: it holds dot product and bias, version 3; this program reads small digits net, version 1"
    )
    func write(_ recipe: String) throws {
      try Checkpoint.save(
        trained(Digits()), to: path,
        metadata: ["architecture": Digits.architecture, "version": "1", "recipe": recipe])
    }
    try write(#"{"classes":["a","b"]}"#)
    #expect(
      refused(Digits.self) == "FILE: its recipe does not fit Digits: normalization is missing")
    try write(#"{"classes":["a",2],"normalization":{"mean":0,"deviation":1}}"#)
    #expect(refused(Digits.self).hasPrefix("FILE: its recipe does not fit Digits: classes."))
    try write("classes: a, b")
    #expect(refused(Digits.self) == "FILE: its recipe does not fit Digits: it is no JSON")
    // Two classes in the recipe, ten in the weights.
    try write(#"{"classes":["a","b"],"normalization":{"mean":0,"deviation":1}}"#)
    #expect(refused(Digits.self).hasPrefix("FILE: layers.3.weight gives a shape of [64, 10]"))
  }

  @Test func theOldFileStaysUntilTheNewOneIsWhole() throws {
    let folder = NSTemporaryDirectory() + "unrolled-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = "\(folder)/model.safetensors"
    try ExportedModel(Films(), trained(Films())).save(to: file)
    try ExportedModel(Films(), Films().makeModel()).save(to: file)
    let loaded = try ExportedModel<Films>(contentsOf: file)
    #expect(
      loaded.model.namedState.map(\.tensor.value)
        == Films().makeModel().namedState.map(\.tensor.value))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["model.safetensors"])
  }
}
