import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A generated street, as a camera behind a windscreen sees it, with the class of every pixel: a small stand-in for
/// CamVid (Brostow et al. 2009).
///
/// Sky, houses on both sides, trees before them, a road that runs to a point at the horizon with cars on it. Pixels that a
/// border runs through are void.
public struct StreetScene: Sendable {
  public static let codes = ["Sky", "Building", "Road", "Sidewalk", "Tree", "Car", "Void"]

  public let image: Image
  public let mask: Mask

  public init(
    width: Int = 128, height: Int = 96, using generator: inout some RandomNumberGenerator
  ) {
    expect(
      width >= 32 && height >= 24,
      "StreetScene expects 32 × 24 pixels or more, got \(width) × \(height)")
    var painter = StreetPainter(width: width, height: height, using: &generator)
    painter.paintSky(&generator)
    painter.paintBuildings(&generator)
    painter.paintRoad(&generator)
    painter.paintTrees(&generator)
    painter.paintCars(&generator)
    (image, mask) = painter.canvas.finished(void: 6, noise: 7, using: &generator)
  }

  /// Writes `images/N.png`, `labels/N_P.png`, `codes.txt` and, with the names of the last fifth, `valid.txt`: CamVid's layout.
  public static func write(
    _ folder: String, count: Int, width: Int = 128, height: Int = 96,
    using generator: inout some RandomNumberGenerator
  ) throws {
    try makeFolder("\(folder)/images")
    try makeFolder("\(folder)/labels")
    for number in 0..<count {
      let scene = StreetScene(width: width, height: height, using: &generator)
      try scene.image.writePNG("\(folder)/images/\(number).png")
      try scene.mask.writePNG("\(folder)/labels/\(number)_P.png")
    }
    try writeLines(codes, "\(folder)/codes.txt")
    try writeLines((count * 4 / 5..<count).map { "\($0).png" }, "\(folder)/valid.txt")
  }
}

/// The parts of a street, painted from the back to the front.
private struct StreetPainter {
  typealias Colour = LabelledCanvas.Colour

  var canvas: LabelledCanvas
  let width: Float
  let height: Float
  /// Where the road ends, in pixels.
  let horizon: Float
  let centre: Float
  /// Of the whole scene: dusk to noon.
  let light: Float

  init(width: Int, height: Int, using generator: inout some RandomNumberGenerator) {
    canvas = LabelledCanvas(width: width, height: height)
    (self.width, self.height) = (Float(width), Float(height))
    horizon = self.height * .random(in: 0.4...0.52, using: &generator)
    centre = self.width * .random(in: 0.4...0.6, using: &generator)
    light = .random(in: 0.6...1.1, using: &generator)
  }

  /// A colour in the light of the scene, a little different each time.
  private func lit(
    _ red: Float, _ green: Float, _ blue: Float, _ generator: inout some RandomNumberGenerator
  ) -> Colour {
    light * (Colour(red, green, blue) + Float.random(in: -18...18, using: &generator))
  }

  mutating func paintSky(_ generator: inout some RandomNumberGenerator) {
    let (top, low) = (lit(120, 165, 215, &generator), lit(205, 215, 220, &generator))
    let horizon = horizon
    canvas.fill(0) { _, y in top + (low - top) * min(1, y / horizon) }
  }

  /// From the horizon outwards higher and wider, with rows of windows.
  mutating func paintBuildings(_ generator: inout some RandomNumberGenerator) {
    let ground = horizon + height * 0.04
    for side in [Float(-1), 1] {
      var near: Float = 0.06
      while near < 0.75 {
        let far = near + .random(in: 0.1...0.22, using: &generator)
        let top = horizon - height * near * .random(in: 0.3...1.1, using: &generator)
        let wall = lit(
          .random(in: 110...190, using: &generator), .random(in: 95...150, using: &generator),
          .random(in: 80...140, using: &generator), &generator)
        let glass = lit(60, 70, 85, &generator)
        let step = width * 0.045
        let ends = [centre + side * near * width, centre + side * far * width].sorted()
        if Float.random(in: 0...1, using: &generator) < 0.85 {
          canvas.paint(1, x: ends[0]...ends[1], y: top...max(top, ground)) { x, y in
            let (u, v) = ((x - ends[0]) / step, (y - top) / step)
            let isGlass = u - u.rounded(.down) > 0.5 && v - v.rounded(.down) > 0.55
            return isGlass ? glass : wall
          }
        }
        near = far
      }
    }
  }

