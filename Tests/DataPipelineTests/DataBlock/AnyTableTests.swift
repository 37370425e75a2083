import DataPipeline
import Tensors
import Testing

/// Whatever stands in a table: whole batches of finite numbers, or a sentence.
@Suite struct AnyTableTests {
  private static let fields = [
    "", "?", "NA", "nan", "NaN", "None", "-", "0", "1", "1.0", "-3", "2e5", "1e308", "-1e308",
    "1e-300", "1e40", "inf", "0x1", "1,5", " 7", "é", "e\u{301}", ",\u{301}", "#na#", "True",
    "a\nb",
  ]
  private static let plain = ["1", "2", "3", "5", "8", "20.0", "20.0000001"]

  @Test func isPreparedOrNamed() throws {
    var generator = SeededGenerator(seed: 42)
    func field(_ strange: Bool) -> String {
      (strange ? Self.fields : Self.plain).randomElement(using: &generator) ?? ""
    }
    var (prepared, sentences) = (0, 0)
    for round in 0..<3000 {
      let rows = Int.random(in: 1...12, using: &generator)
      let isStrange = round.isMultiple(of: 3)
      let table = (0..<rows).map { _ in
        [
          field(true), field(isStrange), field(isStrange),
          ["a", "b", field(round.isMultiple(of: 5))].randomElement(using: &generator) ?? "",
        ]
      }
      let file = try CSVFile(name: "t.csv", header: ["c", "x", "x_na", "y"], rows: table)
      let missing = [Table.missing, [""], ["?", ""], []][Int.random(in: 0..<4, using: &generator)]
      let valid = (0..<rows).filter { _ in Bool.random(using: &generator) }
      do {
        let data = try TableRows.from(file).split(validAt: valid)
          .labelledByColumn("y", missing: missing, leavingOutMissing: round.isMultiple(of: 2))
          .withTest(TableRows.from(file))
          .prepared(
            categorical: ["c"], continuous: Array(["x", "x_na"].prefix(1 + round % 2)),
            missing: missing, normalizes: !round.isMultiple(of: 7)
          )
          .batches(of: 1 + round % 5)
        let epoch = Array(data.train(&generator))
        #expect(epoch.count == data.stepsPerEpoch)
        let (all, size) = (data.stage.train.count, data.size)
        let leavesOne = size > 1 && all > 1 && all % size == 1
        #expect(Set(epoch.flatMap(\.rows)).count == all - (leavesOne ? 1 : 0))
        #expect(data.valid.flatMap(\.rows) == Array(0..<data.stage.valid.count))
        #expect(data.test?.flatMap(\.rows) == Array(0..<rows))
        for batch in epoch + Array(data.valid) + Array(data.test ?? data.valid) {
          let areFinite = batch.numbers.values.allSatisfy { $0.isFinite }
          #expect(areFinite)
          for (codes, names) in zip(batch.categories, data.stage.train.table.categories) {
            #expect(codes.allSatisfy { names.indices.contains($0) })
          }
        }
        #expect(!data.stage.description.isEmpty && !data.description.isEmpty)
        prepared += 1
      } catch let error as DataError {
        #expect(
          error.description.contains("t.csv") || error.description.hasPrefix("the split"),
          "\(error)")
        sentences += 1
      }
    }
    #expect(prepared > 300 && sentences > 300 && prepared + sentences == 3000)
  }
}
