import DataPipeline
import Foundation
import Synchronization
import Tensors
import Testing

@Suite struct ImageBatchesTests {
  /// Pictures of noise that are made when they are read.
  @Sendable private static func noise(_ item: Int) throws -> ImageSample<Mask> {
    var generator = SeededGenerator(seed: UInt64(item))
    let pixels = (0..<(24 * 20 * 3)).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let classes = (0..<(24 * 20)).map { pixels[3 * $0] >> 5 }
    return ImageSample(
      Image(width: 24, height: 20, channels: 3, pixels: pixels),
      Mask(width: 24, height: 20, classes: classes), name: "picture \(item)")
  }

  private static let transforms = ImageTransforms(ImageTransforms.usual(), size: 16)

  private func epoch(
    _ items: [Int], threads: Int, ahead: Int = 3, seed: UInt64 = 42, epoch: Int = 0
  ) throws -> [ImageBatch<Mask>] {
    let batches = try ImageBatches(
      items, batchSize: 8, transforms: Self.transforms, seed: seed, epoch: epoch,
      threads: threads, ahead: ahead, read: Self.noise)
    var all: [ImageBatch<Mask>] = []
    while let batch = try batches.next() { all.append(batch) }
    return all
  }

  @Test func batchesAreTheSameWhateverTheThreads() throws {
    let items = Array((0..<45).reversed())
    let one = try epoch(items, threads: 1)
    #expect(
      one.map(\.images.shape) == Array(repeating: [8, 3, 16, 16], count: 5) + [[5, 3, 16, 16]])
    #expect(one.flatMap(\.items) == items)
    for (threads, ahead) in [(2, 1), (2, 4), (3, 2), (7, 20)] {
      let other = try epoch(items, threads: threads, ahead: ahead)
      #expect(other.map(\.images.values) == one.map(\.images.values))
      #expect(other.map(\.targets) == one.map(\.targets))
    }
    #expect(try epoch(items, threads: 2, epoch: 1)[0].images.values != one[0].images.values)
    #expect(try epoch(items, threads: 2, seed: 1)[0].images.values != one[0].images.values)
  }

  /// In another order, each item is drawn as before.
  @Test func anItemsDrawDoesNotDependOnItsPlace() throws {
    let forward = try epoch(Array(0..<16), threads: 2)
    let backward = try epoch(Array((0..<16).reversed()), threads: 2)
    #expect(forward[0].images.values[..<768] == backward[1].images.values[(7 * 768)...])
  }

  #if os(Linux)  // tests of exits
    /// A machine at its limit gives no thread. Then whoever asks for a batch reads its pictures.
    @Test func withoutAThreadBatchesAreReadWhenTheyAreAskedFor() async {
      await #expect(processExitsWith: .success) {
        alarm(60)  // ends a wait for a thread that never began
        // From now on a new thread would have a stack of 2⁵⁰ bytes: more than there are addresses.
        typealias Setter = @convention(c) (UnsafePointer<pthread_attr_t>) -> Int32
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, 1 << 50)
        let setter = dlsym(dlopen(nil, RTLD_NOW), "pthread_setattr_default_np")
        _ = unsafeBitCast(setter, to: Setter.self)(&attributes)
        let batches = try ImageBatches(
          Array(0..<20), batchSize: 8, transforms: Self.transforms, seed: 42, epoch: 0,
          read: Self.noise)
        var counts: [Int] = []
        while let batch = try batches.next() { counts.append(batch.items.count) }
        if counts != [8, 8, 4] { exit(3) }
      }
    }
  #endif

  @Test func aFileThatCannotBeReadEndsTheEpochWithItsName() throws {
    let batches = try ImageBatches(
      Array(0..<40), batchSize: 8, transforms: Self.transforms, seed: 1, epoch: 0
    ) { item in
      if item == 19 || item == 22 { throw DataError("picture \(item) is damaged") }
      return try Self.noise(item)
    }
    for _ in 0..<2 { #expect(try batches.next() != nil) }
    #expect(throws: DataError("picture 19 is damaged")) { try batches.next() }
    #expect(try batches.next() == nil)
  }

  @Test func damagedFilesAreLeftOutAndNamedIfWished() throws {
    let bad: Set<Int> = [3, 8, 9, 10, 11, 12, 13, 14, 15, 19]
    let batches = try ImageBatches(
      Array(0..<21), batchSize: 8, transforms: Self.transforms, seed: 1, epoch: 0,
      skipsDamaged: true
    ) { item in
      if bad.contains(item) { throw DataError("picture \(item) is damaged") }
      return try Self.noise(item)
    }
    var items: [Int] = []
    while let batch = try batches.next() {
      #expect(
        batch.images.shape[0] == batch.items.count && batch.targets.count == batch.items.count)
      items += batch.items
    }
    #expect(items == (0..<21).filter { !bad.contains($0) })
    #expect(batches.skipped.map(\.description) == bad.sorted().map { "picture \($0) is damaged" })
    // The pictures beside a bad one are those of an epoch without it.
    let alone = try epoch([2, 4], threads: 1)[0]
    let beside = try ImageBatches(
      [2, 3, 4], batchSize: 3, transforms: Self.transforms, seed: 42, epoch: 0, skipsDamaged: true
    ) { item in
      if item == 3 { throw DataError("no") }
      return try Self.noise(item)
    }.next()
    #expect(beside?.images.values == alone.images.values)
  }

  @Test func aPictureOrMaskOfAnotherSizeIsNamed() throws {
    func first(_ transforms: ImageTransforms, _ sample: ImageSample<Mask>) throws {
      let batches = try ImageBatches(
        [0, 1], batchSize: 2, transforms: transforms, seed: 1, epoch: 0
      ) { $0 == 0 ? try Self.noise(0) : sample }
      _ = try batches.next()
    }
    let small = Image(width: 2, height: 3, channels: 3, pixels: [UInt8](repeating: 0, count: 18))
    let grey = Image(width: 2, height: 3, channels: 1, pixels: [UInt8](repeating: 0, count: 6))
    let fitting = Mask(width: 2, height: 3, classes: [UInt8](repeating: 0, count: 6))
    let other = Mask(width: 3, height: 2, classes: [UInt8](repeating: 0, count: 6))
    #expect(
      throws: DataError("a.png is 2 × 3 pixels, the batch 24 × 20: give the transforms a size")
    ) { try first(ImageTransforms(size: nil), ImageSample(small, fitting, name: "a.png")) }
    #expect(throws: DataError("a.png has 1 channels, the batch 3")) {
      try first(Self.transforms, ImageSample(grey, fitting, name: "a.png"))
    }
    #expect(
      throws: DataError(
        "a.png is 2 × 3 pixels, what belongs to it (mask or points) 3 × 2")
    ) { try first(Self.transforms, ImageSample(small, other, name: "a.png")) }
    try first(Self.transforms, ImageSample(small, fitting, name: "a.png"))
  }

  /// How many threads of ours are at work, and the most that were.
  private final class Count: Sendable {
    let now = Atomic<Int>(0)
    let reads = Atomic<Int>(0)
  }

  @Test(.timeLimit(.minutes(1))) func lettingGoMidwayLeavesNoThreadAndNoRead() throws {
    for taken in 0..<4 {
      let count = Count()
      do {
        let batches = try ImageBatches(
          Array(0..<400), batchSize: 4, transforms: Self.transforms, seed: 1, epoch: 0, threads: 3,
          ahead: 2
        ) { item in
          count.now.add(1, ordering: .sequentiallyConsistent)
          defer { count.now.subtract(1, ordering: .sequentiallyConsistent) }
          count.reads.add(1, ordering: .sequentiallyConsistent)
          return try Self.noise(item)
        }
        for _ in 0..<taken { _ = try batches.next() }
        if taken == 3 { batches.cancel() }
      }
      let reads = count.reads.load(ordering: .sequentiallyConsistent)
      // No further ahead than two batches behind those that were taken.
      #expect(reads <= 4 * (taken + 2))
      #expect(count.now.load(ordering: .sequentiallyConsistent) == 0)
      Thread.sleep(forTimeInterval: 0.02)
      #expect(count.reads.load(ordering: .sequentiallyConsistent) == reads)
    }
  }

  /// Twelve batches whose pictures take 10 ms each, and a training of 30 ms a batch: what it takes itself is not
  /// counted as waiting, however busy the machine is.
  @Test(.timeLimit(.minutes(1))) func theTimeThatTrainingWaitsIsMeasured() throws {
    for step in [0, 0.03] {
      let batches = try ImageBatches(
        Array(0..<24), batchSize: 2, transforms: Self.transforms, seed: 1, epoch: 0, threads: 2
      ) { item in
        Thread.sleep(forTimeInterval: 0.01)
        return try Self.noise(item)
      }
      while try batches.next() != nil { Thread.sleep(forTimeInterval: step) }
      #expect(batches.secondsWaited > 0)
      #expect(batches.seconds - batches.secondsWaited >= 12 * step)
      #expect(batches.shareWaited == batches.secondsWaited / batches.seconds)
    }
  }

  @Test func noItemsGiveNoBatch() throws {
    #expect(try epoch([], threads: 2).isEmpty)
  }
}
