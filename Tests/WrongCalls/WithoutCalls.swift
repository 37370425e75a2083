extension Table {
  /// Symbols that have no wrong call.
  mutating func withoutCalls() {
    none(
      "any tensor and any number is right", "Tensor.+(Tensor, Float)", "Tensor.+(Float, Tensor)",
      "Tensor.-(Tensor, Float)", "Tensor.-(Float, Tensor)", "Tensor.*(Tensor, Float)",
      "Tensor.*(Float, Tensor)", "Tensor./(Tensor, Float)", "Tensor./(Float, Tensor)",
      "Tensor.-(Tensor)", "Tensor.pow(Float)", "Tensor.elu(Float)", "Tensor.gelu(GELUForm)",
      "ELU.init(Float)",
      "ELU.forward(Tensor)", "GELU.init(GELUForm)", "GELU.forward(Tensor)",
      "LeakyReLU.forward(Tensor)", "LeakyReLU.init(Float)", "ReLU6.forward(Tensor)",
      "Softplus.forward(Tensor)", "Tensor.leakyReLU(Float)", "Tensor.init(Float)",
      "Tensor.init([Float])", "Tensor.roundedToHalf(roundingGradient: Bool)",
      "Tensor.named(String)", "Parameter.init(wrappedValue: Tensor)", "Parameter.init(Tensor)",
      "Buffer.init(wrappedValue: Tensor)", "ReLU.forward(Tensor)", "Sigmoid.forward(Tensor)",
      "Tanh.forward(Tensor)", "HalfPrecision.forward(Tensor)", "SigmoidRange.forward(Tensor)",
      "LossScaling.scaled(Tensor)", "LossScaling.unscale([Parameter])", "MovingAverage.add(Double)"
    )
    none(
      "any tensor is right", "Tensor.relu6()", "Tensor.exp()", "Tensor.log()", "Tensor.sqrt()",
      "Tensor.square()",
      "Tensor.abs()", "Tensor.relu()", "Tensor.sigmoid()", "Tensor.tanh()", "Tensor.sum()",
      "Tensor.detached()")
    none(
      "takes up what the caller worked out; backward() is asked, and its rows are `Tensor.backward()`",
      "Tensor.recorded(StaticString, from: Tensor, gradient: (Tensor) -> Tensor)",
      "Tensor.recorded(StaticString, from: Tensor, Tensor, gradient: (Tensor) -> Tensor, second: (Tensor) -> Tensor)"
    )
    none(
      "a requirement: each type that has it has rows of its own", "Layer.forward(Tensor)",
      "Layer.callAsFunction(Tensor)", "StateTensor.value", "CarriesState.carriedState",
      "CountsMultiplyAdds.multiplyAdds(input: [Int], output: [Int])",
      "Schedule.learningRate(at: Int)", "PredictionRecipe.outputs(of: Self.Model, [Self.Item])",
      "Optimizer.update(Tensor, gradient: Tensor, number: Int)", "Optimizer.momentum",
      "Optimizer.memory")
    none(
      "a text, a switch, a closure, a generator or a seed: each is right",
      "expect(Bool, () -> String)", "withoutGradients(() throws -> T)",
      "SeededGenerator.init(seed: UInt64)", "SharedGenerator.init(seed: UInt64)",
      "Module.evaluating(() throws -> Result)", "Module.train(Bool)",
      "CheckpointError.init(String)", "EpochLines.init((String) -> Void)",
      "BestModel.init(String, goal: Goal)",
      "Metric.init(String, value: (Tensor, Targets) -> Double)",
      "TrainingLoop.stop(because: String)", "LayerGroups.freeze(keepingBatchNorm: Bool)",
      "TrainingMemory.measured(() throws -> Void)", "Safetensors.tensor(String)")
    none(
      "runs what it is given, and notes it",
      "Module.traced(Tensor..., output: WritableKeyPath<Result, Tensor>, run: () -> Result)",
      "Module.traced(Tensor..., run: () -> Tensor)",
      "Module.traced(words: [Int], run: () -> Tensor)")
    none(
      "any layers and any model are right", "Sequential.init(any Layer...)",
      "Sequential.init([any Layer])", "NameMap.init(identity: Module)",
      "LayerGroups.number(of: Module)", "Learner.metrics",
      "ExportedModel.init(Recipe, Recipe.Model)")
    none(
      "reads a training", "FrozenBatchNorm.beforeEpoch(TrainingLoop)",
      "FrozenBatchNorm.afterFit(TrainingLoop)", "EpochLines.afterEpoch(TrainingLoop)",
      "BestModel.afterFit(TrainingLoop)", "Callback.beforeFit(TrainingLoop)",
      "Callback.beforeEpoch(TrainingLoop)", "Callback.beforeBatch(TrainingLoop)",
      "Callback.afterBatch(TrainingLoop)", "Callback.afterEpoch(TrainingLoop)",
      "Callback.afterFit(TrainingLoop)", "Callback.failed(TrainingLoop, any Error)",
      "BestModel.beforeFit(TrainingLoop)", "BestModel.failed(TrainingLoop, any Error)",
      "EpochLines.beforeFit(TrainingLoop)", "FrozenBatchNorm.failed(TrainingLoop, any Error)")
    none(
      "a plain record, which nothing counts on", "ModelSummary.Row.output",
      "ModelSummary.Row.parameters", "ModelSummary.Row.trainable", "ModelSummary.Row.multiplyAdds",
      "ModelSummary.Row.activationBytes", "TrainingRecord.losses", "TrainingRecord.learningRates",
      "TrainingRecord.momenta", "ConfusionMatrix.Pair.init(label: Int, predicted: Int, count: Int)",
      "Validation.init(loss: Double, metrics: [Validation.Measured])",
      "Validation.Measured.init(String, Double)")
  }
}
