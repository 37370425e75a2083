import Kernels
import Tensors

/// A picture with what is to be predicted from it, as they were read.
public struct ImageSample<Target: ImageTarget>: Sendable {
  public let image: Image
  public let target: Target
  /// The file, for messages.
  public let name: String

  public init(_ image: Image, _ target: Target, name: String) {
    self.image = image
    self.target = target
    self.name = name
  }
}

/// Pictures of one size and their targets.
public struct ImageBatch<Target: ImageTarget> {
  /// `[batch, channels, height, width]`, values 0…1.
  public let images: Tensor
  public let targets: [Target]
  /// Their numbers in the set.
  public let items: [Int]
}

/// The batches of one epoch, read and transformed by threads of their own ahead of the training.
///
/// A batch is the same for a seed and an epoch however many threads there are. A file that cannot be read ends the epoch with its
/// error, or is left out of its batch and noted, if so wished. Letting go of the batches midway ends the threads.
public final class ImageBatches<Target: ImageTarget> {
  /// Files that were left out, why, in their order.
  public private(set) var skipped: [DataError] = []
  /// How long `next` had to wait for the threads, in seconds.
  public private(set) var secondsWaited = 0.0
  /// From the start to the end of the last call of `next`.
  public private(set) var seconds = 0.0
  /// The share of the time in which the training waited for data.
  public var shareWaited: Double { seconds > 0 ? secondsWaited / seconds : 0 }

  private let items: [Int]
  private let batchSize: Int
  private let skipsDamaged: Bool
  private let shape: [Int]  // of a picture: channels, height, width
  private let prefetch: Prefetch<Target>
  private var opened: [Tensor] = []
  private var taken = 0
  private let start = ContinuousClock.now

  /// - Parameters:
  ///   - items: The numbers of the epoch's samples in its order.
  ///   - channels: Of the inputs; every picture must have as many.
  ///   - transforms: Without a size of its own, all pictures must be as large as the first.
  ///   - ahead: How many batches may be in work or ready.
  ///   - read: Called in the threads.
  public init(
    _ items: [Int], batchSize: Int, channels: Int = 3, transforms: ImageTransforms, seed: UInt64,
    epoch: Int, threads: Int = 2, ahead: Int = 4, skipsDamaged: Bool = false,
    read: @escaping @Sendable (_ item: Int) throws -> ImageSample<Target>
  ) throws {
    expect(
      batchSize > 0 && threads > 0 && ahead > 0,
      "ImageBatches expects a batch size, threads and batches ahead of 1 or more, got \(batchSize), "
        + "\(threads), \(ahead)")
    self.items = items
    self.batchSize = batchSize
    self.skipsDamaged = skipsDamaged
    let size = try transforms.size ?? Self.firstSize(items, skipsDamaged, read) ?? (1, 1)
    let shape = [channels, size.height, size.width]
    self.shape = shape
    prefetch = Prefetch(
      count: items.count, batchSize: batchSize, roomSize: shape.reduce(1, *)
    ) { place, room in
      let sample = try read(items[place])
      var generator = SeededGenerator(seed: seed, epoch: epoch, item: items[place])
      let view = transforms.draw(
        width: sample.image.width, height: sample.image.height, using: &generator)
      try Self.check(sample, view, shape)
      view.sample(sample.image, into: room)
      return sample.target.seen(in: view)
    }
    for _ in 0..<ahead { openNext() }
    prefetch.start(threads: min(threads, max(items.count, 1)))
  }

  deinit { cancel() }

  /// The next batch; nil after the last.
  public func next() throws -> ImageBatch<Target>? {
    defer { seconds = (ContinuousClock.now - start) / .seconds(1) }
    while !opened.isEmpty {
      let waitStart = ContinuousClock.now
      let products = prefetch.take(taken)
      secondsWaited += (ContinuousClock.now - waitStart) / .seconds(1)
      let images = opened.removeFirst()
      let numbers = Array(items[taken * batchSize..<taken * batchSize + products.count])
      taken += 1
      if let batch = try batch(images, products, numbers) {
        openNext()
        return batch
      }
      openNext()
    }
    return nil
  }

  /// Ends the threads; the batches after this are lost.
  public func cancel() {
    prefetch.cancel()
    opened = []
  }

  private var batches: Int { (items.count + batchSize - 1) / batchSize }

  /// Takes memory for one batch more and lets the threads fill it.
  private func openNext() {
    let batch = taken + opened.count
    guard batch < batches else { return }
    let count = min(batchSize, items.count - batch * batchSize)
    opened.append(Tensor(unfilled: [count] + shape))
    prefetch.open(room: opened[opened.count - 1].mutableStart)
  }

  /// Those that could be read; nil if none could.
  private func batch(
    _ images: Tensor, _ products: [Result<Target, any Error>], _ numbers: [Int]
  ) throws -> ImageBatch<Target>? {
    var good: [Int] = []
    var targets: [Target] = []
    for (place, product) in products.enumerated() {
      switch product {
      case .success(let target):
        good.append(place)
        targets.append(target)
      case .failure(let error as DataError) where skipsDamaged: skipped.append(error)
      case .failure(let error):
        cancel()
        throw error
      }
    }
    if good.isEmpty { return nil }
    return ImageBatch(
      images: good.count == products.count ? images : images.rows(good), targets: targets,
      items: good.map { numbers[$0] })
  }

  /// The size of the first picture that can be read.
  private static func firstSize(
    _ items: [Int], _ skipsDamaged: Bool, _ read: (Int) throws -> ImageSample<Target>
  ) throws -> (width: Int, height: Int)? {
    for item in items {
      do {
        let image = try read(item).image
        return (image.width, image.height)
      } catch let error as DataError where skipsDamaged { _ = error }
    }
    return nil
  }

  private static func check(
    _ sample: ImageSample<Target>, _ view: ImageView, _ shape: [Int]
  ) throws {
    let image = sample.image
    guard image.channels == shape[0] else {
      throw DataError("\(sample.name) has \(image.channels) channels, the batch \(shape[0])")
    }
    guard view.height == shape[1], view.width == shape[2] else {
      throw DataError(
        "\(sample.name) is \(image.width) × \(image.height) pixels, the batch \(shape[2]) × "
          + "\(shape[1]): give the transforms a size")
    }
    if let size = sample.target.pictureSize, size != (image.width, image.height) {
      throw DataError(
        "\(sample.name) is \(image.width) × \(image.height) pixels, what belongs to it (mask or points) "
          + "\(size.width) × \(size.height)")
    }
  }
}
