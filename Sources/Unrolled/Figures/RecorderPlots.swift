import Notebook
import Training

extension PlotGrid {
  /// A training as its recorder saw it: losses, learning rate, momentum where it moved, and each metric.
  ///
  /// Validation and metrics stand at the last step of their epoch, so that all plots have one axis.
  public init(
    _ id: String, _ title: String, record: TrainingRecord, history: [EpochResult],
    caption: String? = nil
  ) {
    let x = Axis("step", range: 0...Double(max(1, record.losses.count)))
    func epochs(_ value: (Validation) -> Double?) -> [(x: Double, y: Double)] {
      history.compactMap { epoch in
        epoch.validation.flatMap(value).map { (x: Double(epoch.lastStep), y: $0) }
      }
    }
    var losses: [PlotLayer] = [
      .line("each batch", values: record.losses, style: .faint),
      .line("smoothed", values: record.smoothedLosses),
    ]
    let valid = epochs(\.loss)
    if !valid.isEmpty { losses.append(.line("validation", valid, style: .dashed)) }
    var plots = [
      Plot(id, "Loss", alt: "", x: x, y: Axis("loss"), layers: losses),
      Plot(
        id, "Learning rate", alt: "", x: x, y: Axis("learning rate"),
        layers: [.line("", values: record.learningRates)]),
    ]
    if Set(record.momenta).count > 1 {
      plots.append(
        Plot(
          id, "Momentum", alt: "", x: x, y: Axis("momentum"),
          layers: [.line("", values: record.momenta)]))
    }
    for metric in history.first(where: { $0.validation != nil })?.validation?.metrics ?? [] {
      let points = epochs { $0.metrics.first { $0.name == metric.name }?.value }
      plots.append(
        Plot(
          id, metric.name, alt: "", x: x, y: Axis(metric.name),
          layers: [.line("", points), .scatter("", points)]))
    }
    let words = plots.map { $0.title.lowercased() }.joined(separator: ", ")
    self.init(
      id, title,
      alt: "By step of a training of \(record.losses.count) steps: \(words).", plots: plots,
      caption: caption)
  }
}

extension Page {
  /// Losses, rates, momenta and metrics of the last training.
  public func plot(_ id: String, _ title: String, _ loop: TrainingLoop, caption: String? = nil) {
    plot(PlotGrid(id, title, record: loop.record, history: loop.history, caption: caption))
  }

  /// The same of a learner.
  public func plot(_ id: String, _ title: String, _ learner: Learner, caption: String? = nil) {
    plot(PlotGrid(id, title, record: learner.record, history: learner.history, caption: caption))
  }
}
