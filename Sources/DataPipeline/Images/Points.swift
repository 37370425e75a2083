import Tensors

/// A place in a picture, in pixels from the upper left corner: the centre of the first pixel is at (0.5, 0.5).
public struct Point: Sendable, Equatable {
  /// To the right.
  public var x: Float
  /// Downwards.
  public var y: Float

  public init(x: Float, y: Float) {
    self.x = x
    self.y = y
  }
}

/// Places in a picture of a given size, for point regression. They may lie outside of it.
public struct Points: Sendable, Equatable {
  public let width: Int
  public let height: Int
  public let points: [Point]

  public init(_ points: [Point], width: Int, height: Int) {
    expect(
      width > 0 && height > 0,
      "Points expect a picture of one pixel or more, got \(width) × \(height)")
    self.points = points
    self.width = width
    self.height = height
  }

  /// Row before column, the picture's borders at −1 and 1, as the course gives them to a model: y₁, x₁, y₂, x₂, …
  public var scaled: [Float] {
    var numbers: [Float] = []
    for point in points {
      numbers.append(2 * point.y / Float(height) - 1)
      numbers.append(2 * point.x / Float(width) - 1)
    }
    return numbers
  }

  /// The reverse of `scaled`, for what a model returns.
  public init(scaled numbers: [Float], width: Int, height: Int) {
    expect(numbers.count % 2 == 0, "Points expect two numbers a point, got \(numbers.count)")
    var points: [Point] = []
    for i in stride(from: 0, to: numbers.count, by: 2) {
      let x = (numbers[i + 1] + 1) / 2 * Float(width)
      let y = (numbers[i] + 1) / 2 * Float(height)
      points.append(Point(x: x, y: y))
    }
    self.init(points, width: width, height: height)
  }
}
