/// One line an epoch: its number, the smoothed training loss, the validation's loss and metrics, and the time. A line
/// before them where a checkpoint was taken up.
public struct EpochLines: Callback {
  private let write: (String) -> Void

  public init(_ write: @escaping (String) -> Void = { print($0) }) { self.write = write }

  public func beforeFit(_ loop: TrainingLoop) {
    guard let steps = loop.stepsTakenUp else { return }
    let rest =
      loop.stopReason != nil || loop.history.count == loop.epochs
      ? "it had ended" : "learning rate \(loop.optimizer.learningRate)"
    write(
      "taken up where \(loop.history.count) of \(loop.epochs) epochs and \(steps) steps were made: \(rest)"
    )
  }

  public func afterEpoch(_ loop: TrainingLoop) {
    if loop.validate != nil { loop.validation() }
    guard let epoch = loop.history.last else { return }
    var parts = ["epoch \(epoch.epoch)", "train loss \(fixed(epoch.trainLoss, 6))"]
    if let validation = epoch.validation {
      parts.append("valid loss \(fixed(validation.loss, 6))")
      parts += validation.metrics.map { "\($0.name) \(fixed($0.value, 6))" }
    }
    write((parts + ["\(fixed(epoch.seconds, 1)) s"]).joined(separator: "  "))
    if let reason = loop.stopReason { write("stopped: \(reason)") }
  }
}

/// A number with so many digits behind the point; what has no such form is left as it is.
func fixed(_ x: Double, _ digits: Int) -> String {
  let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
  let scaled = (x * scale).rounded()
  guard scaled.magnitude < 1e15 else { return "\(x)" }
  let text = String(Int(scaled.magnitude))
  let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
  return (scaled < 0 ? "-" : "") + padded.dropLast(digits) + "." + padded.suffix(digits)
}
