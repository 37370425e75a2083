import Foundation
import NeuralNetworks
import Synchronization
import Tensors
import Testing
import Training

/// Trainings in processes of their own that are killed (SIGKILL) again and again, at moments that have nothing to do
/// with what they are doing, and taken up each time, until one reaches the end: it has the bits of a training that was
/// left alone.
@Suite(.serialized) struct KilledTrainingTests {
  private static let everySteps = 2

  /// Digits in two parts, each with a file: the first group frozen, then all of it learns.
  private static func digits(_ folder: String?, eachStep: @escaping () -> Void) throws
    -> TrainingLoop
  {
    let (loop, groups) = try SampleTrainings.digits()
    loop.afterStep = { _, _ in eachStep() }
    func checkpoint(_ name: String) -> TrainingCheckpoint? {
      folder.map { TrainingCheckpoint("\($0)/\(name)", everySteps: everySteps) }
    }
    groups.freeze(to: 1)
    try loop.fit(
      epochs: 3, schedule: OneCycle(maximum: 1e-2, steps: 24), checkpoint: checkpoint("frozen"))
    groups.unfreeze()
    try loop.fit(
      epochs: 3, schedule: OneCycle(maximum: 3e-3, steps: 24), checkpoint: checkpoint("all"))
    return loop
  }

  private static func words(_ folder: String?, eachStep: @escaping () -> Void) throws
    -> TrainingLoop
  {
    let loop = SampleTrainings.words()
    loop.afterStep = { _, _ in eachStep() }
    let checkpoint = folder.map { TrainingCheckpoint("\($0)/words", everySteps: everySteps) }
    try loop.fit(epochs: 5, schedule: OneCycle(maximum: 1e-2, steps: 60), checkpoint: checkpoint)
    return loop
  }

  /// In the process that dies. A thread of its own kills it: some steps after the start, and then after a time that
  /// is short beside a step with its writing, or as long. Where the training ends before, a file says so.
  private static func runUntilKilled(
    _ steps: Int, _ microseconds: Int, _ folder: String, isDigits: Bool
  ) throws {
    let made = Atomic<Int>(0)
    try withUnsafePointer(to: made) { made in
      nonisolated(unsafe) let made = made
      Thread.detachNewThread {
        while made.pointee.load(ordering: .relaxed) < steps { usleep(20) }
        usleep(UInt32(microseconds))
        kill(getpid(), SIGKILL)
      }
      let training = isDigits ? digits : words
      let step = { () -> Void in made.pointee.add(1, ordering: .relaxed) }
      let loop = try training(folder, step)
      try end(of: loop).write(toFile: "\(folder)/end", atomically: true, encoding: .utf8)
      kill(getpid(), SIGKILL)
    }
  }

  /// Every bit of a training's end.
  private static func end(of loop: TrainingLoop) -> String {
    let numbers = SampleTrainings.state(loop).flatMap(\.values).map { "\($0.bitPattern)" }
    let validation = "\(loop.history.map(\.validation))"
    return "\(numbers)\n\(loop.record.losses)\n\(loop.record.learningRates)\n\(validation)"
  }

  @Test(arguments: [true, false]) func killedAtAnyMomentsItEndsWithTheSameBits(
    isDigits: Bool
  ) async throws {
    let folder = NSTemporaryDirectory() + "unrolled-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // In a process of its own too: tests beside this one may change how many threads share a loop, and so its bits.
    let whole = folder + "-whole"
    defer { try? FileManager.default.removeItem(atPath: whole) }
    await #expect(processExitsWith: .success) {
      [whole = whole as String, isDigits = isDigits as Bool] in
      let loop =
        try isDigits ? KilledTrainingTests.digits(nil) {} : KilledTrainingTests.words(nil) {}
      try KilledTrainingTests.end(of: loop).write(
        toFile: whole, atomically: true, encoding: .utf8)
    }
    func files() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder)
    }
    var generator = SeededGenerator(seed: 42)
    var (kills, writing, withoutCheckpoint) = (0, 0, 0)
    var trainings = 0
    // A fast machine reaches the end after few kills: then the training begins again.
    while kills < 20, trainings < 20 {
      for file in try files() { try FileManager.default.removeItem(atPath: "\(folder)/\(file)") }
      trainings += 1
      while try !files().contains("end"), kills < 200 {
        let steps = Int.random(in: 0...3, using: &generator)
        let microseconds = Int.random(in: 0..<4000, using: &generator)
        await #expect(processExitsWith: .signal(SIGKILL)) {
          [
            folder = folder as String, steps = steps as Int, microseconds = microseconds as Int,
            isDigits = isDigits as Bool
          ] in
          try KilledTrainingTests.runUntilKilled(steps, microseconds, folder, isDigits: isDigits)
        }
        let left = try files()
        guard !left.contains("end") else { break }  // it had ended before it died
        kills += 1
        if left.contains(where: { $0.hasSuffix(".partial") }) { writing += 1 }
        if left.isEmpty { withoutCheckpoint += 1 }
      }
      let end = try String(contentsOfFile: "\(folder)/end", encoding: .utf8)
      #expect(try end == String(contentsOfFile: whole, encoding: .utf8))
      #expect(try files().allSatisfy { !$0.hasSuffix(".partial") })
    }
    print(
      "killed \(kills) times, \(writing) while it wrote, \(withoutCheckpoint) before the first file"
    )
    #expect(kills >= 20)
    #expect(writing >= 1)
  }
}
