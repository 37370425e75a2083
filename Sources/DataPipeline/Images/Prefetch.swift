import Foundation
import Kernels

/// Threads that work on the items of an epoch ahead of the one who takes them, in groups of a batch.
///
/// Items are taken up in their order. Where the system gives no thread, the taker works on them himself. No thread starts on a batch before it is opened, which bounds how far they run ahead.
/// The lock guards all that changes; each item's room belongs to the thread that works on it.
final class Prefetch<Product: Sendable>: @unchecked Sendable {
  typealias Work = @Sendable (_ place: Int, _ room: MutablePointer) throws -> Product

  private let count: Int
  private let batchSize: Int
  /// Floats that an item's room has.
  private let roomSize: Int
  private let work: Work
  private let lock = NSCondition()
  private var nextPlace = 0
  private var rooms: [MutablePointer] = []
  private var products: [Result<Product, any Error>?]
  private var unfinished: [Int]
  private var isCancelled = false
  private var running = 0

  init(count: Int, batchSize: Int, roomSize: Int, work: @escaping Work) {
    self.count = count
    self.batchSize = batchSize
    self.roomSize = roomSize
    self.work = work
    products = Array(repeating: nil, count: count)
    unfinished = stride(from: 0, to: count, by: batchSize).map { min(batchSize, count - $0) }
  }

  /// Starts as many threads as the system gives, `threads` at most.
  func start(threads: Int) {
    for _ in 0..<threads {
      lock.withLock { running += 1 }
      guard startThread({ self.run() }) else {
        lock.withLock { running -= 1 }
        return
      }
    }
  }

  /// Lets the threads work on one batch more, whose items have their room there, one after another.
  func open(room: MutablePointer) {
    lock.withLock {
      rooms.append(room)
      lock.broadcast()
    }
  }

  /// Waits until the batch is done, and hands out what was made or what went wrong, in the order of its items.
  func take(_ batch: Int) -> [Result<Product, any Error>] {
    // Without a thread the taker works through the items up to the end of the batch.
    while lock.withLock({ running == 0 && unfinished[batch] > 0 }), let (place, room) = claim() {
      finish(place, room)
    }
    return lock.withLock {
      while unfinished[batch] > 0 { lock.wait() }
      return (batch * batchSize..<min((batch + 1) * batchSize, count)).map { place in
        defer { products[place] = nil }
        return products[place]!
      }
    }
  }

  /// Ends the threads and waits for them: each finishes its item first.
  func cancel() {
    lock.withLock {
      isCancelled = true
      lock.broadcast()
      while running > 0 { lock.wait() }
    }
  }

  private func run() {
    while let (place, room) = claim() { finish(place, room) }
    lock.withLock {
      running -= 1
      lock.broadcast()
    }
  }

  private func finish(_ place: Int, _ room: MutablePointer) {
    let product = Result { try work(place, room) }
    lock.withLock {
      products[place] = product
      unfinished[place / batchSize] -= 1
      if unfinished[place / batchSize] == 0 { lock.broadcast() }
    }
  }

  /// The next item, as soon as its batch is open; nil when there is none, or no longer any use for it.
  private func claim() -> (place: Int, room: MutablePointer)? {
    lock.withLock {
      while !isCancelled, nextPlace < count, nextPlace / batchSize >= rooms.count { lock.wait() }
      guard !isCancelled, nextPlace < count else { return nil }
      defer { nextPlace += 1 }
      return (nextPlace, rooms[nextPlace / batchSize] + nextPlace % batchSize * roomSize)
    }
  }
}
