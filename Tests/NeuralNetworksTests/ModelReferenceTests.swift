import NeuralNetworks
import ReferenceReader
import Tensors
import Testing

@Suite struct ModelReferenceTests {
  /// How far a tensor may be from PyTorch's, as a share of 1 + its largest number: a gradient is a sum whose
  /// terms may be as large as that, whatever is left of it.
  ///
  /// PyTorch's own Float32 stays within a third of these over eleven seeds (`models.py` prints how far it
  /// is): those that normalise batches of few numbers magnify rounding most.
  static let tolerances: [String: Float] = [
    "resNet": 1.2e-5, "denseNet": 1.2e-5, "uNet": 5e-5, "awdLSTM": 2e-6, "languageModel": 2e-6,
    "textClassifier": 1.2e-5, "tabularModel": 8e-6, "dotProductBias": 2e-6, "gru": 2e-6,
    "classifierHead": 1.2e-5,
  ]

  @Test func everyModelMatchesPyTorch() throws {
    let cases = try ModelCase.all()
    for c in cases {
      let tolerance = try #require(Self.tolerances[c.model], "no tolerance for \(c.model)")
      try check(c, within: tolerance)
    }
    #expect(Set(cases.map(\.model)) == Set(Self.tolerances.keys))
    #expect(References.hold(cases.count, committed: 30))
    print("\(cases.count) reference cases of \(Set(cases.map(\.model)).count) models")
  }

  private func check(_ c: ModelCase, within tolerance: Float) throws {
    let runnable = try RunnableModel(c)
    try runnable.names.load(c.state, into: runnable.model)
    let inputs = c.inputs.map(Parameter.init)
    let y = runnable.run(inputs.map(\.wrappedValue), c.words)
    compare(y.detached(), c.output, "\(c): output", tolerance)
    (y * c.upstream).sum().backward()
    for (i, gradient) in c.inputGradients.enumerated() {
      compare(inputs[i].grad, gradient, "\(c): gradient of input \(i)", tolerance)
    }
    #expect(inputs.count == c.inputGradients.count)

    // What our model holds afterwards, under PyTorch's names.
    var theirs = c.gradients
    let entries = Dictionary(uniqueKeysWithValues: runnable.names.entries.map { ($0.ours, $0) })
    for (name, parameter) in runnable.model.namedParameters {
      let entry = try #require(entries[name])
      guard let expected = theirs.removeValue(forKey: entry.theirs) else {
        Issue.record("\(c): PyTorch has no gradient of \(entry.theirs)")
        continue
      }
      // A row that was never looked up, or a column of no category, has the gradient 0.
      let ours = parameter.hasGrad ? parameter.grad : .zeros(parameter.value.shape)
      compare(
        entry.isTransposed ? ours.transposed() : ours, expected, "\(c): gradient of \(name)",
        tolerance)
    }
    #expect(theirs.isEmpty, "\(c): our model has no \(theirs.keys.sorted())")

    var buffers = c.buffers
    for (name, buffer) in runnable.model.namedBuffers {
      let entry = try #require(entries[name])
      guard let expected = buffers.removeValue(forKey: entry.theirs) else {
        Issue.record("\(c): PyTorch has no buffer \(entry.theirs)")
        continue
      }
      compare(buffer.value, expected, "\(c): \(name)", tolerance)
    }
    #expect(buffers.isEmpty, "\(c): our model has no \(buffers.keys.sorted())")
  }

  private func compare(_ ours: Tensor, _ theirs: Tensor, _ what: String, _ tolerance: Float) {
    guard ours.shape == theirs.shape else {
      Issue.record("\(what) has shape \(ours.shape), PyTorch's \(theirs.shape)")
      return
    }
    let size = 1 + (theirs.values.map(\.magnitude).max() ?? 0)
    let distance = zip(ours.values, theirs.values).map { ($0 - $1).magnitude }
    let largest = distance.contains { $0.isNaN } ? .nan : distance.max() ?? 0
    #expect(
      largest <= tolerance * size, "\(what) is off by \(largest / size) of its size")
  }
}
