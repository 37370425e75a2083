extension Page {
  /// A line of text, as it is.
  public func print(_ text: String) { add(.text(text)) }

  /// A tensor: its shape, and its values where they are few or their range where they are many.
  public func show(_ name: String, shape: [Int], values: [Float]) {
    add(.text(TensorText.lines(name, shape: shape, values: values)))
  }

  /// A number.
  public func show(_ name: String, _ value: Double) {
    add(.text("\(name)  \(NumberText.short(value))"))
  }

  /// A number.
  public func show(_ name: String, _ value: Float) { show(name, Double(value)) }

  /// A whole number.
  public func show(_ name: String, _ value: Int) { add(.text("\(name)  \(value)")) }

  /// A text.
  public func show(_ name: String, _ value: String) { add(.text("\(name)  \(value)")) }

  /// True or false.
  public func show(_ name: String, _ value: Bool) { add(.text("\(name)  \(value)")) }

  /// A shape alone.
  public func show(_ name: String, shape: [Int]) {
    add(.text("\(name)  [\(shape.map(String.init).joined(separator: ", "))]"))
  }

  /// A table; columns of numbers are aligned to the right.
  public func table(_ caption: String, columns: [String], rows: [[String]]) {
    for (index, row) in rows.enumerated() {
      precondition(
        row.count == columns.count,
        "table \"\(caption)\" has \(columns.count) columns, row \(index) has \(row.count) cells")
    }
    add(.table(Table(caption: caption, columns: columns, rows: rows)))
  }

  /// A plot.
  public func plot(_ plot: Plot) { add(figure: plot.figure) }

  /// Several plots side by side in one picture.
  public func plot(_ grid: PlotGrid) { add(figure: grid.figure) }

  /// Small pictures in rows, such as digits or the weights of a layer.
  public func plot(_ sheet: ContactSheet) { add(figure: sheet.figure) }

  /// Pictures in rows with captions, masks and points.
  public func plot(_ sheet: PictureSheet) { add(figure: sheet.figure) }

  /// A drawing, laid out by Graphviz.
  public func draw(_ drawing: Drawing) { add(figure: drawing.figure()) }

  private func add(figure: Figure) {
    claimID("figure", figure.id)
    add(.figure(figure))
  }
}
