import DataPipeline
import Foundation
import Tensors
import Testing

/// The generated pictures are what they say they are.
@Suite struct GeneratedPicturesTests {
  @Test func aSeedGivesTheSamePictureEachTime() {
    func shapes(_ seed: UInt64) -> ShapesPicture {
      var generator = SeededGenerator(seed: seed)
      return ShapesPicture(size: 48, shapes: 1...3, using: &generator)
    }
    func street(_ seed: UInt64) -> StreetScene {
      var generator = SeededGenerator(seed: seed)
      return StreetScene(using: &generator)
    }
    #expect(shapes(1).image == shapes(1).image)
    #expect(shapes(1).mask == shapes(1).mask)
    #expect(shapes(1).image != shapes(2).image)
    #expect(street(1).image == street(1).image)
    #expect(street(1).image != street(2).image)
  }

  /// Areas by elementary geometry, with radius r of the circle around: πr², 2r², 3√3/4 r².
  @Test(arguments: ShapesPicture.Kind.allCases)
  func aMaskHasTheAreaAndTheCentreOfItsShape(kind: ShapesPicture.Kind) {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<20 {
      let picture = ShapesPicture(size: 64, kind: kind, using: &generator)
      let shape = picture.shapes[0]
      #expect(shape.kind == kind && picture.kinds == [kind])
      let number = 1 + ShapesPicture.Kind.allCases.firstIndex(of: kind)!
      var (area, x, y, border): (Float, Float, Float, Float) = (0, 0, 0, 0)
      for row in 0..<64 {
        for column in 0..<64 {
          let here = picture.mask[column, row]
          #expect([0, 4, number].contains(here))
          // A pixel of the border is half inside on average.
          let share: Float = here == number ? 1 : here == 4 ? 0.5 : 0
          if here == 4 { border += 1 }
          area += share
          x += share * (Float(column) + 0.5)
          y += share * (Float(row) + 0.5)
        }
      }
      let unit: Float = [.circle: .pi, .square: 2, .triangle: 1.299038][kind]!
      // The border's n pixels are in by ½ ± ⅓ each, independently: four deviations of their sum.
      #expect(abs(area - unit * shape.radius * shape.radius) < 4 * border.squareRoot() / 3)
      #expect(abs(x / area - shape.centre.x) < 0.3)
      #expect(abs(y / area - shape.centre.y) < 0.3)
      #expect(border > 2 * shape.radius)
    }
  }

  @Test func shapesDifferFromTheGroundAndKeepApart() {
    var generator = SeededGenerator(seed: 3)
    for texture in ShapesPicture.Texture.allCases {
      let picture = ShapesPicture(size: 48, shapes: 3...3, texture: texture, using: &generator)
      #expect(picture.shapes.count == 3 && picture.texture == texture)
      for (i, a) in picture.shapes.enumerated() {
        for b in picture.shapes[(i + 1)...] {
          let distance = hypot(a.centre.x - b.centre.x, a.centre.y - b.centre.y)
          #expect(distance > a.radius + b.radius)
        }
      }
      // Mean colours inside and outside; the ground's own two colours lie at most 35 from its mean.
      var sums = [SIMD3<Float>](repeating: .init(), count: 5)
      var counts = [Float](repeating: 0, count: 5)
      for row in 0..<48 {
        for column in 0..<48 {
          let number = picture.mask[column, row]
          for channel in 0..<3 {
            sums[number][channel] += Float(picture.image[column, row, channel])
          }
          counts[number] += 1
        }
      }
      if picture.kinds.count == 3 {
        for number in 1...3 {
          let difference = sums[number] / counts[number] - sums[0] / counts[0]
          #expect((difference * difference).sum().squareRoot() > 60)
        }
      }
    }
  }

  @Test func filesHoldWhatTheValuesSay() throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 5)
    try ShapesPicture.write(folder.path, count: 10, size: 32, shapes: 1...3, using: &generator)
    generator = SeededGenerator(seed: 5)
    let labels = try CSVFile(folder("labels.csv"))
    for number in 0..<10 {
      let texture = ShapesPicture.Texture.allCases[number % 5]
      let picture = ShapesPicture(size: 32, shapes: 1...3, texture: texture, using: &generator)
      #expect(
        try Image(contentsOf: folder("images/\(texture.rawValue)/\(number).png")) == picture.image)
      #expect(try Mask(contentsOf: folder("masks/\(number)_P.png"), expecting: 5) == picture.mask)
      let (row, largest) = (labels.rows[number], picture.largest)
      #expect(row[0...1] == ["\(number).png", largest.kind.rawValue])
      #expect(row[2] == picture.kinds.map(\.rawValue).joined(separator: " "))
      #expect(Float(row[3]) == largest.centre.x && Float(row[4]) == largest.centre.y)
    }
    #expect(
      try String(contentsOfFile: folder("valid.txt"), encoding: .utf8) == "8.png\n9.png\n")
    try ShapesPicture.writeFolders(
      folder("folders"), train: 2, valid: 1, size: 16, using: &generator)
    #expect(try ImageFiles.list(folder("folders")).count == 9)
  }

  @Test func streetsHoldEveryClass() throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 5)
    try StreetScene.write(folder.path, count: 20, width: 64, height: 48, using: &generator)
    var counts = [Int](repeating: 0, count: StreetScene.codes.count)
    for number in 0..<20 {
      let image = try Image(contentsOf: folder("images/\(number).png"))
      let mask = try Mask(contentsOf: folder("labels/\(number)_P.png"), expecting: 7)
      #expect(image.width == mask.width && image.height == mask.height)
      for label in mask.labels { counts[label] += 1 }
    }
    // No class is rare, and none is all: what a majority says is right less than half of the time.
    #expect(counts.allSatisfy { $0 > 20 * 64 * 48 / 100 && $0 < 20 * 64 * 48 / 2 })
  }
}
