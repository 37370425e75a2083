import DataPipeline
import Tensors
import Testing

@Suite struct RandomPadTests {
  @Test func everyImageIsAWindowOfThePaddedOne() {
    var generator = SeededGenerator(seed: 42)
    let (height, width, padding) = (4, 5, 2)
    let x = Tensor.uniform([200, 2, height, width], in: 1..<2, using: &generator)
    let y = RandomPad(padding)(x, using: &generator)
    let padded = x.zeroPadded(left: padding, right: padding, top: padding, bottom: padding)
    var seen: Set<[Int]> = []
    for image in 0..<200 {
      var places: [[Int]] = []
      for row in 0...(2 * padding) {
        for column in 0...(2 * padding) {
          let window = padded[image..<(image + 1)]
            .sliced(axis: 2, row..<(row + height)).sliced(axis: 3, column..<(column + width))
          if window == y[image..<(image + 1)] { places.append([row, column]) }
        }
      }
      #expect(places.count == 1, "image \(image)")
      seen.formUnion(places)
    }
    // 25 places; all of them are missed by one of 200 draws with a chance below 1 %.
    #expect(seen.count == 25)
  }

  @Test func withoutPaddingNothingChanges() {
    var generator = SeededGenerator(seed: 42)
    let x = Tensor.uniform([3, 1, 4, 4], in: 0..<1, using: &generator)
    #expect(RandomPad(0)(x, using: &generator) == x)
  }

  @Test func normalisedNumbersHaveMean0AndDeviation1() {
    var generator = SeededGenerator(seed: 42)
    let x = Tensor.normal([10, 1, 8, 8], mean: 3, deviation: 2, using: &generator)
    let s = Normalization(of: x)(x).statistics
    // 640 numbers of 32 bits: off by no more than a few roundings of 6e-8 each.
    #expect(abs(s.mean) < 1e-5 && abs(s.deviation - 1) < 1e-5)
    #expect(Normalization(mean: 1, deviation: 2)(Tensor([1, 3, 5])).values == [0, 1, 2])
  }
}
