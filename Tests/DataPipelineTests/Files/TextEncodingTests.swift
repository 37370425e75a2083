import DataPipeline
import Foundation
import Testing

@Suite struct TextEncodingTests {
  private func rows(_ bytes: [UInt8], _ encoding: TextEncoding = .utf8) throws -> [[String]] {
    let file = try CSVFile(bytes, name: "t.csv", encoding: encoding)
    return [file.header] + file.rows
  }

  private let text = "näme,€\n\"Zoë\n\",😀\n"
  private var wanted: [[String]] { [["näme", "€"], ["Zoë\n", "😀"]] }

  private func utf16(_ text: String, isLittle: Bool) -> [UInt8] {
    ("\u{feff}" + text).utf16.flatMap {
      isLittle ? [UInt8($0 & 0xff), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 0xff)]
    }
  }

  @Test(arguments: [TextEncoding.utf8, .latin1, .windows1252])
  func aMarkTellsTheEncoding(asked: TextEncoding) throws {
    #expect(try rows([0xef, 0xbb, 0xbf] + Array(text.utf8), asked) == wanted)
    #expect(try rows(utf16(text, isLittle: true), asked) == wanted)
    #expect(try rows(utf16(text, isLittle: false), asked) == wanted)
  }

  /// Python 3: bytes(range(0x80, 0x100)).decode("cp1252") for the letters that it has.
  @Test func oneByteLettersAreThoseOfTheirEncoding() throws {
    #expect(try rows([0x63, 0xe9, 0x80], .windows1252) == [["cé€"]])
    #expect(try rows([0x93, 0x41, 0x94, 0x97, 0x9f], .windows1252) == [["“A”—Ÿ"]])
    #expect(try rows([0x63, 0xe9, 0x80], .latin1) == [["cé\u{80}"]])
    let all = Array(UInt8(0xa0)...0xff)
    #expect(try rows(all, .latin1) == rows(all, .windows1252))
    #expect(try rows(all, .latin1)[0][0].unicodeScalars.map { UInt8($0.value) } == all)
    #expect(
      throws: DataError("t.csv, line 2: Windows-1252 has no letter for byte 4 (0x8D)")
    ) { try rows([0x61, 0x0a, 0x62, 0x8d], .windows1252) }
  }

  @Test(arguments: [
    ([0x61, 0x0a, 0x63, 0xe9, 0x0a], 2, "byte 4 (0xE9)"),
    ([0xef, 0x6e], 1, "byte 1 (0xEF)"),
    ([0x61, 0x0d, 0x0a, 0x0d, 0xff], 3, "byte 5 (0xFF)"),
    ([0xef, 0xbb, 0xbf, 0x61, 0xc3], 1, "byte 5 (0xC3)"),
    ([0x61, 0xed, 0xa0, 0x80], 1, "byte 2 (0xED)"),
    ([0x61, 0xf0, 0x9f, 0x98], 1, "byte 2 (0xF0)"),
  ])
  func bytesThatAreNoLettersAreNamedWithTheWayOut(bytes: [UInt8], line: Int, byte: String) {
    #expect(
      throws: DataError(
        "t.csv, line \(line): its bytes are not UTF-8, as \(byte) shows; if it was written in Windows-1252 or Latin-1, read it with encoding: .windows1252 or .latin1"
      )
    ) { try rows(bytes) }
  }

  @Test func utf16ThatIsCutShortIsNamed() {
    let whole = utf16("a\nb\n", isLittle: true)
    #expect(
      throws: DataError(
        "t.csv, line 2: its bytes are not UTF-16, as byte 9 (0x0A) shows; is it cut short?")
    ) { try rows(Array(whole.dropLast())) }
    #expect(
      throws: DataError(
        "t.csv, line 1: its bytes are not UTF-16, as byte 5 (0xD8) shows; is it cut short?")
    ) { try rows([0xfe, 0xff, 0, 0x61, 0xd8, 0x3d, 0, 0x62]) }
    #expect(throws: DataError("t.csv, line 2: a zero sign; this is no text file")) {
      try rows(utf16("a\n\0", isLittle: false))
    }
  }

  @Test func textsInFoldersMayBeOfOldEncodings() throws {
    let folder = try TemporaryFolder()
    try folder.write("pos/1.txt", Data([0x93, 0x63, 0xe9, 0x94]))
    let texts = try TextList.from(folder.path, encoding: .windows1252).items.map { try $0.text }
    #expect(texts == ["“cé”"])
    #expect(
      folder.sentence { _ = try TextList.from(folder.path).items[0].text }.hasPrefix(
        "pos/1.txt, line 1: its bytes are not UTF-8, as byte 1 (0x93) shows"))
    try folder.write("t.csv", Data([0x74, 0x0a, 0x63, 0xe9, 0x0a]))
    let rows = try TextRows.from(folder("t.csv"), text: "t", encoding: .latin1)
    #expect(try rows.items[0].text == "cé")
    let table = try TableRows.from(folder("t.csv"), separator: ";", encoding: .latin1)
    #expect(try table.items[0].field("t") == "cé")
  }
}
