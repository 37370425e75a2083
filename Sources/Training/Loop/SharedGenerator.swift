import Tensors

/// A seeded generator that several places draw from in turn: augmentation and the checkpoint that notes its place.
public final class SharedGenerator: RandomNumberGenerator {
  public var generator: SeededGenerator

  public init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  public func next() -> UInt64 { generator.next() }
}
