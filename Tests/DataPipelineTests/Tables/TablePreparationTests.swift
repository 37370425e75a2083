import DataPipeline
import NeuralNetworks
import ReferenceReader
import Tensors
import Testing

/// Tests/References/tables.py: fastai's FillMissing, Categorify and Normalize on pandas 3.1.1.
private struct Reference: Decodable {
  struct Rows: Decodable {
    let codes: [String: [Int]]
    let numbers: [String: [Float]]
  }
  struct Case: Decodable {
    let about: String
    let csv: String
    let validRows: [Int]
    let categorical: [String]
    let continuous: [String]
    let columns: [String]
    let names: [String: [String]]
    let medians: [String: Double]
    let means: [String: Double]
    let deviations: [String: Double]
    let train: Rows
    let valid: Rows
  }
  struct Sizes: Decodable {
    let counts: [Int]
    let rule: [Int]
    let half: [Int]
  }
  let cases: [Case]
  let sizes: Sizes
}

private func reference() throws -> Reference {
  try References.read("tables.json", in: References.committed)
}

@Suite struct TablePreparationTests {
  @Test func rowsBecomeWhatFastaiMakesOfThem() throws {
    let cases = try reference().cases
    #expect(cases.count == 4)
    for wanted in cases {
      let file = try CSVFile(Array(wanted.csv.utf8), name: "t.csv")
      let table = try Table(
        file, categorical: wanted.categorical, continuous: wanted.continuous)
      let targets = Array(0..<table.count)
      let data = try TabularData(table, targets: targets, valid: wanted.validRows)
      #expect(data.preparation.fillMissing?.medians == wanted.medians, "\(wanted.about)")
      #expect(data.preparation.categorify.names == wanted.names, "\(wanted.about)")
      let statistics = try #require(data.preparation.normalize?.statistics)
      #expect(statistics.keys.sorted() == wanted.means.keys.sorted())
      for (name, found) in statistics {
        // Sums of at most 60 numbers in double precision, in another order.
        let mean = try #require(wanted.means[name])
        let deviation = try #require(wanted.deviations[name])
        #expect(abs(found.mean - mean) <= 1e-12 * abs(mean))
        #expect(abs(found.deviation - deviation) <= 1e-12 * deviation)
      }
      #expect(data.valid.targets == wanted.validRows)
      for (rows, reference) in [(data.train.table, wanted.train), (data.valid.table, wanted.valid)]
      {
        #expect(rows.categoricalNames == wanted.columns)
        #expect(rows.codes == wanted.columns.map { reference.codes[$0] })
        #expect(rows.continuousNames == wanted.continuous)
        for (name, column) in zip(rows.continuousNames, rows.numbers) {
          let numbers = try #require(reference.numbers[name])
          // One unit in the last place of 32 bits.
          #expect(zip(column, numbers).allSatisfy { abs($0 - $1) <= 1.2e-7 * (1 + abs($1)) })
          #expect(column.count == numbers.count)
        }
      }
    }
  }

  @Test func embeddingSizesAreFastais() throws {
    let sizes = try reference().sizes
    #expect(sizes.counts.map { TabularModel.features(for: $0) } == sizes.rule)
    #expect(sizes.counts.map { TabularModel.featuresByHalf(for: $0) } == sizes.half)
  }

  @Test func aPreparationLearnsNothingFromTheRowsItIsAppliedTo() throws {
    let file = try CSVFile(Array("c,x\na,1\nb,\na,5\nz,900\n,\n".utf8), name: "t.csv")
    let table = try Table(file, categorical: ["c"], continuous: ["x"])
    let (train, valid) = table.split(valid: [3, 4])
    let preparation = try TablePreparation(training: train)
    let together = try preparation(table)
    let alone = try preparation(valid)
    for (whole, part) in zip(together.numbers, alone.numbers) {
      #expect(Array(whole[3...]) == part)
    }
    for (whole, part) in zip(together.codes, alone.codes) { #expect(Array(whole[3...]) == part) }
    #expect(alone.codes == [[0, 0], [1, 2]])
  }
}