  /// How far below the horizon a row lies, 0 to 1; things are that large there.
  private func nearness(_ y: Float) -> Float { (y - horizon) / (height - horizon) }

  mutating func paintRoad(_ generator: inout some RandomNumberGenerator) {
    let (walk, tar) = (lit(150, 140, 130, &generator), lit(92, 92, 98, &generator))
    let line = lit(215, 210, 195, &generator)
    let half = width * .random(in: 0.45...0.65, using: &generator)
    let phase = Float.random(in: 0...1, using: &generator)
    let (street, middle) = (self, centre)
    canvas.paint(3, x: 0...width, y: horizon...height) { _, _ in walk }
    canvas.paint(
      2, x: 0...width, y: horizon...height,
      where: { x, y in abs(x - middle) < half * street.nearness(y) + 1 },
      colour: { x, y in
        let near = street.nearness(y)
        let dash = 1 / (near + 0.15) + phase
        let isLine = abs(x - middle) < 2.2 * near && dash - dash.rounded(.down) < 0.5
        return isLine ? line : tar
      })
  }

  mutating func paintTrees(_ generator: inout some RandomNumberGenerator) {
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let side: Float = Bool.random(using: &generator) ? -1 : 1
      let away = Float.random(in: 0.22...0.5, using: &generator)
      let (x, foot) = (centre + side * away * width, horizon + height * away * 0.35)
      let size = height * away * .random(in: 0.35...0.6, using: &generator)
      let crown = foot - size * 1.5
      let (bark, leaf) = (lit(80, 62, 48, &generator), lit(70, 105, 55, &generator))
      let trunk = size * 0.12
      canvas.paint(4, x: (x - trunk)...(x + trunk), y: crown...foot) { _, _ in bark }
      let (waves, turn) = (
        Float(Int.random(in: 5...8, using: &generator)),
        Float.random(in: 0...6, using: &generator)
      )
      canvas.paint(
        4, x: (x - size)...(x + size), y: (crown - size)...(crown + size),
        where: { px, py in
          let (dx, dy) = (px - x, py - crown)
          let edge = size * (0.85 + 0.12 * sinf(waves * atan2f(dy, dx) + turn))
          return dx * dx + dy * dy < edge * edge
        },
        colour: { px, py in leaf + 14 * sinf(px * 1.7) * sinf(py * 1.9 + turn) })
    }
  }

  /// Far ones first, each a body, a cabin with a window, two wheels.
  mutating func paintCars(_ generator: inout some RandomNumberGenerator) {
    let count = Int.random(in: 0...3, using: &generator)
    let places = (0..<count).map { _ in Float.random(in: 0.15...0.7, using: &generator) }
    for near in places.sorted() {
      let foot = horizon + near * (height - horizon)
      let side: Float = Bool.random(using: &generator) ? -1 : 1
      let x = centre + side * width * near * .random(in: 0.12...0.4, using: &generator)
      let half = width * 0.13 * (near + 0.15)
      let body = Colour.random(in: 30...230, using: &generator) * light
      let (glass, tyre) = (lit(50, 60, 72, &generator), lit(32, 32, 34, &generator))
      let top = foot - half * 1.35
      for wheel in [Float(-0.7), 0.7] {
        let middle = x + wheel * half
        canvas.paint(
          5, x: (middle - half * 0.2)...(middle + half * 0.2),
          y: (foot - half * 0.3)...(foot + half * 0.1)
        ) { _, _ in tyre }
      }
      canvas.paint(5, x: (x - half)...(x + half), y: (foot - half * 0.75)...(foot - half * 0.1)) {
        _, _ in body
      }
      canvas.paint(
        5, x: (x - half)...(x + half), y: top...(foot - half * 0.7),
        where: { px, py in abs(px - x) < half * (0.55 + 0.3 * (py - top) / (half * 0.65)) },
        colour: { px, py in
          abs(px - x) < half * 0.55 && py > top + half * 0.12 ? glass : body
        })
    }
  }
}
