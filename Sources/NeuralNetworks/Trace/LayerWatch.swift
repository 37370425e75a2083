import Tensors

/// Sees what layers do while a model runs: a trace of all of them, or a watch on one. While one is there, layers take
/// the plain way, in which each of them runs on its own.
protocol LayerObserver: AnyObject, Sendable {
  func record<Result>(
    _ module: Module, _ inputs: [Tensor], words: [Int]?, run: () -> Result,
    output: WritableKeyPath<Result, Tensor>
  ) -> Result
}

/// A look at one layer inside a model that runs as at test time: what the layer puts out, and the gradient of a number
/// that is made from it.
///
///     let watch = LayerWatch(on: model.stages[3], in: model) { model(images) }
///     let gradient = watch.gradient(of: watch.output.columns([class]).sum())
///
/// The tape begins at the layer: no parameter gets a gradient, and no state of the model changes. Of a layer that runs
/// several times, the last time counts.
public final class LayerWatch {
  /// What the layer put out.
  public let activation: Tensor
  /// What the model put out.
  public let output: Tensor

  public init(on layer: Module, in model: Module, run: () -> Tensor) {
    let modules = model.namedModules.map(\.module)
    expect(
      modules.contains { $0 === layer }, "LayerWatch expects a layer of the model that it runs")
    let parameters = model.parameters
    let (modes, frozen) = (modules.map(\.isTraining), parameters.map(\.isFrozen))
    model.train(false)
    for parameter in parameters { parameter.isFrozen = true }
    defer {
      for (module, mode) in zip(modules, modes) { module.isTraining = mode }
      for (parameter, isFrozen) in zip(parameters, frozen) { parameter.isFrozen = isFrozen }
    }
    let observer = Observer(layer)
    output = recordingOperations { ModelTrace.$current.withValue(observer, operation: run) }
    guard let activation = observer.activation else {
      fatalError("LayerWatch: the \(type(of: layer)) did not run")
    }
    self.activation = activation
  }

  /// The derivative of a single number, made from `output`, by each number of the activation; once, since it uses up
  /// the tape.
  public func gradient(of number: Tensor) -> Tensor {
    number.backward()
    guard let gradient = activation.origin?.gradient else {
      fatalError("LayerWatch: this number does not depend on what the layer put out")
    }
    return gradient
  }

  // Lives inside one call, on one thread.
  private final class Observer: LayerObserver, @unchecked Sendable {
    let layer: Module
    var activation: Tensor?

    init(_ layer: Module) { self.layer = layer }

    func record<Result>(
      _ module: Module, _ inputs: [Tensor], words: [Int]?, run: () -> Result,
      output: WritableKeyPath<Result, Tensor>
    ) -> Result {
      var result = run()
      if module === layer {
        result[keyPath: output] = result[keyPath: output].marked()
        activation = result[keyPath: output]
      }
      return result
    }
  }
}
