import DataPipeline
import Foundation

/// A sheet of pictures. Each is a PNG inside the SVG, enlarged without smoothing, so that its pixels are to be seen.
struct PictureSheetSVG {
  let sheet: PictureSheet

  private let width = 720.0
  private let margin = 16.0
  private let gap = 10.0
  private let tallest = 260.0
  private let fontSize = 11.0

  private var columns: Int {
    let count = max(sheet.pictures.count, 1)
    if let columns = sheet.columns { return min(max(columns, 1), count) }
    if count <= 4 { return count }
    // Rows as full as can be, with four to six pictures each.
    return [6, 5, 4].max { (count - 1) % $0 < (count - 1) % $1 } ?? 4
  }

  private var slot: Double { (width - 2 * margin + gap) / Double(columns) - gap }

  /// How large a picture is drawn.
  private func size(_ image: Image) -> (width: Double, height: Double) {
    let scale = min(slot / Double(image.width), tallest / Double(image.height))
    return (Double(image.width) * scale, Double(image.height) * scale)
  }

  private func captionLines(_ picture: PictureSheet.Picture) -> [String] {
    picture.caption.isEmpty
      ? [] : PlotSVG.wrapped(picture.caption, size: fontSize, width: slot + gap / 2)
  }

  var document: String {
    let lines = PlotSVG.wrapped(sheet.title, size: 15, width: width - 2 * margin)
    var parts = lines.enumerated().map {
      FigureStyle.text($1, x: margin, y: 27 + Double($0) * 20, size: 15, weight: "600")
    }
    var y = 22 + Double(lines.count) * 20
    let pictures = sheet.pictures
    for start in stride(from: 0, to: pictures.count, by: columns) {
      let row = pictures[start..<min(start + columns, pictures.count)]
      let height = row.map { size($0.image).height }.max() ?? 0
      for (column, picture) in row.enumerated() {
        parts.append(drawing(picture, column: column, y: y, rowHeight: height))
      }
      y += height + Double(row.map { captionLines($0).count }.max() ?? 0) * 14 + gap + 4
    }
    parts.append(legend(&y))
    return FigureStyle.document(
      id: sheet.id, title: sheet.title, alt: sheet.alt, width: width, height: y + 4,
      body: parts.filter { !$0.isEmpty }.joined(separator: "\n"))
  }

  private func drawing(
    _ picture: PictureSheet.Picture, column: Int, y: Double, rowHeight: Double
  ) -> String {
    let (w, h) = size(picture.image)
    let middle = margin + Double(column) * (slot + gap) + slot / 2
    let (left, top) = (middle - w / 2, y + rowHeight - h)
    let shown = picture.mask.map { MaskColors.overlay($0, on: picture.image) } ?? picture.image
    let data = Data(shown.png).base64EncodedString()
    let box =
      "x=\"\(FigureStyle.px(left))\" y=\"\(FigureStyle.px(top))\" "
      + "width=\"\(FigureStyle.px(w))\" height=\"\(FigureStyle.px(h))\""
    var parts = [
      "<image \(box) preserveAspectRatio=\"none\" image-rendering=\"pixelated\" "
        + "href=\"data:image/png;base64,\(data)\"/>",
      "<rect \(box) fill=\"none\" \(FigureStyle.paint(stroke: .border))/>",
    ]
    for point in picture.points?.points ?? [] {
      let x = left + Double(point.x) / Double(picture.image.width) * w
      let y = top + Double(point.y) / Double(picture.image.height) * h
      guard x >= left, x <= left + w, y >= top, y <= top + h else { continue }
      parts.append(
        "<circle cx=\"\(FigureStyle.px(x))\" cy=\"\(FigureStyle.px(y))\" r=\"4\" fill=\"none\" "
          + "stroke=\"#ffffff\" stroke-width=\"4\"/><circle cx=\"\(FigureStyle.px(x))\" "
          + "cy=\"\(FigureStyle.px(y))\" r=\"4\" fill=\"none\" "
          + "\(FigureStyle.paint(stroke: .vermilion)) stroke-width=\"2\"/>")
    }
    for (line, text) in captionLines(picture).enumerated() {
      parts.append(
        FigureStyle.text(
          text, x: middle, y: y + rowHeight + 14 + Double(line) * 14, size: fontSize, role: .soft,
          anchor: "middle"))
    }
    return parts.joined(separator: "\n")
  }

  /// The classes that occur, each a square of its colour and its name.
  private func legend(_ y: inout Double) -> String {
    let occurring = Set(sheet.pictures.flatMap { $0.mask?.classes ?? [] }).map { Int($0) }.sorted()
    let entries = occurring.filter { $0 < sheet.classes.count }
    if entries.isEmpty { return "" }
    var parts: [String] = []
    var x = margin
    y += 6
    for label in entries {
      let name = "\(label) \(sheet.classes[label])"
      let length = 18 + FigureStyle.textWidth(name, size: fontSize) + 14
      if x + length > width - margin, x > margin {
        x = margin
        y += 18
      }
      parts.append(
        "<rect x=\"\(FigureStyle.px(x))\" y=\"\(FigureStyle.px(y))\" width=\"12\" height=\"12\" "
          + "fill=\"\(MaskColors.hex(label))\" \(FigureStyle.paint(stroke: .border))/>")
      parts.append(
        FigureStyle.text(name, x: x + 18, y: y + 10, size: fontSize, role: .soft))
      x += length
    }
    y += 22
    return parts.joined(separator: "\n")
  }
}
