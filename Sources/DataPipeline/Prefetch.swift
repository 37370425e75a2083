import Foundation
import Kernels

/// Threads that work on the items of an epoch ahead of the one who takes them, in groups of a batch.
///
/// Items are taken up in their order. No thread starts on a batch before it is opened, which bounds how far they run ahead.
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

  func start(threads: Int) {
    lock.withLock { running = threads }
    for number in 0..<threads {
      let thread = Thread { self.run() }
      thread.name = "pictures \(number + 1)"
      thread.start()
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
    lock.withLock {
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
    while let (place, room) = claim() {
      let product = Result { try work(place, room) }
      lock.withLock {
        products[place] = product
        unfinished[place / batchSize] -= 1
        if unfinished[place / batchSize] == 0 { lock.broadcast() }
      }
    }
    lock.withLock {
      running -= 1
      lock.broadcast()
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
