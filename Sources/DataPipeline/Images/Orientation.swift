/// How a camera was held: EXIF's orientation, 1…8, which says how the stored picture is to be shown.
///
/// Of a stored picture `[height, width]` the pixel (x, y) that is shown stands at (x, y) for 1, mirrored from left to right
/// for 2, 3, 7 and 8, from top to bottom for 3, 4, 6 and 7, and with rows and columns exchanged for 5…8
/// (CIPA DC-008, 4.6.5.A; Pillow's `ImageOps.exif_transpose`).
struct Orientation: Equatable {
  /// 1 where none is told.
  let number: Int
  static let upright = Orientation(number: 1)

  /// From EXIF data, which are a TIFF directory. A number that none is stands for 1.
  init(exif: ArraySlice<UInt8>?) {
    let exif = exif.flatMap(TIFFDirectory.init)
    self.init(number: exif?[TIFFDirectory.orientation] ?? 1)
  }

  init(number: Int) { self.number = 1...8 ~= number ? number : 1 }

  var exchangesAxes: Bool { number >= 5 }

  /// The elements of a picture as they are shown, row after row, `size` elements a pixel.
  func shown<Element>(
    _ stored: [Element], width: Int, height: Int, size: Int
  ) -> (width: Int, height: Int, elements: [Element]) {
    if self == .upright { return (width, height, stored) }
    let (newWidth, newHeight) = exchangesAxes ? (height, width) : (width, height)
    let (mirrorsX, mirrorsY) = ([2, 3, 7, 8].contains(number), [3, 4, 6, 7].contains(number))
    let (stepX, stepY) = ((mirrorsX ? -size : size), (mirrorsY ? -width * size : width * size))
    let (stepColumn, stepRow) = exchangesAxes ? (stepY, stepX) : (stepX, stepY)
    let first = (mirrorsX ? (width - 1) * size : 0) + (mirrorsY ? (height - 1) * width * size : 0)
    let shown = [Element](unsafeUninitializedCapacity: stored.count) { to, used in
      stored.withUnsafeBufferPointer { from in
        for row in 0..<newHeight {
          for column in 0..<newWidth {
            let place = first + row * stepRow + column * stepColumn
            for i in 0..<size { to.initializeElement(at: used + i, to: from[place + i]) }
            used += size
          }
        }
      }
    }
    return (newWidth, newHeight, shown)
  }
}
