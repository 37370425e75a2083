import DataPipeline
import Foundation
import ReferenceReader
import Tensors
import Testing

/// What Tests/References/image_resampling.py made with PyTorch, NumPy and fastai's own functions.
struct ResamplingReference: Decodable {
  struct Sample: Decodable, CustomTestStringConvertible {
    let name: String
    let map: [Double]
    let padding: String
    let width: Int
    let height: Int
    let picture: [Float]
    let mask: [UInt8]
    var testDescription: String { "\(name), \(padding), \(width) × \(height)" }
  }
  struct Area: Decodable {
    let width: Int
    let height: Int
    let values: [Float]
  }
  struct Map: Decodable, CustomTestStringConvertible {
    let kind: String
    let numbers: [Double]
    let looksAt: [Double]
    var testDescription: String { "\(kind) \(numbers)" }
  }
  struct Light: Decodable {
    let change: Double
    let contrast: Double
    let values: [Float]
  }
  let width: Int
  let height: Int
  let picture: [UInt8]
  let mask: [UInt8]
  let samples: [Sample]
  let big: [UInt8]
  let areas: [Area]
  let places: [[Double]]
  let maps: [Map]
  let lights: [Light]

  static let all: ResamplingReference = {
    let read: ResamplingReference? = try? References.read(
      "image_resampling.json", in: References.committed)
    return read!
  }()
}

@Suite struct ImageViewTests {
  private static let reference = ResamplingReference.all
  private static let modes: [String: PaddingMode] = [
    "zeros": .zeros, "border": .border, "reflection": .reflection,
  ]

  @Test func everyReferenceIsThere() {
    let reference = Self.reference
    #expect(reference.samples.count == 36 && reference.areas.count == 4)
    #expect(reference.maps.count == 18 && reference.places.count == 9)
    #expect(reference.maps.allSatisfy { $0.looksAt.count == 18 })
  }

