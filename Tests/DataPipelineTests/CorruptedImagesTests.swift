import DataPipeline
import Foundation
import ReferenceReader
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A broken file, and words that the sentence about it has to hold.
private struct Broken: CustomTestStringConvertible, Sendable {
  let name: String
  let bytes: [UInt8]
  let says: String
  var testDescription: String { name }
}

@Suite struct CorruptedImagesTests {
  /// Each file is made here: whole ones from the reference files and from noise, then cut, altered or replaced.
  private static let broken: [Broken] = cut + altered + notPictures + absurdHeaders

  @Test func thereAreMoreThanAHundredOfThem() {
    #expect(Self.broken.count + Self.wrongMasks.count >= 100, "\(Self.broken.count)")
    #expect(Set(Self.broken.map(\.name)).count == Self.broken.count)
  }

  @Test(.timeLimit(.minutes(1)), arguments: broken)
  private func aBrokenFileIsNamedInOneSentence(_ file: Broken) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/" + file.name.replacing("/", with: "-")
      try Data(file.bytes).write(to: URL(filePath: path))
      for channels in [nil, 1, 3] {
        let error = #expect(throws: DataError.self) {
          try Image(contentsOf: path, channels: channels)
        }
        let says = error?.description ?? ""
        #expect(says.contains(path) && says.contains(file.says) && !says.contains("\n"), "\(says)")
        #expect(says.count < path.count * 2 + 160, "\(says)")
      }
      #expect(throws: DataError.self) { try Mask(contentsOf: path) }
    }
  }

  /// Files cut at thirteen places, from the first byte to the last.
  private static var cut: [Broken] {
    wholeFiles.flatMap { name, bytes in
      let places = [1, 2, 7, 12, 20, 29, 40] + (1...4).map { bytes.count * $0 / 5 }
      // The last byte of a GIF file says no more than that it ends.
      let last = name.hasSuffix("gif") ? [] : [bytes.count - 1]
      return (places + [bytes.count - 4] + last).map { place in
        Broken(
          name: "\(name) cut after \(place)", bytes: Array(bytes[..<place]),
          says: place < 8 ? "is " : "damaged")
      }
    }
  }

  /// PNG: a bit changed anywhere in a chunk that counts (its checksum tells). JPEG has no checksums: what can be
  /// told is a marker or a code that is none.
  private static var altered: [Broken] {
    var files: [Broken] = []
    let png = wholeFiles["noise.png"] ?? []
    for place in [
      3, 12, 17, 24, 25, 26, 28, 30, 45, 60, 99, png.count / 2, png.count - 20, png.count - 6,
    ] {
      var bytes = png
      bytes[place] ^= 0x10
      files.append(Broken(name: "noise.png altered at \(place)", bytes: bytes, says: "is "))
    }
    let jpeg = wholeFiles["noise.jpg"] ?? []
    for (what, marker) in [("tables of quantisation", 0xdb), ("scan", 0xda)] {
      guard let at = place(of: UInt8(marker), in: jpeg) else { continue }
      var without = jpeg
      without[at + 1] = 0xfe  // a comment in its place
      files.append(Broken(name: "noise.jpg without \(what)", bytes: without, says: "damaged"))
      var long = jpeg
      long[at + 2] = 0xff
      files.append(Broken(name: "noise.jpg with endless \(what)", bytes: long, says: "damaged"))
    }
    for (name, place) in [("start", 700), ("middle", jpeg.count / 2), ("end", jpeg.count - 40)] {
      var bytes = jpeg
      for i in 0..<24 { bytes[place + i] = i % 2 == 0 ? 0xff : 0xc5 }
      files.append(
        Broken(name: "noise.jpg with markers at its \(name)", bytes: bytes, says: "damaged"))
    }
    return files
  }

  private static var notPictures: [Broken] {
    let text = Array("a picture is worth a thousand words\n".utf8)
    let noise = (0..<500).map { UInt8(truncatingIfNeeded: $0 * 167 + 13) }
    return [
      Broken(name: "empty.png", bytes: [], says: "is empty"),
      Broken(name: "empty.jpg", bytes: [], says: "is empty"),
      Broken(name: "text.png", bytes: text, says: "neither as a PNG nor as a JPEG"),
      Broken(name: "text.jpg", bytes: text, says: "neither as a PNG nor as a JPEG"),
      Broken(name: "noise.jpeg", bytes: noise, says: "neither as a PNG nor as a JPEG"),
      Broken(name: "zeros.png", bytes: [UInt8](repeating: 0, count: 3000), says: "neither"),
      Broken(name: "page.jpg", bytes: Array("<!DOCTYPE html><html>404".utf8), says: "neither"),
      Broken(name: "gif.png", bytes: Array("GIF89a".utf8) + noise, says: "is damaged"),
      Broken(name: "bmp.jpg", bytes: Array("BM".utf8) + noise, says: "is too large"),
      Broken(name: "webp.jpg", bytes: Array("RIFF....WEBP".utf8) + noise, says: "is damaged"),
      Broken(name: "wave.webp", bytes: Array("RIFF....WAVE".utf8) + noise, says: "is a RIFF file"),
      Broken(name: "tiff.png", bytes: Array("II*\0".utf8) + noise, says: "is damaged"),
      Broken(name: "big.tif", bytes: Array("II+\0".utf8) + noise, says: "is a BigTIFF file"),
      Broken(
        name: "phone.jpg", bytes: [0, 0, 0, 24] + Array("ftypheic".utf8) + noise,
        says: "is a HEIF or AVIF file"),
      Broken(name: "drawing.png", bytes: Array("<svg></svg>".utf8), says: "is a SVG file"),
      Broken(name: "only a signature.jpg", bytes: [0xff, 0xd8], says: "damaged"),
      Broken(name: "signature and noise.jpg", bytes: [0xff, 0xd8, 0xff] + noise, says: "damaged"),
      Broken(
        name: "endless fill.jpg", bytes: [0xff, 0xd8] + [UInt8](repeating: 0xff, count: 9999),
        says: "damaged"),
      Broken(
        name: "signature and noise.png", bytes: Array(wholePNG[..<8]) + noise, says: "damaged"),
    ]
  }

  /// Sizes that no memory holds, or that the file is too short for; the checksum of the header is right.
  private static var absurdHeaders: [Broken] {
    let sizes = [
      (60000, 60000), (2_147_483_647, 1), (1, 2_147_483_647), (4_294_967_295, 4_294_967_295),
    ]
    var files = sizes.map { width, height in
      Broken(name: "png of \(width) x \(height)", bytes: png(width, height), says: "too large")
    }
    files += [(0, 10), (10, 0), (8000, 8000), (20000, 3000)].map { width, height in
      Broken(
        name: "png of \(width) x \(height)", bytes: png(width, height), says: "its header says")
    }
    files += [(65500, 65500), (65535, 65535), (60000, 2000)].map { width, height in
      Broken(name: "jpeg of \(width) x \(height)", bytes: jpeg(width, height), says: "too large")
    }
    files += [(0, 16), (16, 0), (3000, 3000), (16, 1000)].map { width, height in
      Broken(name: "jpeg of \(width) x \(height)", bytes: jpeg(width, height), says: "damaged")
    }
    for (format, width, height) in [
      ("gif", 6, 8), ("bmp", 18, 22), ("webp", 24, 27), ("tiff", 0, 0),
    ] {
      for (size, says) in [(0, "its header says 0"), (8000, "bytes cannot hold"), (65535, "large")]
      where format != "webp" || size == 65535 {
        var bytes = format == "webp" ? file("webp, orientation 6") : file("\(format), palette")
        let places =
          format == "tiff" ? [entry(256, in: bytes), entry(257, in: bytes)] : [width, height]
        for place in places {
          (bytes[place], bytes[place + 1]) = (UInt8(size & 255), UInt8(size >> 8))
        }
        files.append(
          Broken(name: "\(format) of \(size) x \(size)", bytes: bytes, says: says))
      }
    }
    var lab = file("tiff, colours")
    lab[entry(262, in: lab)] = 8
    files.append(Broken(name: "tiff of Lab colours", bytes: lab, says: "photometric 8"))
    for (name, place, value) in [("depth 3", 24, 3), ("colour type 5", 25, 5), ("filter 9", 27, 9)]
    {
      var bytes = wholePNG
      bytes[place] = UInt8(value)
      files.append(
        Broken(name: "png with \(name)", bytes: withChecksum(bytes), says: "damaged"))
    }
    return files
  }

  /// Thirty bytes missing somewhere in the picture's data. A JPEG has no checksum: where its codes by chance fall into step again,
  /// libjpeg has nothing to report, and nor does any other reader. Most are found; all end.
  private static var holes: [Broken] {
    let jpeg = wholeFiles["noise.jpg"] ?? []
    return stride(from: 700, to: jpeg.count - 40, by: 240).map { place in
      Broken(
        name: "noise.jpg with a hole at \(place)",
        bytes: Array(jpeg[..<place] + jpeg[(place + 30)...]), says: "damaged")
    }
  }

  @Test(.timeLimit(.minutes(1))) func aHoleInAJPEGIsFoundOrGivesAWholePicture() throws {
    var found = 0
    for file in Self.holes {
      try withTemporaryFolder { folder in
        let path = folder + "/hole.jpg"
        try Data(file.bytes).write(to: URL(filePath: path))
        do {
          let image = try Image(contentsOf: path)
          #expect(image.width == 64 && image.height == 48 && image.channels == 3)
        } catch let error as DataError {
          found += 1
          #expect(error.description.contains("\(path) is damaged"))
        }
      }
    }
    #expect(Self.holes.count >= 20 && found > Self.holes.count / 2, "\(found)")
  }

  // MARK: Masks and folders

  private static let wrongMasks = ["other size", "a class too many", "colours", "a JPEG file"]

  @Test(arguments: wrongMasks)
  func aWrongMaskIsNamedInOneSentence(_ what: String) throws {
    try withTemporaryFolder { folder in
      let picture = Image(width: 8, height: 6, channels: 3, pixels: Array(0..<144))
      let (image, mask) = (folder + "/picture.png", folder + "/mask.png")
      try picture.writePNG(image)
      let says: String
      switch what {
      case "other size":
        try Mask(width: 6, height: 8, classes: [UInt8](repeating: 1, count: 48)).writePNG(mask)
        says = "is 6 × 8 pixels, its picture \(image) 8 × 6"
      case "a class too many":
        try Mask(width: 8, height: 6, classes: Array(0..<48)).writePNG(mask)
        says = "has class 12 in row 1, column 4; there are 12 classes, 0…11"
      case "colours":
        try picture.writePNG(mask)
        says = "this is a PNG file of colours"
      default:
        try picture.writeJPEG(mask)
        says = "this is a JPEG file"
      }
      let error = #expect(throws: DataError.self) {
        let read = try Mask(contentsOf: mask, expecting: 12)
        try Mask.check(read, mask, fits: Image(contentsOf: image), image)
      }
      #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
      #expect(error?.description.contains(mask) == true)
    }
  }

  @Test func whatIsNoFileIsNamed() throws {
    try withTemporaryFolder { folder in
      let inner = folder + "/folder.png"
      try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
      let pipe = folder + "/pipe.png"
      #expect(mkfifo(pipe, 0o600) == 0)
      for (path, says) in [
        (inner, "is not a file"), (pipe, "is not a file"), (folder + "/gone.png", "cannot open"),
      ] {
        let error = #expect(throws: DataError.self) { try Image(contentsOf: path) }
        #expect(error?.description.contains(path) == true)
        #expect(error?.description.contains(says) == true)
      }
      #expect(
        throws: DataError(
          "\(inner) holds no pictures (files whose name ends in .bmp, .gif, .jfif, .jpe, .jpeg, .jpg, .png, "
            + ".tif, .tiff, .webp)")
      ) {
        try ImageFiles.list(inner)
      }
      #expect(throws: DataError("there is no folder \(folder)/none")) {
        try ImageFiles.list(folder + "/none")
      }
    }
  }

  /// What the libraries write on the second stream is caught while every broken file is read, and a whole one with
  /// a colour profile that libpng would complain about.
  @Test func nothingIsPrinted() throws {
    try withTemporaryFolder { folder in
      let log = folder + "/errors"
      let file = open(log, O_CREAT | O_RDWR, 0o600)
      let earlier = dup(2)
      dup2(file, 2)
      let path = folder + "/picture"
      for broken in Self.broken + Self.holes {
        try Data(broken.bytes).write(to: URL(filePath: path))
        _ = try? Image(contentsOf: path)
      }
      let profile: [UInt8] = [0, 0, 0, 1] + Array("iCCPx".utf8) + [0x4d, 0x18, 0x82, 0x31]
      let whole = Array(Self.wholePNG[..<33]) + profile + Array(Self.wholePNG[33...])
      try Data(whole).write(to: URL(filePath: path))
      let image = Result { try Image(contentsOf: path) }
      fflush(nil)
      dup2(earlier, 2)
      close(earlier)
      close(file)
      #expect(try image.get().width == 21)
      let printed = try String(contentsOfFile: log, encoding: .utf8)
      // Tests that ran meanwhile have written there too.
      FileHandle.standardError.write(Data(printed.utf8))
      let lines = printed.split(separator: "\n").filter {
        $0.hasPrefix("libpng") || $0.hasPrefix("gd") || $0.hasPrefix("GD") || $0.hasPrefix("TIFF")
          || $0.hasPrefix("Corrupt")
      }
      #expect(lines.isEmpty)
    }
  }

  // MARK: Whole files, and pieces of them

  private static let wholeFiles: [String: [UInt8]] = {
    var files = [
      "progressive.jpg": file("jpeg, progressive"),
      "cmyk.jpg": file("jpeg, CMYK with the Adobe marker"),
      "bare.jpg": file("jpeg, CMYK without the Adobe marker"),
      "palette.png": file("png, palette"), "palette.gif": file("gif, palette"),
      "colours.bmp": file("bmp, colours"), "palette.bmp": file("bmp, palette"),
      "lossless.webp": file("webp, lossless"), "lossy.webp": file("webp, lossy"),
      "turned.webp": file("webp, orientation 6"), "colours.tif": file("tiff, colours"),
      "lzw.tif": file("tiff, LZW"),
    ]
    var x: UInt32 = 1
    let pixels = (0..<(64 * 48 * 3)).map { _ -> UInt8 in
      x = x &* 1_664_525 &+ 1_013_904_223
      return UInt8(x >> 24)
    }
    let noise = Image(width: 64, height: 48, channels: 3, pixels: pixels)
    _ = try? withTemporaryFolder { folder in
      try noise.writePNG(folder + "/a")
      try noise.writeJPEG(folder + "/b")
      files["noise.png"] = try [UInt8](Data(contentsOf: URL(filePath: folder + "/a")))
      files["noise.jpg"] = try [UInt8](Data(contentsOf: URL(filePath: folder + "/b")))
    }
    return files
  }()

  private static let wholePNG = file("png, colours")

  private static func file(_ name: String) -> [UInt8] {
    [UInt8](ImageFileCase.all.first { $0.name == name }?.file ?? Data())
  }

  /// Where in the directory of a little-endian TIFF file the number of a tag stands.
  private static func entry(_ tag: Int, in bytes: [UInt8]) -> Int {
    let tag = [UInt8(tag & 255), UInt8(tag >> 8)]
    let start = Int(bytes[4]) | Int(bytes[5]) << 8
    return stride(from: start + 2, to: bytes.count - 12, by: 12)
      .first { Array(bytes[$0..<($0 + 2)]) == tag }.map { $0 + 8 } ?? 0
  }

  private static func place(of marker: UInt8, in bytes: [UInt8]) -> Int? {
    bytes.indices.dropLast().first { bytes[$0] == 0xff && bytes[$0 + 1] == marker }
  }

  /// The reference PNG with another size in its header.
  private static func png(_ width: Int, _ height: Int) -> [UInt8] {
    var bytes = wholePNG
    for i in 0..<4 {
      bytes[16 + i] = UInt8(truncatingIfNeeded: width >> (24 - 8 * i))
      bytes[20 + i] = UInt8(truncatingIfNeeded: height >> (24 - 8 * i))
    }
    return withChecksum(bytes)
  }

  private static func jpeg(_ width: Int, _ height: Int) -> [UInt8] {
    var bytes = file("jpeg, baseline")
    guard let at = place(of: 0xc0, in: bytes) else { return [] }
    (bytes[at + 5], bytes[at + 6]) = (UInt8(height >> 8), UInt8(height & 255))
    (bytes[at + 7], bytes[at + 8]) = (UInt8(width >> 8), UInt8(width & 255))
    return bytes
  }

  /// The checksum of the first chunk, as the PNG specification's annex D computes it.
  private static func withChecksum(_ bytes: [UInt8]) -> [UInt8] {
    var sum: UInt32 = 0xffff_ffff
    for byte in bytes[12..<29] {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? 0xedb8_8320 ^ (sum >> 1) : sum >> 1 }
    }
    var bytes = bytes
    for i in 0..<4 { bytes[29 + i] = UInt8(truncatingIfNeeded: ~sum >> (24 - 8 * UInt32(i))) }
    return bytes
  }
}
