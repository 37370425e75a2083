import CZlib

/// The numbers that a PNG file stores for its pixels, for masks: no depth, palette, colour or transparency is
/// converted (PNG specification, 8 to 10).
struct PNGSamples {
  let width: Int
  let height: Int
  /// Of a pixel: grey or place in the palette; with transparency; red, green, blue; the same with transparency.
  let perPixel: Int
  /// Row after row, pixel after pixel.
  private(set) var values: [UInt16]

  /// Of a file whose header is sound.
  init(_ chunks: PNGChunks, path: String) throws {
    let header = chunks.essential
    (width, height) = (bigEndian(header[...], 16, 4), bigEndian(header[...], 20, 4))
    let (depth, perPixel) = (Int(header[24]), [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][header[25]] ?? 1)
    self.perPixel = perPixel
    values = Array(repeating: 0, count: width * height * perPixel)
    let passes = Self.passes(width, height, isInterlaced: header[28] == 1)
    func rowBytes(_ pass: Pass) -> Int { (pass.width * depth * perPixel + 7) / 8 }
    let size = passes.reduce(0) { $0 + $1.height * (1 + rowBytes($1)) }
    var bytes = try Self.inflated(chunks.data, size, path)
    var at = 0
    for pass in passes {
      let count = rowBytes(pass)
      for row in 0..<pass.height {
        let above = row > 0 ? at - count - 1 : nil
        guard Self.unfilter(&bytes, at, count, above: above, step: max(1, depth * perPixel / 8))
        else { throw DataError("\(path) is damaged: a row has a filter that PNG has not") }
        for i in 0..<(pass.width * perPixel) {
          let (column, sample) = (pass.x + i / perPixel * pass.stepX, i % perPixel)
          values[((pass.y + row * pass.stepY) * width + column) * perPixel + sample] =
            Self.sample(bytes, at + 1, i, depth)
        }
        at += 1 + count
      }
    }
  }

  /// Every eighth pixel, then those between, or all at once: of a picture x, y, x + stepX, …
  private typealias Pass = (
    x: Int, y: Int, stepX: Int, stepY: Int, width: Int, height: Int
  )

  private static func passes(_ width: Int, _ height: Int, isInterlaced: Bool) -> [Pass] {
    let all = [
      (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
      (0, 1, 1, 2),
    ]
    return (isInterlaced ? all : [(0, 0, 1, 1)]).map { x, y, stepX, stepY in
      (x, y, stepX, stepY, (width - x + stepX - 1) / stepX, (height - y + stepY - 1) / stepY)
    }.filter { $0.width > 0 && $0.height > 0 }
  }

  private static func inflated(_ data: [UInt8], _ size: Int, _ path: String) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: size) { buffer, used in
      var count = uLongf(size)
      guard uncompress(buffer.baseAddress, &count, data, uLong(data.count)) == Z_OK,
        count == size
      else { throw DataError("\(path) is damaged: its pixels are cut short or altered") }
      used = size
    }
  }

  /// Undoes the filter of the row at `at`, whose first byte names it; `above` is where the row before has that byte.
  private static func unfilter(
    _ bytes: inout [UInt8], _ at: Int, _ count: Int, above: Int?, step: Int
  ) -> Bool {
    let filter = bytes[at]
    guard filter > 0 else { return true }
    for i in 1...count {
      let left = i > step ? bytes[at + i - step] : 0
      let up = above.map { bytes[$0 + i] } ?? 0
      let corner = i > step ? above.map { bytes[$0 + i - step] } ?? 0 : 0
      switch filter {
      case 1: bytes[at + i] &+= left
      case 2: bytes[at + i] &+= up
      case 3: bytes[at + i] &+= UInt8((Int(left) + Int(up)) / 2)
      case 4: bytes[at + i] &+= paeth(Int(left), Int(up), Int(corner))
      default: return false
      }
    }
    return true
  }

  /// The neighbour that is nearest to left + up − corner.
  private static func paeth(_ left: Int, _ up: Int, _ corner: Int) -> UInt8 {
    let guess = left + up - corner
    let far = (abs(guess - left), abs(guess - up), abs(guess - corner))
    return UInt8(far.0 <= far.1 && far.0 <= far.2 ? left : far.1 <= far.2 ? up : corner)
  }

  private static func sample(_ bytes: [UInt8], _ start: Int, _ i: Int, _ depth: Int) -> UInt16 {
    switch depth {
    case 16: return UInt16(bytes[start + 2 * i]) << 8 | UInt16(bytes[start + 2 * i + 1])
    case 8: return UInt16(bytes[start + i])
    default:
      let byte = bytes[start + i * depth / 8]
      return UInt16(byte >> UInt8(8 - depth - i * depth % 8)) & (1 << UInt16(depth) - 1)
    }
  }
}

extension PNGSamples {
  /// One number a pixel: the grey or the place in the palette. A pixel of a colour has none.
  func numbers(path: String) throws -> [UInt16] {
    if perPixel == 1 { return values }
    let pixels = 0..<(width * height)
    let colours = perPixel >= 3 ? 3 : 1
    func value(_ pixel: Int, _ sample: Int) -> UInt16 { values[pixel * perPixel + sample] }
    if colours == 3,
      let pixel = pixels.first(where: {
        value($0, 0) != value($0, 1) || value($0, 0) != value($0, 2)
      })
    {
      let colour = (0..<3).map { "\(value(pixel, $0))" }.joined(separator: ", ")
      throw DataError(
        "\(path) is not a mask: a mask's pixels are class numbers, grey or from a palette, this is a "
          + "PNG file of colours (row \(pixel / width), column \(pixel % width) is \(colour)); save it with a palette or "
          + "as grey numbers")
    }
    let numbers = pixels.map { value($0, 0) }
    if perPixel != colours, numbers.allSatisfy({ $0 == numbers[0] }),
      pixels.contains(where: { value($0, colours) != value(0, colours) })
    {
      throw DataError(
        "\(path) is not a mask: only its transparency changes from pixel to pixel; save that as grey numbers"
      )
    }
    return numbers
  }
}