  /// Tolerance: a place up to 40 pixels away is off by 4e-6 pixels in single precision, the slope is 1 a pixel at most, and it
  /// is met twice over by the perspective's division.
  @Test(arguments: reference.samples)
  func samplesAsPyTorchDoes(_ sample: ResamplingReference.Sample) throws {
    let reference = Self.reference
    var view = ImageView(
      width: reference.width, height: reference.height, to: (sample.width, sample.height), .squish,
      padding: try #require(Self.modes[sample.padding]))
    view.transform(Homography(sample.map))
    let image = Image(
      width: reference.width, height: reference.height, channels: 3, pixels: reference.picture)
    expectClose(view.tensor(image).values, sample.picture, within: 2e-5)
    let grey = Image(
      width: reference.width, height: reference.height, channels: 1,
      pixels: stride(from: 0, to: reference.picture.count, by: 3).map { reference.picture[$0] })
    expectClose(
      view.tensor(grey).values, Array(sample.picture[..<(sample.width * sample.height)]),
      within: 2e-5)
    let mask = Mask(width: reference.width, height: reference.height, classes: reference.mask)
    #expect(view(mask).classes == sample.mask)
  }

  @Test func averagesOverAreasWhenItShrinks() {
    let image = Image(width: 44, height: 30, channels: 1, pixels: Self.reference.big)
    for area in Self.reference.areas {
      let view = ImageView(
        width: 44, height: 30, to: (area.width, area.height), .squish, padding: .border)
      expectClose(view.tensor(image).values, area.values, within: 2e-6)
    }
  }

  @Test func aViewThatChangesNothingGivesTheSamePixels() {
    let reference = Self.reference
    let image = Image(
      width: reference.width, height: reference.height, channels: 3, pixels: reference.picture)
    let view = ImageView(width: image.width, height: image.height)
    #expect(view(image) == image)
    #expect(view.tensor(image).values == image.tensor.values)
  }

  /// Crop: 100 × 60 covers 30 × 30 as 50 × 30, of which the columns 10…39 are seen: 20…80 of the source. Pad: it fits as
  /// 30 × 18 with 6 rows above and below. A window of 5 × 3 pixels shows which part.
  @Test func cropPadAndSquishShowTheirParts() {
    func corners(_ method: ResizeMethod) -> [Double] {
      let map = ImageView(width: 100, height: 60, to: (30, 30), method).pixelMap
      let (start, end) = (map(x: 0, y: 0), map(x: 30, y: 30))
      return [start.x, start.y, end.x, end.y].map { ($0 * 1e9).rounded() / 1e9 }
    }
    #expect(corners(.crop) == [20, 0, 80, 60])
    #expect(corners(.pad) == [0, -20, 100, 80])
    #expect(corners(.squish) == [0, 0, 100, 60])
  }

  @Test func theWindowGoesToEveryPlaceOfTheScaledPicture() {
    var view = ImageView(width: 100, height: 60, to: (30, 30), .crop)
    view.moveWindow(across: 0, down: 0)
    #expect(view.left == 0 && view.top == 0)
    view.moveWindow(across: 1, down: 1)
    #expect(view.left == 20 && view.top == 0)
    view.moveWindow(across: 0.5, down: 0.5)
    #expect(view.left == 10)
  }

  /// A dot with soft edges (a bell of deviation 1.2 pixels, on which sampling is exact to 1e-9) is drawn, the point is its middle.
  /// After every kind of transform the light's centre of gravity and the moved point agree: within a tenth of a pixel,
  /// since a perspective that changes its scale by up to 1 % a pixel moves the centre of such a dot by 3 · 1 % · 1.2² = 0.04,
  /// and more where it enlarges.
  @Test(arguments: 0..<20)
  func aPointAndADrawnDotMoveToTheSamePlace(_ seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let (width, height) = (96, 64)
    let x = Int.random(in: 30..<66, using: &generator)
    let y = Int.random(in: 24..<40, using: &generator)
    var pixels = [UInt8](repeating: 0, count: width * height)
    for i in -7...7 {
      for j in -7...7 {
        pixels[(y + i) * width + x + j] = UInt8(
          (255 * exp(-Double(i * i + j * j) / 2.88)).rounded())
      }
    }
    let image = Image(width: width, height: height, channels: 1, pixels: pixels)
    let point = Points([Point(x: Float(x) + 0.5, y: Float(y) + 0.5)], width: width, height: height)
    let transforms = ImageTransforms(
      [Dihedral()] + ImageTransforms.usual(lighting: 0), size: (80, 72), .squish, padding: .zeros)
    let view = transforms.draw(width: width, height: height, using: &generator)
    let moved = view(point).points[0]
    let light = view.tensor(image).values
    let total = light.reduce(0, +)
    var (sumX, sumY): (Float, Float) = (0, 0)
    for (place, value) in light.enumerated() {
      sumX += value * (Float(place % 80) + 0.5)
      sumY += value * (Float(place / 80) + 0.5)
    }
    #expect(total > 1)
    #expect(abs(sumX / total - moved.x) < 0.1 && abs(sumY / total - moved.y) < 0.1)
  }

  /// Where all four neighbours of a place are of one class, the mask must have that class.
  @Test(arguments: 0..<10)
  func aMaskStaysOnItsPicture(_ seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let (width, height) = (70, 50)
    let classes = (0..<(width * height)).map { place -> UInt8 in
      let (x, y) = (place % width - 35, place / width - 25)
      return x * x + 2 * y * y < 500 ? 1 : 0
    }
    let image = Image(width: width, height: height, channels: 1, pixels: classes.map { $0 * 255 })
    for padding in PaddingMode.allCases {
      let view = ImageTransforms(ImageTransforms.usual(lighting: 0), size: 40, padding: padding)
        .draw(width: width, height: height, using: &generator)
      let light = view.tensor(image).values
      let mask = view(Mask(width: width, height: height, classes: classes))
      #expect(mask.classes.contains(0) && mask.classes.contains(1))
      for (value, label) in zip(light, mask.classes) where value == 0 || value == 1 {
        #expect(Float(label) == value)
      }
    }
  }

  @Test func wrongMapsAndPicturesStopWithASentence() async {
    await #expect(processExitsWith: .failure) {
      let view = ImageView(width: 4, height: 4)
      _ = view(Image(width: 5, height: 4, channels: 1, pixels: [UInt8](repeating: 0, count: 20)))
    }
  }
}

func expectClose(
  _ values: [Float], _ wanted: [Float], within tolerance: Float,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(values.count == wanted.count, sourceLocation: sourceLocation)
  let worst = zip(values, wanted).map { abs($0 - $1) }.max() ?? .infinity
  #expect(worst <= tolerance, "off by \(worst)", sourceLocation: sourceLocation)
}
