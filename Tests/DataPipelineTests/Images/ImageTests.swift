import DataPipeline
import Foundation
import ReferenceReader
import Tensors
import Testing

/// A file of one form and its pixels by Pillow (Tests/References/image_files.py).
struct ImageFileCase: Decodable, CustomTestStringConvertible {
  let name: String
  let file: Data
  let width: Int
  let height: Int
  let channels: Int
  let rgb: Data
  let luma: Data
  let indices: Data?
  var testDescription: String { name }

  static let all: [ImageFileCase] = {
    struct File: Decodable { let cases: [ImageFileCase] }
    let file: File? = try? References.read("image_files.json", in: References.committed)
    return file?.cases ?? []
  }()
}

/// A new folder that is removed when `body` is done.
func withTemporaryFolder<T>(_ body: (String) throws -> T) throws -> T {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}

@Suite struct ImageTests {
  @Test func everyFormIsThere() { #expect(ImageFileCase.all.count == 80) }

  /// Pillow and libgd use the same libraries' algorithms; what differs is the rounding of CMYK's product, which libgd
  /// cuts off.
  @Test(arguments: ImageFileCase.all)
  func everyFormOfFileHasPillowsPixels(_ file: ImageFileCase) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/picture"
      try file.file.write(to: URL(filePath: path))
      let asItIs = try Image(contentsOf: path)
      #expect(asItIs.channels == file.channels)
      let colours = try Image(contentsOf: path, channels: 3)
      #expect(colours.width == file.width && colours.height == file.height)
      let tolerance = file.name.contains("CMYK") ? 1 : 0
      #expect(worst(colours.pixels, file.rgb) <= tolerance)
      #expect(try worst(Image(contentsOf: path, channels: 1).pixels, file.luma) <= tolerance)
      if let indices = file.indices {
        #expect(try Mask(contentsOf: path).classes == [UInt8](indices))
      } else {
        #expect(throws: DataError.self) { try Mask(contentsOf: path) }
      }
    }
  }

  /// The first and the last column exchange their rows when the camera was held the other way up.
  @Test func aTurnedPictureMayBeReadAsItIsStored() throws {
    for number in 1...8 {
      let file = try #require(ImageFileCase.all.first { $0.name == "png, orientation \(number)" })
      try withTemporaryFolder { folder in
        let path = folder + "/picture.jpg"  // the name does not count
        try file.file.write(to: URL(filePath: path))
        let stored = try Image(contentsOf: path, appliesOrientation: false)
        let shown = try Image(contentsOf: path)
        #expect(stored.width == 21 && stored.height == 13)
        #expect(shown.width == (number < 5 ? 21 : 13))
        #expect((stored == shown) == (number == 1))
      }
    }
  }

  @Test func aPictureOfOnePixelIsRead() throws {
    try withTemporaryFolder { folder in
      let image = Image(width: 1, height: 1, channels: 3, pixels: [3, 4, 5])
      try image.writePNG(folder + "/a.png")
      #expect(try Image(contentsOf: folder + "/a.png") == image)
    }
  }

  private static func noise(_ channels: Int) -> Image {
    var generator = SeededGenerator(seed: 5)
    let pixels = (0..<(19 * 14 * channels)).map { _ in UInt8.random(in: 0...255, using: &generator)
    }
    return Image(width: 19, height: 14, channels: channels, pixels: pixels)
  }

  @Test(arguments: [1, 3]) func aPNGAndATensorGiveThePictureBack(_ channels: Int) throws {
    try withTemporaryFolder { folder in
      let image = Self.noise(channels)
      try image.writePNG(folder + "/a.png")
      #expect(try Image(contentsOf: folder + "/a.png") == image)
      #expect(image.tensor.shape == [channels, 14, 19])
      #expect(image.tensor.values[15] == Float(image[15, 0]) / 255)
      #expect(Image(image.tensor) == image)
      // What is outside of 0…1 is cut, what is no number is black.
      let odd = Tensor([-1, 2, .nan, 0.5], shape: [1, 2, 2])
      #expect(Image(odd).pixels == [0, 255, 0, 128])
    }
  }

  @Test func aMaskGivesItsClassesBack() throws {
    try withTemporaryFolder { folder in
      let mask = Mask(width: 19, height: 14, classes: Self.noise(1).pixels)
      try mask.writePNG(folder + "/m.png")
      #expect(try Mask(contentsOf: folder + "/m.png") == mask)
      #expect(mask.labels[20] == mask[1, 1])
    }
  }

  /// Smooth colours at the best quality: libjpeg loses a few levels at most, where colour is stored at half the size.
  @Test(arguments: [false, true]) func aJPEGGivesAboutThePictureBack(_ isProgressive: Bool) throws {
    try withTemporaryFolder { folder in
      var pixels: [UInt8] = []
      for place in 0..<(32 * 32) { pixels += [UInt8(place % 32 * 4), UInt8(place / 32 * 4), 128] }
      let image = Image(width: 32, height: 32, channels: 3, pixels: pixels)
      let path = folder + "/a.jpg"
      try image.writeJPEG(path, quality: 100, isProgressive: isProgressive)
      let bytes = try Data(contentsOf: URL(filePath: path))
      #expect((bytes.firstRange(of: Data([0xff, 0xc2])) != nil) == isProgressive)
      #expect(try worst(Image(contentsOf: path).pixels, Data(pixels)) <= 6)
    }
  }

  @Test func filesAreListedByNameOnEveryMachineAlike() throws {
    try withTemporaryFolder { folder in
      for inner in ["b", "a", ".hidden"] {
        try FileManager.default.createDirectory(
          atPath: folder + "/" + inner, withIntermediateDirectories: true)
      }
      for name in [
        "b/2.png", "b/10.JPG", "a/z.jpeg", "a/notes.txt", "a/.x.png", ".hidden/y.png", "Ω.png",
        "Z.png", "b/3.jfif", "b/4.WebP", "b/5.tif", "b/png", "b.png.zip",
      ] {
        try Data().write(to: URL(filePath: folder + "/" + name))
      }
      let all = try ImageFiles.list(folder).map { String($0.dropFirst(folder.count + 1)) }
      let wanted = [
        "Z.png", "a/z.jpeg", "b/10.JPG", "b/2.png", "b/3.jfif", "b/4.WebP", "b/5.tif", "Ω.png",
      ]
      #expect(all == wanted)
      let top = try ImageFiles.list(folder + "/", recursively: false)
      #expect(top == ["\(folder)/Z.png", "\(folder)/Ω.png"])
      #expect(throws: DataError.self) { try Self.noise(1).writePNG(folder + "/none/a.png") }
    }
  }

  @Test func pointsAreScaledAsTheCourseScalesThem() {
    let points = Points([Point(x: 30, y: 10), Point(x: 0, y: 40)], width: 60, height: 40)
    #expect(points.scaled == [-0.5, 0, 1, -1])
    #expect(Points(scaled: points.scaled, width: 60, height: 40) == points)
  }

  private func worst(_ pixels: [UInt8], _ wanted: Data) -> Int {
    guard pixels.count == wanted.count else { return 256 }
    return zip(pixels, wanted).map { abs(Int($0) - Int($1)) }.max() ?? 0
  }
}
