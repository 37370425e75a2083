import Foundation
import Kernels
import Testing

@Suite struct BufferPoolTests {
  @Test func aReturnedBufferIsHandedOutAgain() {
    // A size that nothing else in the tests asks for.
    let first = BufferPool.take(1_234_567)
    BufferPool.give(first, 1_234_567)
    let second = BufferPool.take(1_234_567)
    #expect(first == second)
    BufferPool.give(second, 1_234_567)
  }

  @Test func buffersAreAlignedToACacheLine() {
    for count in [1, 17, 100, 5000] {
      let buffer = BufferPool.take(count)
      #expect(UInt(bitPattern: buffer) % 64 == 0)
      BufferPool.give(buffer, count)
    }
  }

  @Test func eachThreadKeepsItsOwn() async {
    let count = 2_345_678
    let mine = BufferPool.take(count)
    BufferPool.give(mine, count)
    let address = UInt(bitPattern: mine)
    // A thread of its own: its first buffer of this size is a new one, and goes when the thread ends.
    let other = await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        let buffer = BufferPool.take(count)
        buffer[count - 1] = 1
        BufferPool.give(buffer, count)
        continuation.resume(returning: UInt(bitPattern: buffer))
      }
    }
    #expect(other != address)
  }
}
