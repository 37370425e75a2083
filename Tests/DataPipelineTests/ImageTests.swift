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
  @Test func everyFormIsThere() { #expect(ImageFileCase.all.count == 20) }

  /// Pillow and libgd use the same libjpeg and libpng algorithms; what differs is the rounding of CMYK's product.
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

  private func worst(_ pixels: [UInt8], _ wanted: Data) -> Int {
    guard pixels.count == wanted.count else { return 256 }
    return zip(pixels, wanted).map { abs(Int($0) - Int($1)) }.max() ?? 0
  }
}
