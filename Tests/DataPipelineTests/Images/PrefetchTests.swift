import Kernels
import Synchronization
import Testing

@testable import DataPipeline

@Suite struct PrefetchTests {
  /// No thread is what a machine gives that is at its limit.
  @Test(.timeLimit(.minutes(1)), arguments: [0, 1, 3])
  func theTakerDoesTheWorkWhereThereIsNoThread(threads: Int) {
    let room = MutablePointer.allocate(capacity: 10)
    defer { room.deallocate() }
    let prefetch = Prefetch(count: 5, batchSize: 2, roomSize: 2) { place, room in
      room.update(repeating: Float(place), count: 2)
      return place * place
    }
    prefetch.start(threads: threads)
    for batch in 0..<3 { prefetch.open(room: room + 4 * batch) }
    let products = (0..<3).flatMap { prefetch.take($0).map { try? $0.get() } }
    prefetch.cancel()
    #expect(products == [0, 1, 4, 9, 16])
    #expect((0..<10).map { room[$0] } == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4])
  }

  @Test(arguments: [0, 1, 2, 7]) func eachNumberIsTakenOnce(threads: Int) {
    let taken = Mutex([Int](repeating: 0, count: 100))
    sideBySide(100, threads: threads) { number in taken.withLock { $0[number] += 1 } }
    #expect(taken.withLock { $0 } == [Int](repeating: 1, count: 100))
    sideBySide(0, threads: threads) { _ in Issue.record("there is nothing to do") }
  }
}
