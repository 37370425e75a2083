extension Plot {
  /// The plot drawn, with a text version for the terminal.
  var figure: Figure {
    let height = self.height
    let document = FigureStyle.document(
      id: id, title: title, alt: alt, width: 720, height: height,
      body: PlotSVG(self, width: 720, height: height).body)
    return Figure(
      id: id, title: title, alt: alt, caption: caption, svg: document,
      text: TextPlot(self).text)
  }

  private var height: Double {
    for layer in layers {
      if case .matrix(let rows, _) = layer {
        return min(max(110 + Double(rows.count) * 36, 240), 620)
      }
      if case .heatmap = layer { return 460 }
    }
    return 400
  }
}

extension PlotGrid {
  var figure: Figure {
    let columns = min(self.columns, max(plots.count, 1))
    let rows = (plots.count + columns - 1) / columns
    let width = max(720, Double(columns) * 240)
    let cell = (width - 16) / Double(columns)
    let cellHeight = columns == 1 ? 220.0 : columns == 2 ? 250 : 220
    let lines = PlotSVG.wrapped(title, size: 15, width: width - 32)
    let top = 18 + Double(lines.count) * 20
    var parts = lines.enumerated().map {
      FigureStyle.text($1, x: 16, y: 27 + Double($0) * 20, size: 15, weight: "600")
    }
    for (index, plot) in plots.enumerated() {
      var plot = plot
      plot.id = "\(id)-\(index)"
      let x = 8 + Double(index % columns) * cell
      let y = top + Double(index / columns) * cellHeight
      parts.append(
        "<g transform=\"translate(\(FigureStyle.px(x)) \(FigureStyle.px(y)))\">\n"
          + PlotSVG(plot, width: cell, height: cellHeight, isSmall: true).body + "\n</g>")
    }
    let document = FigureStyle.document(
      id: id, title: title, alt: alt, width: width,
      height: top + Double(rows) * cellHeight + 8, body: parts.joined(separator: "\n"))
    return Figure(id: id, title: title, alt: alt, caption: caption, svg: document)
  }
}

extension ContactSheet {
  var figure: Figure {
    Figure(
      id: id, title: title, alt: alt, caption: caption, svg: ContactSheetSVG(sheet: self).document)
  }
}
