import Foundation

/// A line plot in characters: dots of Braille for one line, a sign for each of several.
struct TextPlot {
  private let plot: Plot
  private let rows = 10
  private let columns = 58

  init(_ plot: Plot) { self.plot = plot }

  /// Nil if there is no line to show.
  var text: String? {
    var lines: [(name: String, points: [(x: Double, y: Double)])] = []
    for layer in plot.layers {
      if case .line(let name, let points, let style) = layer, style != .faint {
        lines.append((name, points))
      }
    }
    guard (1...4).contains(lines.count) else { return nil }
    let extent = PlotExtent(plot)
    let dots = lines.count == 1 ? (2, 4) : (1, 1)
    let x = PlotScale(
      range: extent.x, kind: plot.x.scale, start: 0, end: Double(columns * dots.0 - 1))
    let y = PlotScale(
      range: extent.y, kind: plot.y.scale, start: Double(rows * dots.1 - 1), end: 0)
    let paths = lines.map { Self.places($0.points, x, y) }
    let canvas =
      lines.count == 1 ? braille(paths[0]) : signs(paths)
    return framed(canvas, x.range, y.range, names: lines.map(\.name))
  }

  /// The dots that joined points pass through.
  private static func places(
    _ points: [(x: Double, y: Double)], _ x: PlotScale, _ y: PlotScale
  ) -> [(Int, Int)] {
    var result: [(Int, Int)] = []
    var last: (Double, Double)?
    for point in points {
      guard let a = x(point.x), let b = y(point.y) else {
        last = nil
        continue
      }
      let from = last ?? (a, b)
      let steps = min(max(Int(max(abs(a - from.0), abs(b - from.1)).rounded(.up)), 1), 1000)
      for step in 0...steps {
        let part = Double(step) / Double(steps)
        let place = (from.0 + (a - from.0) * part, from.1 + (b - from.1) * part)
        if abs(place.0) < 1e6, abs(place.1) < 1e6 {
          result.append((Int(place.0.rounded()), Int(place.1.rounded())))
        }
      }
      last = (a, b)
    }
    return result
  }

  private func braille(_ path: [(Int, Int)]) -> [[Character]] {
    let bits: [[UInt32]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
    var cells = [[UInt32]](repeating: [UInt32](repeating: 0, count: columns), count: rows)
    for (x, y) in path where (0..<columns * 2).contains(x) && (0..<rows * 4).contains(y) {
      cells[y / 4][x / 2] |= bits[y % 4][x % 2]
    }
    return cells.map { row in
      row.map { $0 == 0 ? " " : Character(Unicode.Scalar(0x2800 + $0) ?? " ") }
    }
  }

  private static let signs: [Character] = ["●", "+", "×", "○"]

  private func signs(_ paths: [[(Int, Int)]]) -> [[Character]] {
    var cells = [[Character]](repeating: [Character](repeating: " ", count: columns), count: rows)
    for (path, sign) in zip(paths, Self.signs) {
      for (x, y) in path where (0..<columns).contains(x) && (0..<rows).contains(y) {
        cells[y][x] = sign
      }
    }
    return cells
  }

  private func framed(
    _ canvas: [[Character]], _ x: ClosedRange<Double>, _ y: ClosedRange<Double>, names: [String]
  ) -> String {
    let high = NumberText.short(y.upperBound, digits: 3)
    let low = NumberText.short(y.lowerBound, digits: 3)
    let width = max(high.count, low.count)
    var lines: [String] = []
    if names.count > 1 {
      lines.append(zip(Self.signs, names).map { "\($0) \($1)" }.joined(separator: "   "))
    }
    lines.append(plot.y.label)
    for (index, row) in canvas.enumerated() {
      let label = index == 0 ? high : index == rows - 1 ? low : ""
      var text = TextWrap.padded(label, to: width, right: true) + " │" + String(row)
      while text.last == " " { text.removeLast() }
      lines.append(text)
    }
    let left = NumberText.short(x.lowerBound, digits: 3)
    let right = NumberText.short(x.upperBound, digits: 3)
    let indent = String(repeating: " ", count: width + 1)
    lines.append(indent + "└" + String(repeating: "─", count: columns))
    let room = columns - left.count - right.count
    let label = plot.x.label.count + 2 <= room ? plot.x.label : ""
    let before = String(repeating: " ", count: (room - label.count) / 2)
    let after = String(repeating: " ", count: room - label.count - before.count)
    lines.append(indent + " " + left + before + label + after + right)
    return lines.joined(separator: "\n")
  }
}
