import Foundation
import NeuralNetworks
import Tensors

/// A trained model in one file, with all that it takes to predict.
///
///     try ExportedModel(recipe, model).save(to: "digits.safetensors")
///
///     let digits = try ExportedModel<DigitReader>(contentsOf: "digits.safetensors")
///     digits.predict(image).name   // "7"
///
/// A safetensors file whose metadata hold the recipe as JSON, its architecture and version; it
/// replaces an older one in one step. What does not fit is refused in one sentence: another
/// architecture or version, a recipe with other fields, weights of other names or shapes.
/// Predictions run on the CPU with training off and without a tape.
public final class ExportedModel<Recipe: PredictionRecipe> {
  public let recipe: Recipe
  public let model: Recipe.Model

  public init(_ recipe: Recipe, _ model: Recipe.Model) {
    self.recipe = recipe
    self.model = model
  }

  public init(contentsOf path: String) throws {
    let file = try Safetensors(contentsOf: path)
    do {
      recipe = try Self.recipe(from: file.metadata)
      model = recipe.makeModel()
      try NameMap(identity: model).load(from: file.names, into: model) { try file.tensor($0) }
    } catch {
      throw CheckpointError("\(path): \(error)")
    }
  }

  public func save(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json: Data
    do {
      json = try encoder.encode(recipe)
    } catch {
      throw CheckpointError("\(path): its recipe cannot be written: \(error)")
    }
    try Checkpoint.save(
      model, to: path,
      metadata: [
        "architecture": Recipe.architecture, "version": "\(Recipe.version)",
        "recipe": String(decoding: json, as: UTF8.self),
      ])
  }

  private static func recipe(from notes: [String: String]) throws -> Recipe {
    guard let architecture = notes["architecture"], let version = notes["version"],
      let json = notes["recipe"]
    else {
      throw CheckpointError("it holds weights, but not what it takes to predict: export it again")
    }
    guard architecture == Recipe.architecture, version == "\(Recipe.version)" else {
      throw CheckpointError(
        "it holds \(architecture), version \(version); this program reads \(Recipe.architecture), version \(Recipe.version)"
      )
    }
    do {
      return try JSONDecoder().decode(Recipe.self, from: Data(json.utf8))
    } catch let error as DecodingError {
      throw CheckpointError("its recipe does not fit \(Recipe.self): \(error.sentence)")
    }
  }

  /// What the model puts out for each item, `[items, …]`, in batches of so many: another size of
  /// batch changes the last places alone, where the matrix library adds the terms of a product in
  /// another order.
  public func outputs(_ items: [Recipe.Item], batchSize: Int = 64) -> Tensor {
    expect(
      !items.isEmpty && batchSize > 0,
      "a prediction expects one item or more in batches of 1 or more, got \(items.count) and \(batchSize)"
    )
    return model.evaluating {
      withoutGradients {
        concatenate(
          stride(from: 0, to: items.count, by: batchSize).map { start in
            let batch = Array(items[start..<min(start + batchSize, items.count)])
            let y = recipe.outputs(of: model, batch)
            expect(
              y.rank > 0 && y.shape[0] == batch.count,
              "\(Recipe.self) expects outputs [\(batch.count), …] for \(batch.count) items, got \(y.shape)"
            )
            return y
          })
      }
    }
  }
}

/// What a classifier says of an item.
public struct Prediction: Equatable, Sendable {
  /// Of the most probable class.
  public let index: Int
  public let name: String
  /// Of every class, by softmax of the outputs.
  public let probabilities: [Float]
}

extension ExportedModel where Recipe: NamesClasses {
  public func predict(_ item: Recipe.Item) -> Prediction { predict([item])[0] }

  public func predict(_ items: [Recipe.Item], batchSize: Int = 64) -> [Prediction] {
    let y = outputs(items, batchSize: batchSize)
    let classes = recipe.classes
    expect(
      y.rank == 2 && y.shape[1] == classes.count,
      "\(Recipe.self) names \(classes.count) classes, its model puts out \(y.shape)")
    let probabilities = y.softmax().values
    return y.argmax().enumerated().map { row, index in
      Prediction(
        index: index, name: classes[index],
        probabilities: Array(probabilities[(row * classes.count)..<((row + 1) * classes.count)]))
    }
  }
}

extension DecodingError {
  /// Which field is wrong, and how.
  fileprivate var sentence: String {
    func place(_ context: Context, _ key: (any CodingKey)? = nil) -> String {
      (context.codingPath + (key.map { [$0] } ?? [])).map(\.stringValue).joined(separator: ".")
    }
    switch self {
    case .keyNotFound(let key, let context): return "\(place(context, key)) is missing"
    case .typeMismatch(_, let context): return "\(place(context)) is of another kind"
    case .valueNotFound(_, let context): return "\(place(context)) is empty"
    case .dataCorrupted(let context):
      return context.codingPath.isEmpty
        ? "it is no JSON" : "\(place(context)): \(context.debugDescription)"
    @unknown default: return "\(self)"
    }
  }
}
