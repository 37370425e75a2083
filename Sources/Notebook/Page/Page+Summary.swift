import NeuralNetworks

extension Page {
  /// A model's layers as a table.
  public func table(_ caption: String, _ summary: ModelSummary) {
    table(caption, columns: ModelSummary.columns, rows: summary.cells)
  }
}
