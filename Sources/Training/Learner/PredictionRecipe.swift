import NeuralNetworks
import Tensors

/// What it takes to predict, besides the weights of a model: the names of its classes, its vocabulary, the statistics
/// and categories of its preparation, its sizes. One small type a problem; its stored properties are what the file
/// of an `ExportedModel` holds.
///
///     struct DigitReader: PredictionRecipe, NamesClasses {
///       static let architecture = "64-20-10"
///       let classes: [String]
///       let normalization: Normalization
///
///       func makeModel() -> Sequential { … }
///       func outputs(of model: Sequential, _ images: [[Float]]) -> Tensor {
///         model(normalization(Tensor(images)))
///       }
///     }
public protocol PredictionRecipe: Codable {
  /// An image as numbers, a text, the cells of a row, a user and an item.
  associatedtype Item
  associatedtype Model: Module

  /// The name of what `makeModel` builds.
  static var architecture: String { get }
  /// Counts up when `makeModel`, `outputs` or the stored properties change their meaning: an older file is then refused.
  static var version: Int { get }

  /// A model of the right sizes; its weights come from the file.
  func makeModel() -> Model

  /// The model's outputs for some items, `[items, …]`, each the same whatever items are beside it.
  func outputs(of model: Model, _ items: [Item]) -> Tensor
}

extension PredictionRecipe {
  public static var version: Int { 1 }
}

/// A recipe whose outputs are scores of classes.
public protocol NamesClasses {
  var classes: [String] { get }
}
