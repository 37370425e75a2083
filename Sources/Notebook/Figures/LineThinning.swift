/// Fewer points for the same picture: every pixel column keeps its first, lowest, highest and last.
enum LineThinning {
  /// Lines up to this long are drawn as they are.
  static let limit = 2000

  static func thinned(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    guard points.count > limit else { return points }
    var result: [(x: Double, y: Double)] = []
    var start = 0
    while start < points.count {
      let column = points[start].x.rounded()
      var end = start
      while end < points.count, points[end].x.rounded() == column { end += 1 }
      let indices = start..<end
      let lowest = indices.min { points[$0].y < points[$1].y } ?? start
      let highest = indices.max { points[$0].y < points[$1].y } ?? start
      for index in Set([start, lowest, highest, end - 1]).sorted() { result.append(points[index]) }
      start = end
    }
    return result
  }
}
