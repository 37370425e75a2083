import Kernels

/// The numbers of one or more tensors, in a buffer from the pool.
final class Storage {
  let start: MutablePointer
  let count: Int

  init(_ count: Int) {
    self.count = count
    start = BufferPool.take(count)
  }

  deinit { BufferPool.give(start, count) }

  func copy() -> Storage {
    let copy = Storage(count)
    Kernels.copy(start, into: copy.start, count)
    return copy
  }
}
