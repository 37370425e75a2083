import Tensors

/// A picture under construction, with the class of everything painted on it.
///
/// It is painted nine times finer than the result, 3 × 3 points a pixel: a pixel's colour is their mean, which smooths
/// edges, and its class is theirs if all nine agree. Where they do not, at the borders of things, it is `void`.
struct LabelledCanvas {
  typealias Colour = SIMD3<Float>

  let width: Int
  let height: Int
  private static let fine = 3
  private var colours: [Colour]
  private var classes: [UInt8]

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    let points = width * height * Self.fine * Self.fine
    colours = Array(repeating: Colour(), count: points)
    classes = Array(repeating: 0, count: points)
  }

  /// Paints the points of a rectangle that lie inside a form; places are in pixels from the upper left corner.
  mutating func paint(
    _ number: UInt8, x: ClosedRange<Float>, y: ClosedRange<Float>,
    where isInside: (_ x: Float, _ y: Float) -> Bool = { _, _ in true },
    colour: (_ x: Float, _ y: Float) -> Colour
  ) {
    let fine = Float(Self.fine)
    func points(_ range: ClosedRange<Float>, _ size: Int) -> Range<Int> {
      let end = size * Self.fine
      let first = min(max(0, Int((range.lowerBound * fine).rounded())), end)
      return first..<min(max(first, Int((range.upperBound * fine).rounded())), end)
    }
    for row in points(y, height) {
      for column in points(x, width) {
        let (px, py) = ((Float(column) + 0.5) / fine, (Float(row) + 0.5) / fine)
        guard isInside(px, py) else { continue }
        colours[row * width * Self.fine + column] = colour(px, py)
        classes[row * width * Self.fine + column] = number
      }
    }
  }

  /// Paints everything.
  mutating func fill(_ number: UInt8, colour: (_ x: Float, _ y: Float) -> Colour) {
    paint(number, x: 0...Float(width), y: 0...Float(height), colour: colour)
  }

  /// The picture and its classes; `noise` is the deviation of what is added to each byte.
  func finished(
    void: UInt8, noise: Float, using generator: inout some RandomNumberGenerator
  ) -> (image: Image, mask: Mask) {
    let errors = Tensor.normal([width * height * 3], using: &generator).values
    var pixels: [UInt8] = []
    var numbers: [UInt8] = []
    pixels.reserveCapacity(width * height * 3)
    for row in 0..<height {
      for column in 0..<width {
        var sum = Colour()
        let number = classes[point(column, row, 0)]
        var agree = true
        for place in 0..<Self.fine * Self.fine {
          sum += colours[point(column, row, place)]
          agree = agree && classes[point(column, row, place)] == number
        }
        let mean = sum / Float(Self.fine * Self.fine)
        for channel in 0..<3 {
          let value = mean[channel] + noise * errors[pixels.count]
          pixels.append(UInt8(min(max(0, value.rounded()), 255)))
        }
        numbers.append(agree ? number : void)
      }
    }
    return (
      Image(width: width, height: height, channels: 3, pixels: pixels),
      Mask(width: width, height: height, classes: numbers)
    )
  }

  private func point(_ column: Int, _ row: Int, _ place: Int) -> Int {
    let (down, right) = (place / Self.fine, place % Self.fine)
    return (row * Self.fine + down) * width * Self.fine + column * Self.fine + right
  }
}
