import NeuralNetworks
import Tensors

/// What a program may set between two calls of `fit`, so short that it can be kept: equal numbers have equal prints.
struct Fingerprint: Equatable {
  let weights: UInt64
  let buffers: UInt64
  /// Of the optimizer.
  let memory: UInt64
  let rate: Double
  let momentum: Double?

  init(_ loop: TrainingLoop) {
    weights = Self.print(of: loop.model.parameters.map(\.value))
    buffers = Self.print(of: loop.model.namedBuffers.map(\.buffer.value))
    memory = Self.print(of: loop.optimizer.memory.flatMap(\.tensors))
    rate = loop.optimizer.learningRate
    momentum = loop.optimizer.momentum
  }

  /// FNV-1a over the bits of the numbers.
  private static func print(of tensors: [Tensor]) -> UInt64 {
    var print: UInt64 = 0xcbf2_9ce4_8422_2325
    for tensor in tensors {
      withExtendedLifetime(tensor) {
        for number in UnsafeBufferPointer(start: tensor.start, count: tensor.count) {
          print = (print ^ UInt64(number.bitPattern)) &* 0x100_0000_01b3
        }
      }
    }
    return print
  }
}
