import Tensors

extension SeededGenerator {
  /// The generator of one item in one epoch. What is drawn for it depends on nothing else: not on its place in the
  /// order, nor on which thread works on it, nor on how many there are.
  public init(seed: UInt64, epoch: Int, item: Int) {
    self.init(seed: seed)
    for number in [epoch, item] {
      self = SeededGenerator(seed: next() ^ UInt64(bitPattern: Int64(number)))
    }
    self = SeededGenerator(seed: next())
  }
}
