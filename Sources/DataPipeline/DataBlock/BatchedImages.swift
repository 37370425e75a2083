import Tensors

/// The batches stage of a data block of pictures, to be normalised or not.
public struct BatchedImages<Kind: ImageLabelKind>: CustomStringConvertible {
  public typealias Bunch = DataBunch<TransformedImages<Kind>, ImageBatch<Kind.Target>>

  /// Values 0…1, as they come.
  public let unnormalised: Bunch
  public var description: String { unnormalised.description }
  public var stepsPerEpoch: Int { unnormalised.stepsPerEpoch }

  /// Each channel less its mean, divided by its deviation.
  ///
  /// - Parameter normalization: Of ImageNet where a net was trained on it. If left out, that of as many training pictures
  ///   as a batch has, evenly from the whole list and without augmentation (the course takes a random batch).
  public func normalised(by normalization: ChannelNormalization? = nil) throws -> Bunch {
    let raw = unnormalised
    let normalization =
      try normalization ?? ChannelNormalization(of: raw.stage.typicalBatch(raw.size))
    func normalised(_ batches: AnySequence<ImageBatch<Kind.Target>>) -> AnySequence<
      ImageBatch<Kind.Target>
    > {
      AnySequence(
        batches.lazy.map {
          ImageBatch(images: normalization($0.images), targets: $0.targets, items: $0.items)
        })
    }
    func list(_ numbers: [Float]) -> String {
      numbers.map { "\(($0 * 1e4).rounded() / 1e4)" }.joined(separator: ", ")
    }
    return Bunch(
      stage: raw.stage, size: raw.size, stepsPerEpoch: raw.stepsPerEpoch,
      train: { normalised(raw.train(&$0)) }, valid: normalised(raw.valid),
      test: raw.test.map(normalised), items: raw.items, normalization: normalization,
      description: raw.description
        + "  normalised: mean \(list(normalization.mean)), deviation \(list(normalization.deviation))\n"
        + raw.stage.constantChannels.map { "  \($0)\n" }.joined()
    )
  }
}

extension TransformedImages {
  /// Batches in a new order each epoch, read and transformed by threads of their own ahead of the training.
  public func batches(of size: Int, threads: Int = 2) -> BatchedImages<Kind> {
    let (train, valid, test) = (train, valid, test)
    let still = transforms.withoutAugmentation
    let kept = LastBatch.itemsPerEpoch(train.items.count, batchesOf: size)
    return BatchedImages(
      unnormalised: .init(
        stage: self, size: size,
        stepsPerEpoch: LastBatch.stepsPerEpoch(train.items.count, batchesOf: size),
        train: { generator in
          let order = Array(train.items.indices.shuffled(using: &generator).prefix(kept))
          return sequence(train, order, size, transforms, generator.next(), threads)
        },
        valid: sequence(valid, Array(valid.items.indices), size, still, 0, threads),
        test: test.items.isEmpty
          ? nil : sequence(test, Array(test.items.indices), size, still, 0, threads),
        items: { $0.items },
        description: LastBatch.summary(
          train: train.items.count, valid: valid.items.count, size: size, "images")
            + """
              images [\(size), \(channels), \(self.size.height), \(self.size.width)], targets \(size) × \(Kind.Target.self)

            """))
  }

  /// As many training pictures as a batch has, evenly from the whole list.
  func typicalBatch(_ size: Int) throws -> Tensor {
    let count = min(size, train.items.count)
    let items = (0..<count).map { $0 * train.items.count / count }
    let batches = try batches(
      train, items, count, transforms.withoutAugmentation, seed: 0, threads: 2)
    guard let batch = try batches.next() else { throw DataError("there is no picture to train on") }
    return batch.images
  }

  private func batches(
    _ part: Part, _ order: [Int], _ size: Int, _ transforms: ImageTransforms, seed: UInt64,
    threads: Int
  ) throws -> ImageBatches<Kind.Target> {
    let (kind, channels, turns) = (kind, channels, appliesOrientation)
    return try ImageBatches(
      order, batchSize: size, channels: channels, transforms: transforms, seed: seed, epoch: 0,
      threads: threads
    ) { try Self.sample(part, $0, kind, channels, turns) }
  }

  private func sequence(
    _ part: Part, _ order: [Int], _ size: Int, _ transforms: ImageTransforms, _ seed: UInt64,
    _ threads: Int
  ) -> AnySequence<ImageBatch<Kind.Target>> {
    AnySequence(
      ImageSequence(underestimatedCount: LastBatch.count(order.count, of: size)) {
        try batches(part, order, size, transforms, seed: seed, threads: threads)
      })
  }
}

/// The batches of an epoch as a sequence. An error stops the program with its sentence: all files were sound when the data
/// block read them, so one has changed since.
private struct ImageSequence<Target: ImageTarget>: Sequence {
  let underestimatedCount: Int
  let start: () throws -> ImageBatches<Target>

  func makeIterator() -> AnyIterator<ImageBatch<Target>> {
    func sound<Value>(_ body: () throws -> Value) -> Value {
      do { return try body() } catch {
        fatalError("\(error); it has changed since the data block was made")
      }
    }
    let batches = sound(start)
    return AnyIterator { sound { try batches.next() } }
  }
}
