import Kernels
import NeuralNetworks
import Tensors

/// How much memory a training step takes, estimated from the shapes that a trace saw, by what each kind of layer
/// keeps until its gradient is worked out.
///
///     held:        4 bytes × (parameters + buffers + what the optimizer remembers), also between steps
///     step(batch): the most at any moment of: activations that wait for their gradient, the gradients on the way, and
///                  those of the parameters so far
///
/// The step is walked backwards, layer by layer, as `backward()` does. What is frozen, and what comes before the first layer
/// that learns, keeps nothing. Not counted: the slack of the pool's buffers, a fifth at most, and the working space of
/// convolutions, up to 2 MB whatever the batch.
public struct TrainingMemory {
  /// Bytes that stay from step to step.
  public let held: Int
  /// At each moment of the way back: bytes for an item of the batch, and bytes that do not depend on the batch.
  private let moments: [(perItem: Double, fixed: Int)]

  /// - Parameters:
  ///   - trace: Of a batch of `items` items: images, rows of a table, texts of one length.
  public init(_ trace: ModelTrace, items: Int, model: Module, optimizer: Optimizer) {
    expect(items > 0, "TrainingMemory expects a trace of 1 item or more, got \(items)")
    let state = model.namedState.reduce(0) { $0 + $1.tensor.value.count }
    let memory = optimizer.memory.flatMap(\.tensors).reduce(0) { $0 + $1.count }
    held = 4 * (state + memory)
    moments = Self.moments(trace).map { (Double($0.activations) / Double(items), $0.gradients) }
  }

  /// Bytes that a step of so many items takes above `held`, at its peak; `Int.max` where it is more.
  public func step(
    _ batch: Int, file: StaticString = #fileID, line: UInt = #line
  ) -> Int {
    expect(
      batch >= 0, "TrainingMemory expects a batch of 0 items or more, got \(batch)", file: file,
      line: line)
    let bytes = bytes(batch)
    return bytes < 0x1p62 ? Int(bytes) : .max
  }

  private func bytes(_ batch: Int) -> Double {
    moments.map { ($0.perItem * Double(batch)).rounded(.down) + Double($0.fixed) }.max() ?? 0
  }

  /// The largest of some batch sizes whose step fits into so many bytes; a quarter of them is left for slack
  /// and for what else the program does. Nil if none fits.
  public func largestBatch(
    of sizes: [Int], free: Int, file: StaticString = #fileID, line: UInt = #line
  ) -> Int? {
    expect(
      sizes.allSatisfy { $0 > 0 } && free >= 0,
      "TrainingMemory expects batches of 1 item or more and 0 free bytes or more, got \(sizes) and \(free)",
      file: file, line: line)
    return sizes.filter { 4 * bytes($0) <= 3 * Double(free) }.max()
  }

  /// The same for the memory that is free now.
  public func largestBatch(
    of sizes: [Int], file: StaticString = #fileID, line: UInt = #line
  ) -> Int? {
    FreeMemory.bytes.flatMap { largestBatch(of: sizes, free: $0, file: file, line: line) }
  }

  /// What a step really takes on this thread, above what was in use before it: the peak of the pool of buffers.
  public static func measured(_ step: () throws -> Void) rethrows -> Int {
    try BufferPool.peakBytes(of: step)
  }

  /// For each layer on the way back: what is kept by it and those before it, and what flows through it.
  private static func moments(_ trace: ModelTrace) -> [(activations: Int, gradients: Int)] {
    let steps = trace.steps
    func numbers(_ shape: [Int]) -> Int { shape.reduce(1, *) }
    func shape(_ source: ModelTrace.Source) -> [Int] {
      switch source {
      case .input(let i): trace.inputs[i]
      case .step(let i): steps[i].output
      }
    }
    var isOnTape: [Bool] = []
    for step in steps {
      let fromTape = step.sources.contains {
        if case .step(let i) = $0 { isOnTape[i] } else { false }
      }
      isOnTape.append(fromTape || (step.hasParameters && !step.isFrozen))
    }
    // An activation that several layers keep counts once, for the first of them, which gives it up last.
    var seen: Set<ModelTrace.Source> = []
    var kept = [Int](repeating: 0, count: steps.count)
    var working = kept
    for (i, step) in steps.enumerated() where isOnTape[i] {
      let what = Keeps(
        step,
        behind: step.sources.first.flatMap { source in
          if case .step(let j) = source { steps[j].type } else { nil }
        })
      var sources = what.inputs ? step.sources : []
      if what.output { sources.append(.step(i)) }
      for source in sources where seen.insert(source).inserted {
        kept[i] += numbers(shape(source))
      }
      kept[i] += Int(what.extra * Double(numbers(step.output)))
      working[i] = Int(what.way * Double(numbers(step.output)))
    }
    var moments: [(Int, Int)] = []
    let waiting = kept.reduce(0, +) + numbers(trace.output)  // the loss keeps the outputs
    moments.append((4 * (waiting + numbers(trace.output)), 0))
    var (activations, gradients) = (kept.reduce(0, +), 0)
    for (i, step) in steps.enumerated().reversed() where isOnTape[i] {
      gradients += step.trainableCount
      let onWay = step.sources.reduce(numbers(step.output)) { sum, source in
        if case .step(let j) = source, isOnTape[j] { sum + numbers(shape(source)) } else { sum }
      }
      moments.append((4 * (activations + onWay + working[i]), 4 * gradients))
      activations -= kept[i]
    }
    return moments
  }

  /// What a layer keeps for its gradient.
  private struct Keeps {
    var inputs = true
    var output = false
    /// Numbers besides, for each number of the output.
    var extra = 0.0
    /// Numbers that its gradient needs while it is worked out, for each of the output of one of its layers.
    var way = 0.0

    init(_ step: ModelTrace.Step, behind: String?) {
      let layers = Double(step.parameters.count / 4)
      switch step.type {
      case "Sigmoid", "Tanh", "sigmoid", "tanh", "softmax", "logSoftmax", "SigmoidRange":
        (inputs, output) = (false, true)
      case "Flatten", "concatenate", "Embedding": inputs = false
      case "ReLU", "relu": inputs = behind != "BatchNorm"  // else both are one operation
      case "Dropout": extra = 1  // the mask
      case "LayerNorm", "GroupNorm", "InstanceNorm2d":
        // What γ multiplies, and on the way back what it gives.
        if step.hasParameters { (extra, way) = (1, 1) }
      // `way`: outputs a step later, twice, and in a GRU the gradients of three gates.
      case "RNN": (extra, way) = (2 * layers, 2)  // the sums, the outputs
      // Three gates, the past's share of one, the outputs.
      case "GRU": (extra, way) = (5 * layers, 5)
      // Four gates, the memory, the outputs, both joined, and the outputs taken from that.
      case "LSTM": (extra, way) = (8 * layers, 2)
      default: break
      }
    }
  }
}
