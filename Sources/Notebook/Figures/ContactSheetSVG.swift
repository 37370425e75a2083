import Foundation

/// Small pictures in rows, with a caption under each.
struct ContactSheetSVG {
  let sheet: ContactSheet

  private let width = 720.0
  private let margin = 16.0

  /// The lines under each picture.
  private var captions: [[String]] { sheet.captions.map { $0.components("\n") } }

  private var captionHeight: Double {
    let lines = captions.map(\.count).max() ?? 0
    return lines == 0 ? 10 : 13 + 13 * Double(lines)
  }

  /// Columns and the side of one pixel, so that the sheet is filled and not too tall.
  private var layout: (columns: Int, pixel: Double) {
    let count = max(sheet.images.count, 1)
    let widest =
      captions.flatMap { $0 }.map { FigureStyle.textWidth($0, size: 11) }.max() ?? 0
    var best = (columns: 1, pixel: 1.0)
    var bestScore = -Double.infinity
    for columns in 1...min(count, 20) {
      let slot = (width - 2 * margin) / Double(columns) - 8
      let pixel = min((slot / Double(sheet.width) * 2).rounded(.down) / 2, 12)
      guard pixel >= 0.5, slot >= widest else { continue }
      let rows = (count + columns - 1) / columns
      let height = Double(rows) * (pixel * Double(sheet.height) + captionHeight)
      let empty = Double(rows * columns - count)
      let score = -abs(height - 300) - empty * 20 - (height > 640 ? 1000 : 0)
      if score > bestScore {
        bestScore = score
        best = (columns, pixel)
      }
    }
    return best
  }

  var document: String {
    let (columns, pixel) = layout
    let slot = (width - 2 * margin) / Double(columns)
    let lines = PlotSVG.wrapped(sheet.title, size: 15, width: width - 32)
    let top = 22 + Double(lines.count) * 20
    let rowHeight = pixel * Double(sheet.height) + captionHeight
    let rows = (sheet.images.count + columns - 1) / columns
    let height = top + Double(rows) * rowHeight + 10 + (sheet.diverging ? 18 : 0)
    var parts = lines.enumerated().map {
      FigureStyle.text($1, x: margin, y: 27 + Double($0) * 20, size: 15, weight: "600")
    }
    // One range for all pictures, so that they can be compared.
    let values = sheet.images.flatMap { $0 }.filter(\.isFinite).map { Double($0) }
    var low = values.min() ?? 0
    var high = values.max() ?? 1
    if sheet.diverging {
      high = max(abs(low), abs(high))
      low = -high
    }
    let map: ColorMap = sheet.diverging ? .diverging : .gray
    for (index, image) in sheet.images.enumerated() {
      let column = Double(index % columns)
      let x = margin + column * slot + (slot - pixel * Double(sheet.width)) / 2
      let y = top + Double(index / columns) * rowHeight
      let grid = stride(from: 0, to: image.count, by: sheet.width).map {
        image[$0..<$0 + sheet.width].map { Double($0) }
      }
      parts.append(map.paths(grid, low: low, high: high, x: x, y: y, cell: (pixel, pixel)))
      if index < sheet.overlays.count {
        let overlay = stride(from: 0, to: image.count, by: sheet.width).map {
          sheet.overlays[index][$0..<$0 + sheet.width].map { Double($0) }
        }
        let finite = overlay.joined().filter(\.isFinite)
        parts.append(
          "<g opacity=\"0.6\">"
            + ColorMap.sequential.paths(
              overlay, low: finite.min() ?? 0, high: finite.max() ?? 1, x: x, y: y,
              cell: (pixel, pixel)) + "</g>")
      }
      parts.append(
        "<rect x=\"\(FigureStyle.px(x))\" y=\"\(FigureStyle.px(y))\" "
          + "width=\"\(FigureStyle.px(pixel * Double(sheet.width)))\" "
          + "height=\"\(FigureStyle.px(pixel * Double(sheet.height)))\" fill=\"none\" "
          + FigureStyle.paint(stroke: .border) + "/>")
      for (row, line) in (index < captions.count ? captions[index] : []).enumerated() {
        parts.append(
          FigureStyle.text(
            line, x: margin + (column + 0.5) * slot,
            y: y + pixel * Double(sheet.height) + 14 + 13 * Double(row), size: 11, role: .soft,
            anchor: "middle"))
      }
    }
    if sheet.diverging {
      let bound = NumberText.short(high, digits: 3)
      parts.append(
        FigureStyle.text(
          "blue is negative, white is 0, red is positive; the scale ends at ±\(bound)", x: margin,
          y: height - 12, size: 11, role: .soft))
    }
    return FigureStyle.document(
      id: sheet.id, title: sheet.title, alt: sheet.alt, width: width, height: height,
      body: parts.joined(separator: "\n"))
  }
}
