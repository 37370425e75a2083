import Unrolled

/// Plain, residual and dense nets of equal depth: on 200 images, and on more.
func plainResidualDense(_ page: Page) throws {
  page.question("Which of the three should one use?")
  page.say(
    """
    The notes recommend residual or dense blocks to improve a model, and dense ones for small data sets and for segmentation. Here are nets of four blocks that differ in nothing but the \
    merge, with batch norm: none, a sum, a concatenation. First on the first 200 digits.
    """)
  let data = try DigitsData(page)
  let small = data.train[0..<200]
  let large = page.isFull ? data.train : data.train[0..<720]
  let few = page.isFull ? 40 : 12
  let many = page.isFull ? 10 : 3
  var results: [String: ImageTrial.Result] = [:]
  func run(_ kind: BlockNet, onMany: Bool, _ seed: UInt64) -> ImageTrial.Result {
    let key = "\(kind) \(onMany) \(seed)"
    if let result = results[key] { return result }
    let result = ImageTrial(
      train: onMany ? large : small, valid: data.valid, epochs: onMany ? many : few,
      batchSize: onMany ? 64 : 32
    ) { kind.make(blocks: onMany ? 8 : 4, using: &$0) }.run(seed)
    results[key] = result
    return result
  }
  let seeds =
    page.isSeedsGiven || page.isFull
    ? page.seeds
    : page.seeds + [page.seeds.count, page.seeds.count + 1].map { page.seeds[0] + UInt64($0) }
  page.claim(
    "dense-small-data-seg",
    says: "Dense nets work well on small data (the classification half of the note).",
    measure: "accuracy with dense blocks − with residual blocks, from 200 images", threshold: 0,
    thresholdText: "dense blocks are right more often",
    setting:
      "first 200 digits 8×8, 4 blocks, 8 channels, growth 4, one cycle to 0.01, \(few) epochs",
    seeds: seeds
  ) { run(.dense, onMany: false, $0).accuracy - run(.residual, onMany: false, $0).accuracy }
  page.say("Then on \(large.count), with eight blocks, which is 17 convolutions:")
  page.claim(
    "improve-res-dense-blocks", says: "Residual or dense blocks improve a model.",
    measure: "mean accuracy with residual and with dense blocks − accuracy of the plain net",
    threshold: 0, thresholdText: "blocks that keep their input are right more often",
    setting:
      "\(large.count) digits 8×8, 8 blocks, 8 channels, growth 4, one cycle to 0.01, \(many) epochs"
  ) { seed in
    let kept = [BlockNet.residual, .dense].map { run($0, onMany: true, seed).accuracy }
    return (kept[0] + kept[1]) / 2 - run(.plain, onMany: true, seed).accuracy
  }
  func rows(onMany: Bool, _ seeds: [UInt64]) -> [[String]] {
    BlockNet.allCases.map { kind in
      let all = seeds.map { run(kind, onMany: onMany, $0) }
      return [
        onMany ? "\(large.count), 8 blocks" : "200, 4 blocks", kind.rawValue,
        spread(all.map(\.trainLoss), 3),
        spread(all.map(\.validLoss), 3), spread(all.map { $0.accuracy * 100 }, 1),
      ]
    }
  }
  page.table(
    "Mean ± standard deviation over \(seeds.count) and \(page.seeds.count) seeds",
    columns: ["images", "blocks", "training loss", "validation loss", "accuracy, %"],
    rows: rows(onMany: false, seeds) + rows(onMany: true, page.seeds))
  page.seen(
    """
    The plain nets have batch norm after every convolution, and still they fall behind: look at their training loss, which says that they learn more slowly, not that they overfit. Blocks that keep their input are \
    quick to train, and in a run of few epochs (\(many) here) that is most of the difference. Between sum and concatenation the 200 images show little. Segmentation, where the \
    kept input pixels matter most, comes with lesson 3's U-Net, whose crossing connections concatenate as a dense block does.
    """)
}
