import DataPipeline
import Foundation
import ReferenceReader
import Testing

/// A PNG file and the numbers that it stores (Tests/References/mask_files.py).
private struct MaskFile: Decodable, CustomTestStringConvertible {
  let name: String
  let file: Data
  let width: Int
  let height: Int
  let numbers: [Int]
  var testDescription: String { name }

  static let all: [MaskFile] = {
    struct File: Decodable { let cases: [MaskFile] }
    let file: File? = try? References.read("mask_files.json", in: References.committed)
    return file?.cases ?? []
  }()
}

@Suite struct MaskTests {
  @Test func everyFormIsThere() { #expect(MaskFile.all.count == 116) }

  /// Numbers above 255 are no classes, so for those of 16 bits a mapping of each to its remainder by 200 is asked for.
  @Test(arguments: MaskFile.all)
  private func aNumberIsTheOneStored(_ file: MaskFile) throws {
    try withFile(file.file) { path in
      let isDeep = file.numbers.contains { $0 > 255 }
      let values = Dictionary(file.numbers.map { ($0, $0 % 200) }) { first, _ in first }
      let mask = try Mask(contentsOf: path, values: isDeep ? values : nil)
      #expect(mask.width == file.width && mask.height == file.height)
      #expect(mask.labels == file.numbers.map { isDeep ? $0 % 200 : $0 })
      if let deep = file.numbers.firstIndex(where: { $0 > 255 }) {
        let (row, column) = (deep / file.width, deep % file.width)
        let error = #expect(throws: DataError.self) { try Mask(contentsOf: path) }
        #expect(
          error?.description
            == "\(path) has class \(file.numbers[deep]) in row \(row), column \(column); there are 256 classes, 0…255"
        )
      }
    }
  }

  @Test func valuesGiveEachNumberItsClass() throws {
    let file = Mask(width: 3, height: 1, classes: [0, 255, 7])
    try withFile(Self.png(file)) { path in
      let mask = try Mask(contentsOf: path, expecting: 2, void: 7, values: [0: 0, 255: 1])
      #expect(mask.classes == [0, 1, 7])
      let moved = try Mask(contentsOf: path, expecting: 2, void: 0, values: [7: 0, 255: 1])
      #expect(moved.classes == [255, 1, 0])  // 0 is a class now, so void cannot keep it
      for (values, says) in [
        ([0: 0, 255: 1], "has class 7 in row 0, column 2; the values name no class for it"),
        ([0: 0, 255: 2, 7: 1], "has class 255 in row 0, column 1"),
        ([0: -1, 255: 1, 7: 1], "has class 0 in row 0, column 0"),
      ] {
        let error = #expect(throws: DataError.self) {
          try Mask(contentsOf: path, expecting: 2, values: values)
        }
        #expect(error?.description.contains(says) == true)
      }
    }
  }

  @Test func aVoidOfSixteenBitsBecomes255() throws {
    let deep = try #require(MaskFile.all.first { $0.name == "grey of 16 bits, 11 x 9" })
    let values = Dictionary(deep.numbers.dropFirst().map { ($0, 1) }) { first, _ in first }
    try withFile(deep.file) { path in
      let mask = try Mask(contentsOf: path, expecting: 2, void: deep.numbers[0], values: values)
      #expect(mask.classes == [255] + Array(repeating: 1, count: deep.numbers.count - 1))
    }
  }

  /// A conversion to grey would give these a number that nobody wrote.
  @Test func coloursAreNoNumbers() throws {
    let picture = Image(width: 2, height: 1, channels: 3, pixels: [9, 9, 9, 1, 2, 3])
    try withFile(Data(picture.png)) { path in
      #expect(
        throws: DataError(
          "\(path) is not a mask: a mask's pixels are class numbers, grey or from a palette, this is a PNG file "
            + "of colours (row 0, column 1 is 1, 2, 3); save it with a palette or as grey numbers")
      ) { try Mask(contentsOf: path) }
    }
  }

  private static func png(_ mask: Mask) -> Data {
    Data(Image(width: mask.width, height: mask.height, channels: 1, pixels: mask.classes).png)
  }

  private func withFile(_ bytes: Data, _ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try bytes.write(to: URL(filePath: folder + "/mask"))
      try body(folder + "/mask")
    }
  }
}
