import DataPipeline
import NeuralNetworks
import Tensors
import Testing

/// One rule for what does not fill a last batch, whatever the data.
@Suite struct LastBatchTests {
  /// Items, batch size, and the batches of an epoch of training.
  static let cases: [(items: Int, size: Int, batches: [Int])] = [
    (17, 8, [8, 8]), (17, 16, [16]), (16, 8, [8, 8]), (18, 8, [8, 8, 2]), (20, 8, [8, 8, 4]),
    (3, 8, [3]), (2, 8, [2]), (1, 8, [1]), (1, 1, [1]), (3, 1, [1, 1, 1]), (3, 2, [2]),
    (9, .max, [9]),
  ]

  @Test(arguments: cases) func ofTables(items: Int, size: Int, batches: [Int]) {
    let table = Table(
      "t.csv", columns: [.init("x", .numbers((0..<items).map { Double($0) }))],
      rowNumbers: Array(2..<(items + 2)))
    let rows = try? LabelledTable(PreparedTable(table), targets: Array(0..<items))
    #expect(rows?.batches(of: size, seed: 42).map(\.rows.count) == batches)
    #expect(rows?.stepsPerEpoch(batchesOf: size) == batches.count)
    #expect(rows?.batches(of: size).flatMap(\.rows) == Array(0..<items))
  }

  @Test(arguments: cases) func ofRatings(items: Int, size: Int, batches: [Int]) {
    let names = (0..<items).map(String.init)
    let ratings = Ratings(users: names, items: names, values: names.map { _ in 1 })
    #expect(ratings.batches(of: size, seed: 42).map(\.users.count) == batches)
    #expect(ratings.stepsPerEpoch(batchesOf: size) == batches.count)
    #expect(ratings.batches(of: size).flatMap(\.rows) == Array(0..<items))
  }

  @Test(arguments: cases) func ofTexts(items: Int, size: Int, batches: [Int]) {
    let texts = TextBatches(
      (0..<items).map { Array(repeating: 9, count: $0 + 1) }, labels: Array(0..<items), size: size)
    #expect(texts.shuffled(seed: 42).map(\.rows).sorted(by: >) == batches)
    #expect(texts.stepsPerEpoch == batches.count)
    #expect(texts.sorted.flatMap(\.texts) == (0..<items).reversed())
    #expect(texts.inOrder.flatMap(\.texts) == Array(0..<items))
  }

  @Test(arguments: cases) func ofPictures(items: Int, size: Int, batches: [Int]) throws {
    let pictures = try Digits.load()[0..<items]
    #expect(pictures.batches(of: size, seed: 42).map(\.labels.count) == batches)
    #expect(pictures.stepsPerEpoch(batchesOf: size) == batches.count)
    #expect(pictures.batches(of: size).flatMap(\.labels) == pictures.labels)
  }

  @Test func anotherItemIsLeftOutEachEpoch() {
    let texts = TextBatches(
      (0..<17).map { Array(repeating: 9, count: $0 + 1) }, labels: Array(0..<17), size: 8)
    var generator = SeededGenerator(seed: 42)
    let leftOut = (0..<50).map { _ in
      Set(0..<17).subtracting(texts.shuffled(using: &generator).flatMap(\.texts))
    }
    #expect(leftOut.allSatisfy { $0.count == 1 })
    #expect(Set(leftOut).count > 10)
  }

  /// Any size but 1 trains; a batch of one would stop the process.
  @Test func batchNormalisationTakesEveryBatchOfAnEpoch() throws {
    var generator = SeededGenerator(seed: 42)
    var epochs = 0
    for rows in 3...20 {
      let text = "c,x,y\n" + (0..<rows).map { "\($0 % 3),\($0),\($0 % 2)\n" }.joined()
      let stage = try TableRows.from(CSVFile(Array(text.utf8), name: "t.csv"))
        .split(validAt: [rows - 1]).labelledByColumn("y", missing: [])
        .prepared(categorical: ["c"], continuous: ["x"])
      let model = TabularModel(
        categories: stage.train.table.categoryCounts.map { ($0, 2) }, numbers: 1, hidden: [4],
        outputs: 2, using: &generator)
      for size in 2...20 {
        let data = stage.batches(of: size)
        for batch in data.train(&generator) {
          let y = model(categories: batch.categories, numbers: batch.numbers)
          #expect(y.shape == [batch.rows.count, 2] && y.values.allSatisfy(\.isFinite))
        }
        epochs += 1
      }
    }
    #expect(epochs == 18 * 19)
  }

  /// Seventeen items of each kind through the data block, in batches of 8.
  @Test func theBunchSaysSoBeforeTheFirstStep() throws {
    let letters = (0..<18).map { String(UnicodeScalar(97 + UInt8($0))) }
    let folder = try TemporaryFolder([
      "t.csv": "x,user,item,stars,text,y\n"
        + letters.enumerated().map { "\($0),u\($0 % 4),i\($0 % 5),3,\($1) word,\($0 % 2)\n" }
        .joined()
    ])
    for letter in letters { try folder.write("p/\(letter).png", CorruptedInput.picture) }
    let table = try TableRows.from(folder("t.csv")).split(validAt: [17])
    let said = "  each epoch leaves out one of the 17 "
    func check<Stage, Batch>(_ data: DataBunch<Stage, Batch>, _ noun: String) {
      let epoch = data.epoch(seed: 42).map { data.items($0).count }
      #expect(epoch == [8, 8] && data.stepsPerEpoch == 2, "\(noun)")
      #expect(data.valid.map { data.items($0) } == [[0]], "\(noun)")
      #expect(
        data.description.hasPrefix("2 batches to train on, 1 to validate with\n" + said + noun))
    }
    let rows = try table.labelledByColumn("y").prepared(categorical: [], continuous: ["x"])
    check(rows.batches(of: 8), "rows")
    let ratings = try table.labelledByNumber("stars").asRatings(user: "user", item: "item")
    check(ratings.batches(of: 8), "ratings")
    let texts = try TextRows.from(folder("t.csv"), text: "text").split(validAt: [17])
    check(try texts.labelledByColumn("y").tokenised().batches(of: 8), "texts")
    let pictures = try ImageList.from(folder("p")).split(validAt: [17])
      .labelled { $0.name < "h" ? "a" : "b" }
    let batched = try pictures.transformed().batches(of: 8)
    check(batched.unnormalised, "images")
    #expect(batched.stepsPerEpoch == 2)
    #expect(try batched.normalised().stepsPerEpoch == 2)
    for data in [rows.batches(of: 1), rows.batches(of: 40)] {
      #expect(data.description.contains("each batch is of one") == (data.size == 1))
      #expect(data.epoch(seed: 42).flatMap(\.rows).sorted() == Array(0..<17))
    }
  }
}
