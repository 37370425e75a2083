import ArgumentParser
import Foundation
import Tensors

/// Times one training step (forward, backward, update) of each of twelve workloads.
///
/// `Tests/Benchmarks/torch_steps.py` defines the same steps in PyTorch, and `compare.py` beside it times both
/// in turn.
@main struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Times one training step of each of twelve workloads.",
    discussion: """
      Prints a JSON object a line: workload, threads, ms_per_step (the median) and steps. Build it with \
      `swift run -c release bench`.
      """)

  @Option(help: ArgumentHelp("Time this one only (may be repeated).", valueName: "name"))
  var only: [String] = []
  @Option(help: "How long to time each, in seconds.")
  var seconds = 2.0
  @Option(help: "Threads.")
  var threads = min(2, ProcessInfo.processInfo.activeProcessorCount)
  @Flag(help: "Time the machine's matrix product (1024³) as well.")
  var peak = false
  @Option(
    help: ArgumentHelp(
      "Instead, time an epoch over 2,000 JPEG files with augmentation; they are made in DIR first.",
      valueName: "dir"))
  var pictures: String?

  func validate() throws {
    let names = Workload.all.map(\.name)
    if let unknown = only.first(where: { !names.contains($0) }) {
      throw ValidationError(
        "There is no workload \(unknown). Choose from \(names.joined(separator: ", ")).")
    }
    guard seconds > 0, threads > 0 else {
      throw ValidationError("--seconds and --threads must be above 0.")
    }
  }

  func run() throws {
    MatrixLibrary.threads = threads
    if let pictures { return try timePictures(in: pictures) }
    if peak { printPeak() }
    for (name, make) in Workload.all where only.isEmpty || only.contains(name) {
      let workload = make()
      for _ in 0..<5 { _ = workload.step() }
      let requested = MatrixLibrary.allocations
      let times = Self.times(atLeast: seconds) { _ = workload.step() }
      let allocations = Double(MatrixLibrary.allocations - requested) / Double(times.count)
      print(
        """
        {"workload": "\(name)", "threads": \(threads), \
        "ms_per_step": \(Self.text(Self.median(times) * 1000)), "steps": \(times.count), \
        "allocations_per_step": \(Self.text(allocations))}
        """)
    }
  }

  /// The first epoch is not counted, since it also reads the files from disk.
  private func timePictures(in folder: String) throws {
    let epoch = PictureEpoch(folder: folder, threads: threads)
    try epoch.makeFiles()
    let alone = try (0...3).map { try epoch.alone(epoch: $0) }.dropFirst()
    let fed = try epoch.training(epoch: 1, isFed: true)
    let training = try (1...2).map { try epoch.training(epoch: $0) }
    let whole = Self.median(training.map(\.seconds))
    let share = Self.median(training.map(\.shareWaited))
    print(
      """
      {"workload": "pictures", "threads": \(threads), "seconds": \(Self.text(Self.median(alone)))}
      {"workload": "pictures, training a small net", "threads": \(threads), \
      "seconds": \(Self.text(whole)), "share_waited": \(Self.text(share)), \
      "seconds_without_reading": \(Self.text(fed.seconds))}
      """)
  }

  /// GFLOP/s of a product of two 1024 × 1024 matrices.
  private func printPeak() {
    let a = Tensor.ones([1024, 1024])
    let times = Self.times(atLeast: seconds) { _ = matmul(a, a) }
    let rate = 2 * 1024.0 * 1024 * 1024 / (times.min() ?? .nan) / 1e9
    print(
      "{\"workload\": \"matmul 1024\", \"threads\": \(threads), \"gflops\": \(Self.text(rate))}")
  }

  /// Seconds of each call, three calls or more.
  private static func times(atLeast seconds: Double, _ body: () -> Void) -> [Double] {
    var times: [Double] = []
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    while clock.now < end || times.count < 3 {
      times.append(clock.measure(body) / .seconds(1))
    }
    return times
  }

  private static func median(_ values: some Collection<Double>) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  private static func text(_ x: Double) -> String { String(format: "%.4f", x) }
}
