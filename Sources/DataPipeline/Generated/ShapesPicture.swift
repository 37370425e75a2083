import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A generated picture of circles, squares and triangles on a textured ground, with all that may be asked of it.
public struct ShapesPicture: Sendable {
  public enum Kind: String, CaseIterable, Sendable { case circle, square, triangle }

  /// Five families of grounds: a set that holds one of them out asks whether a model has learned the shapes or the grounds.
  public enum Texture: String, CaseIterable, Sendable { case plain, stripes, checks, spots, slope }

  public struct Shape: Sendable, Equatable {
    public let kind: Kind
    /// The centre of mass, in pixels from the upper left corner.
    public let centre: Point
    /// Of the circle around it, in pixels.
    public let radius: Float
    /// By which it is turned, in radians.
    public let angle: Float
  }

  public let image: Image
  /// 0 ground, 1 circle, 2 square, 3 triangle, 4 void: the pixels that a border runs through.
  public let mask: Mask
  /// No two overlap.
  public let shapes: [Shape]
  public let texture: Texture

  public static let codes = ["ground", "circle", "square", "triangle", "void"]

  /// Which kinds are to be seen, each once, in the order of the alphabet.
  public var kinds: [Kind] { Kind.allCases.filter { kind in shapes.contains { $0.kind == kind } } }

  /// - Parameters:
  ///   - size: Height and width in pixels.
  ///   - shapes: How many shapes, each of a random kind.
  ///   - kind: The only kind to draw, if one is wanted.
  ///   - texture: A random one if left out.
  public init(
    size: Int, shapes: ClosedRange<Int> = 1...1, kind: Kind? = nil, texture: Texture? = nil,
    using generator: inout some RandomNumberGenerator
  ) {
    expect(
      size >= 16 && shapes.lowerBound >= 1 && shapes.upperBound <= 4,
      "ShapesPicture expects 16 pixels or more and 1 to 4 shapes, got \(size) and \(shapes)")
    self.texture = texture ?? Texture.allCases.randomElement(using: &generator)!
    let count = Int.random(in: shapes, using: &generator)
    self.shapes = Self.placed(count, kind, Float(size), &generator)
    var canvas = LabelledCanvas(width: size, height: size)
    let ground = Self.ground(self.texture, Float(size), &generator)
    canvas.fill(0, colour: ground.colour)
    for shape in self.shapes {
      let colour = Self.colour(away: ground.mean, &generator)
      let (x, y, r) = (shape.centre.x, shape.centre.y, shape.radius)
      canvas.paint(
        UInt8(1 + Kind.allCases.firstIndex(of: shape.kind)!), x: (x - r)...(x + r),
        y: (y - r)...(y + r), where: shape.contains
      ) { _, _ in colour }
    }
    (image, mask) = canvas.finished(void: 4, noise: 6, using: &generator)
  }

  /// Shapes that fit into the picture and keep two pixels between them, by trial.
  private static func placed(
    _ count: Int, _ kind: Kind?, _ size: Float, _ generator: inout some RandomNumberGenerator
  ) -> [Shape] {
    // With one shape there is room for larger ones.
    let radii = size * (count == 1 ? 0.16 : 0.13)...size * (count == 1 ? 0.32 : 0.21)
    var shapes: [Shape] = []
    while shapes.count < count {
      shapes = []
      for _ in 0..<100 where shapes.count < count {
        let radius = Float.random(in: radii, using: &generator)
        let room = radius + 1...size - radius - 1
        let new = Shape(
          kind: kind ?? Kind.allCases.randomElement(using: &generator)!,
          centre: Point(
            x: .random(in: room, using: &generator), y: .random(in: room, using: &generator)),
          radius: radius, angle: .random(in: 0...(2 * .pi), using: &generator))
        let isFree = shapes.allSatisfy { other in
          let (dx, dy) = (other.centre.x - new.centre.x, other.centre.y - new.centre.y)
          return (dx * dx + dy * dy).squareRoot() > other.radius + new.radius + 2
        }
        if isFree { shapes.append(new) }
      }
    }
    return shapes
  }

  /// A texture of two colours of one hue, and their mean.
  private static func ground(
    _ texture: Texture, _ size: Float, _ generator: inout some RandomNumberGenerator
  ) -> (mean: LabelledCanvas.Colour, colour: (Float, Float) -> LabelledCanvas.Colour) {
    let mean = LabelledCanvas.Colour.random(in: 50...205, using: &generator)
    let contrast = LabelledCanvas.Colour(repeating: .random(in: 15...35, using: &generator))
    let (light, dark) = (mean + contrast, mean - contrast)
    let step = size * .random(in: 0.08...0.16, using: &generator)
    let angle = Float.random(in: 0...(2 * .pi), using: &generator)
    let (along, across) = (cosf(angle) / step, sinf(angle) / step)
    func even(_ x: Float) -> Bool { Int(x.rounded(.down)).isMultiple(of: 2) }
    switch texture {
    case .plain: return (mean, { _, _ in mean })
    case .stripes: return (mean, { x, y in even(x * along + y * across) ? light : dark })
    case .checks:
      return (
        mean,
        { x, y in
          even(x * along + y * across) == even(y * along - x * across) ? light : dark
        }
      )
    case .spots:
      return (
        mean,
        { x, y in
          let (u, v) = (x * along + y * across, y * along - x * across)
          let (du, dv) = (u - u.rounded(), v - v.rounded())
          return du * du + dv * dv < 0.09 ? light : dark
        }
      )
    case .slope:
      let (dx, dy) = (cosf(angle) / size, sinf(angle) / size)
      return (
        mean, { x, y in mean + contrast * (2 * (x - size / 2) * dx + 2 * (y - size / 2) * dy) }
      )
    }
  }

  /// A colour that differs clearly from another.
  private static func colour(
    away ground: LabelledCanvas.Colour, _ generator: inout some RandomNumberGenerator
  ) -> LabelledCanvas.Colour {
    while true {
      let colour = LabelledCanvas.Colour.random(in: 0...255, using: &generator)
      let difference = colour - ground
      if (difference * difference).sum() > 110 * 110 { return colour }
    }
  }
}

extension ShapesPicture.Shape {
  /// Whether a place is inside. A square has its corners, a triangle of equal sides its own on the circle of `radius`.
  func contains(_ x: Float, _ y: Float) -> Bool {
    let (dx, dy) = (x - centre.x, y - centre.y)
    let (c, s) = (cosf(angle), sinf(angle))
    let (u, v) = (c * dx + s * dy, c * dy - s * dx)
    switch kind {
    case .circle: return u * u + v * v < radius * radius
    case .square: return max(abs(u), abs(v)) < radius * 0.7071068
    // The sides lie half a radius from the centre.
    case .triangle:
      return max(-u, 0.5 * u + 0.8660254 * v, 0.5 * u - 0.8660254 * v) < radius / 2
    }
  }
}
