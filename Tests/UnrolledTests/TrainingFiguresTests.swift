import Foundation
import Testing
import Unrolled

@testable import Notebook

/// Figures of a training and of what its net gets wrong, made from one that ran. `FIGURES=DIR` keeps them.
@Suite(.serialized) struct TrainingFiguresTests {
  nonisolated(unsafe) private static let learner: (learner: Learner, finder: LearningRateFinder)? =
    {
      guard let digits = try? Digits.load() else { return nil }
      var generator = SeededGenerator(seed: 42)
      let model = Sequential(
        ConvLayer(1, 8, using: &generator), ConvLayer(8, 16, stride: 2, using: &generator),
        GlobalAveragePool(), Linear(16, 10, using: &generator))
      let learner = Learner(
        model, train: digits[0..<1437], valid: digits[1437..<1797],
        optimizer: Adam(model.parameters, learningRate: 1e-2), seed: 42)
      learner.prepare = { images, _ in images.reshaped([-1, 1, 8, 8]) }
      learner.callbacks = [EpochLines { _ in }]
      let finder = LearningRateFinder.run(learner)
      guard (try? learner.fitOneCycle(epochs: 3, maximum: 2e-2)) != nil else { return nil }
      return (learner, finder)
    }()

  private func svg(_ figure: Figure) throws -> String {
    let svg = try #require(figure.svg)
    if let folder = ProcessInfo.processInfo.environment["FIGURES"] {
      try svg.write(toFile: "\(folder)/\(figure.id).svg", atomically: true, encoding: .utf8)
    }
    return svg
  }

  @Test func theRecorderShowsLossesRatesMomentaAndMetrics() throws {
    let (learner, _) = try #require(Self.learner)
    let grid = PlotGrid(
      "recorder", "Three epochs under one cycle", record: learner.record, history: learner.history)
    #expect(grid.plots.map(\.title) == ["Loss", "Learning rate", "Momentum", "accuracy"])
    guard case .line(_, let valid, _) = grid.plots[0].layers[2] else {
      Issue.record("no line of validation losses")
      return
    }
    #expect(valid.map(\.x) == [23, 46, 69])  // 1,437 images in batches of 64
    #expect(valid.map(\.y) == learner.history.map { $0.validation?.loss })
    let svg = try svg(grid.figure)
    for word in ["Loss", "Learning rate", "Momentum", "accuracy", "validation"] {
      #expect(svg.contains(">\(word)<"))
    }
  }

  @Test func theFinderIsMarkedTwice() throws {
    let (_, finder) = try #require(Self.learner)
    let plot = Plot("finder", "The learning-rate finder", finder: finder)
    let steepest = try #require(finder.suggestion)
    let before = try #require(finder.suggestionBeforeRise)
    #expect(plot.alt.contains("steepest at \(String(format: "%.2g", steepest))"))
    let svg = try svg(plot.figure)
    #expect(svg.contains("steepest fall: \(String(format: "%.2g", steepest))"))
    #expect(svg.contains("a tenth of that: \(String(format: "%.2g", before))"))
    #expect(svg.contains("before the rise"))
  }

  @Test func theConfusionMatrixNamesItsClasses() throws {
    let (learner, _) = try #require(Self.learner)
    let found = learner.interpretation()
    let names = (0..<10).map { "d\($0)" }
    let plot = Plot(
      "confusion", "Digits", confusion: found.confusion, classes: names)
    let svg = try svg(plot.figure)
    #expect(svg.contains(">d7<"))
    if let pair = found.confusion.mostConfused().first {
      #expect(plot.alt.contains("d\(pair.label) taken for d\(pair.predicted), \(pair.count) times"))
    }
  }

  @Test func theTopLossesCarryTheirFourFigures() throws {
    let (learner, _) = try #require(Self.learner)
    let worst = learner.interpretation().topLosses(10)
    let images = learner.valid.batch(worst.map(\.index)).images.reshaped([10, 8, 8])
    let sheet = ContactSheet(
      "top-losses", "Ten digits with the largest losses", topLosses: worst, images: images)
    let first = try #require(worst.first)
    #expect(
      sheet.captions[0]
        == "\(first.predicted) / \(first.label)\n\(text(first.loss, 2)) / \(text(first.probability, 3))"
    )
    // −ln p is the loss.
    #expect(abs(exp(-first.loss) - first.probability) < 1e-9)
    let svg = try svg(sheet.figure)
    #expect(svg.contains(">\(first.predicted) / \(first.label)<"))
    #expect(svg.contains("probability of the true class") == false)  // stands under the figure
  }

  @Test func heatMapsLieOverTheirPictures() throws {
    let (learner, _) = try #require(Self.learner)
    let model = try #require(learner.model as? Sequential)
    let batch = learner.valid.batch(0..<10)
    let images = batch.images.reshaped([10, 1, 8, 8])
    let map = HeatMap(gradCAM: model, images, classes: batch.labels, layer: model.layers[1])
    let svg = try svg(
      ContactSheet(
        "grad-cam", "What speaks for the true class", alt: "Ten digits with Grad-CAM over each.",
        heatMap: map, images: images, captions: batch.labels.map { "\($0)" }
      ).figure)
    #expect(svg.components(separatedBy: "<g opacity=\"0.6\">").count == 11)
  }
}
