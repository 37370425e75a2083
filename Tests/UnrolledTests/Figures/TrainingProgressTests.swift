import Foundation
import Testing
import Unrolled

@testable import Notebook
@testable import Unrolled

@Suite struct TrainingProgressTests {
  /// A line through nothing: so many epochs of four steps.
  private func training(
    rate: Double = 0.1, _ callback: TrainingProgress, pause: @escaping () -> Void = {}
  ) -> TrainingLoop {
    var generator = SeededGenerator(seed: 42)
    let model = Linear(2, 1, using: &generator)
    let loop = TrainingLoop(
      model, optimizer: SGD(model.parameters, learningRate: rate), seed: 7
    ) { generator in
      (0..<4).map { _ in Tensor.normal([8, 2], using: &generator) }
    } loss: { x in
      pause()
      return (model(x) - 1).square().mean()
    }
    loop.validate = { Validation(loss: 0.5, metrics: [Validation.Measured("RMSE", 0.7)]) }
    loop.callbacks = [callback]
    return loop
  }

  /// A clock that the test moves on.
  private final class Clock {
    var time = Date(timeIntervalSinceReferenceDate: 0)
    func pass(_ seconds: Double) { time += seconds }
  }

  private func progress(
    isTerminal: Bool, showsLines: Bool = true, clock: Clock = Clock(),
    _ write: @escaping (String) -> Void
  ) -> TrainingProgress {
    TrainingProgress(
      Progress(
        "ratings", total: 1, terminal: Terminal(isInteractive: isTerminal, write: write),
        now: { clock.time }), showsLines: showsLines)
  }

  @Test func linesAnEpochWhereThereIsNoTerminal() throws {
    var written = ""
    try training(progress(isTerminal: false) { written += $0 }).fit(epochs: 2)
    let lines = written.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[1].hasPrefix("epoch 2  train loss "))
    #expect(lines[1].contains("valid loss 0.500000  RMSE 0.700000"))
    #expect(!written.contains("\u{1B}"))
  }

  @Test func aBarWithTheTimeLeftOnATerminal() throws {
    var written: [String] = []
    let clock = Clock()
    let callback = progress(isTerminal: true, clock: clock) { written.append($0) }
    // 8 steps of 0.15 s: over a second in all, so the bar shows.
    try training(callback, pause: { clock.pass(0.15) }).fit(epochs: 2)
    let bars = written.filter { $0.contains("█") }
    #expect(bars.count >= 4)
    #expect(bars.allSatisfy { $0.contains("/8") && $0.contains("ratings") && $0.contains("loss ") })
    #expect(bars.contains { $0.contains("1 s left") && $0.contains("epoch 1/2") })
    #expect(bars.contains { $0.contains("epoch 2/2") && $0.contains("valid 0.500") })
    #expect(written.filter { $0.hasPrefix("epoch ") }.count == 2)
    #expect(written.last == "\r\u{1B}[2K" || written.last?.hasPrefix("epoch 2") == true)
  }

  @Test func aNaNClearsTheBarAndNamesStepAndRate() throws {
    var written = ""
    let loop = training(rate: 1e30, progress(isTerminal: false) { written += $0 })
    #expect(throws: TrainingError.self) { try loop.fit(epochs: 9) }
    let step = loop.record.losses.count
    #expect(step > 1)
    #expect(
      written.hasSuffix(
        "stopped: the loss stopped being a finite number at step \(step), with learning rate 1e+30: try a smaller rate\n"
      ))
  }

  @Test func timeLeftCountsOnlyWhatThisProcessDid() {
    var written: [String] = []
    let clock = Clock()
    let progress = Progress(
      "resumed", total: 1, terminal: Terminal(isInteractive: true) { written.append($0) },
      now: { clock.time })
    progress.begin(at: 900, of: 1000)
    clock.pass(0.3)
    progress.advance(by: 10)  // 10 steps in 0.3 s: 90 more take about 2.7 s, not 0.03 s
    #expect(written.last?.contains("910/1000") == true)
    #expect(written.last?.contains("3 s left") == true)
    #expect(Progress.bar("x", done: 1, of: 2, left: 150, note: "").contains("3 min left"))
    #expect(Progress.bar("x", done: 1, of: 2, left: 7500, note: "").contains("2 h 05 min left"))
  }
}
