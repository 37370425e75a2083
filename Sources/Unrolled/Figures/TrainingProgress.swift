import Notebook
import Training

/// Shows how a training goes: on a terminal a bar with the time left, and a line an epoch; elsewhere the lines alone.
///
///     learner.callbacks = [TrainingProgress()]
public final class TrainingProgress: Callback {
  private let progress: Progress
  private let lines: EpochLines
  private let showsLines: Bool
  private var average = MovingAverage()

  public convenience init(_ label: String = "training") {
    self.init(.standard(label), showsLines: true)
  }

  init(_ progress: Progress, showsLines: Bool) {
    self.progress = progress
    self.showsLines = showsLines
    lines = EpochLines { progress.line($0) }
  }

  public func beforeFit(_ loop: TrainingLoop) {
    average = MovingAverage()
    for loss in loop.record.losses { average.add(loss) }
    if showsLines { lines.beforeFit(loop) }
    progress.begin(at: loop.record.losses.count, of: total(loop))
  }

  public func afterBatch(_ loop: TrainingLoop) {
    if let loss = loop.record.losses.last { average.add(loss) }
    progress.update(total: total(loop))
    var note = "epoch \(loop.history.count + 1)/\(loop.epochs)  loss \(short(average.value))"
    if let last = loop.history.last?.validation { note += "  valid \(short(last.loss))" }
    progress.advance(note: note)
  }

  public func afterEpoch(_ loop: TrainingLoop) {
    // Where a validation leaves a trace in the model, a training is to go the same way with and without a terminal.
    if loop.validate != nil { loop.validation() }
    if showsLines { lines.afterEpoch(loop) }
  }

  public func afterFit(_ loop: TrainingLoop) { progress.finish() }

  public func failed(_ loop: TrainingLoop, _ error: any Error) {
    progress.line("stopped: \(error)")
  }

  /// Steps of the whole training; while nobody knows, those of an epoch that ends with this step.
  private func total(_ loop: TrainingLoop) -> Int {
    let known = loop.record.losses.count - loop.stepsInEpoch
    let left = loop.epochs - loop.history.count
    return known + left * (loop.stepsPerEpoch ?? loop.stepsInEpoch)
  }

  private func short(_ x: Double) -> String { text(x, x.magnitude < 10 ? 3 : 1) }
}
