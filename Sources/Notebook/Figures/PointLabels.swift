/// Words beside points, each at the first of four places where it meets no other word.
struct PointLabels {
  private let frame: PlotSVG
  private let points: [(x: Double, y: Double, text: String)]

  init(_ frame: PlotSVG, _ points: [(x: Double, y: Double, text: String)]) {
    self.frame = frame
    self.points = points
  }

  private struct Box {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    func meets(_ other: Box) -> Bool {
      x < other.x + other.width && other.x < x + width && y < other.y + other.height
        && other.y < y + height
    }
  }

  var body: String {
    let size = frame.small - 1
    var taken = points.map { Box(x: $0.x - 3, y: $0.y - 3, width: 6, height: 6) }
    return points.map { point in
      let width = FigureStyle.textWidth(point.text, size: size)
      // Right, left, above, below.
      let places = [
        (point.x + 6, point.y + 4), (point.x - 6 - width, point.y + 4),
        (point.x - width / 2, point.y - 7), (point.x - width / 2, point.y + 15),
      ]
      let boxes = places.map { Box(x: $0.0, y: $0.1 - size, width: width, height: size + 2) }
      func cost(_ index: Int) -> Int {
        let box = boxes[index]
        let isOutside = box.x < frame.left || box.x + box.width > frame.width - 8
        return taken.count { $0.meets(box) } * 10 + (isOutside ? 100 : 0) + index
      }
      let best = boxes.indices.min { cost($0) < cost($1) } ?? 0
      taken.append(boxes[best])
      let (x, anchor) =
        best == 0 ? (point.x + 6, "start") : best == 1 ? (point.x - 6, "end") : (point.x, "middle")
      return FigureStyle.text(
        point.text, x: x, y: places[best].1, size: size, anchor: anchor, halo: true)
    }.joined(separator: "\n")
  }
}
