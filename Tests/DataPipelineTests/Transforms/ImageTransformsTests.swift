import DataPipeline
import Foundation
import Tensors
import Testing

@Suite struct ImageTransformsTests {
  private static let reference = ResamplingReference.all

  /// fastai's own functions say where each place of the new picture looks, in a picture of 40 × 30; the chain in one of 40 × 40,
  /// since fastai corrects the proportions of the product of turn and zoom, which moves a zoom's place off.
  @Test(arguments: reference.maps)
  private func transformsLookWhereTheCoursesDo(_ map: ResamplingReference.Map) {
    let n = map.numbers
    var view = ImageView(width: 40, height: 30)
    switch map.kind {
    case "rotation": view.transformKeepingAngles(Rotation.map(degrees: n[0]))
    case "zoom": view.transform(Zoom.map(scale: n[0], row: n[1], column: n[2]))
    case "dihedral": view.transformKeepingAngles(Dihedral.map(Int(n[0])))
    case "warp": view.transform(PerspectiveWarp.map(n))
    default:
      view = ImageView(width: 40, height: 40)
      view.transformKeepingAngles(Rotation.map(degrees: n[0]))
      view.transform(Zoom.map(scale: n[1], row: n[2], column: n[3]))
      view.transform(PerspectiveWarp.map(Array(n[4...])))
    }
    for (i, place) in Self.reference.places.enumerated() {
      let (x, y) = view.map(x: place[0], y: place[1])
      // Seven digits are printed.
      #expect(abs(x - map.looksAt[2 * i]) < 1e-6 && abs(y - map.looksAt[2 * i + 1]) < 1e-6)
    }
  }

  /// A whole range of light: 256 greys as a picture. Tolerance: logit and back in single precision; at the darkest and brightest
  /// value 10⁻⁷ is kept from 0 and 1 with one digit.
  @Test func lightIsTheCourses() {
    let greys = Image(width: 16, height: 16, channels: 1, pixels: Array(0...255))
    #expect(Self.reference.lights.count == 4)
    for light in Self.reference.lights {
      var view = ImageView(width: 16, height: 16)
      var generator = SeededGenerator(seed: 1)
      Brightness(change: light.change...light.change)(&view, using: &generator)
      Contrast(scale: light.contrast...light.contrast)(&view, using: &generator)
      expectClose(view.tensor(greys).values, light.values, within: 1e-6)
    }
  }

  @Test func theEightPositionsOfASquareAreEightPictures() {
    let square = Image(width: 3, height: 3, channels: 1, pixels: [1, 2, 3, 4, 5, 6, 7, 8, 9])
    let pictures = (0..<8).map { k -> [UInt8] in
      var view = ImageView(width: 3, height: 3)
      view.transformKeepingAngles(Dihedral.map(k))
      return view(square).pixels
    }
    #expect(pictures[0] == [1, 2, 3, 4, 5, 6, 7, 8, 9])
    #expect(pictures[1] == [3, 2, 1, 6, 5, 4, 9, 8, 7])
    #expect(pictures[2] == [7, 8, 9, 4, 5, 6, 1, 2, 3])
    #expect(pictures[4] == [1, 4, 7, 2, 5, 8, 3, 6, 9])
    #expect(Set(pictures).count == 8)
  }

  /// A turn by 90° counter-clockwise brings the right side to the top.
  @Test func aPositiveTurnIsCounterClockwise() {
    let square = Image(width: 3, height: 3, channels: 1, pixels: [1, 2, 3, 4, 5, 6, 7, 8, 9])
    var view = ImageView(width: 3, height: 3)
    view.transformKeepingAngles(Rotation.map(degrees: 90))
    #expect(view(square).pixels == [3, 6, 9, 2, 5, 8, 1, 4, 7])
  }

  @Test func aHomographyTakesItsPointsToItsTargetsAndBack() {
    let points: [(x: Double, y: Double)] = [(-1, -1), (-1, 1), (1, -1), (1, 1)]
    let targets: [(x: Double, y: Double)] = [(-1.1, -0.8), (-0.9, 1.3), (1.2, -1.0), (0.7, 0.9)]
    let map = Homography(from: points, to: targets)
    for (p, q) in zip(points, targets) {
      let there = map(x: p.x, y: p.y)
      #expect(abs(there.x - q.x) < 1e-12 && abs(there.y - q.y) < 1e-12)
      let back = map.inverse(x: q.x, y: q.y)
      #expect(abs(back.x - p.x) < 1e-12 && abs(back.y - p.y) < 1e-12)
    }
  }

  /// How often and how far: over 4,000 draws, four standard errors of each share and mean.
  @Test func theUsualListDrawsItsShares() {
    var generator = SeededGenerator(seed: 3)
    let draws = 4000
    var (same, mirrored, lit) = (0, 0, 0)
    for _ in 0..<draws {
      let list = ImageTransforms(ImageTransforms.usual(warp: 0), size: 10)
      let view = list.draw(width: 10, height: 10, using: &generator)
      let m = view.map.m
      if m[0] < 0 { mirrored += 1 }
      if m[1] == 0 && abs(m[0]) == 1 { same += 1 }
      if view.contrast != 1 { lit += 1 }
      #expect(m[0].magnitude <= 1 && m[0].magnitude >= cos(Double.pi / 18) / 1.1)
      #expect(view.contrast >= 0.8 && view.contrast <= 1.25)
    }
    func expectShare(_ count: Int, _ share: Double) {
      let error = (share * (1 - share) / Double(draws)).squareRoot()
      #expect(abs(Double(count) / Double(draws) - share) < 4 * error)
    }
    expectShare(mirrored, 0.5)
    expectShare(same, 0.25 * 0.25)
    expectShare(lit, 0.75)
  }

  @Test func withoutStrengthNothingIsDrawn() {
    var generator = SeededGenerator(seed: 3)
    let list = ImageTransforms.usual(flip: false, rotation: 0, zoom: 1, lighting: 0, warp: 0)
    let view = ImageTransforms(list, size: 10).draw(width: 10, height: 10, using: &generator)
    #expect(view.map == .identity && view.contrast == 1 && view.brightness == 0)
    #expect(view.left == 0 && view.top == 0)
  }
}
