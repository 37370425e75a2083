import Unrolled

extension RecurrentDrawing {
  /// A model of this lesson with one row of words: sizes and layers are read from its parameters, the
  /// number of triangles from what it says.
  init(_ model: any NextWordModel, reading row: [String], saying next: [String]) {
    let shapes = Dictionary(
      uniqueKeysWithValues: model.namedParameters.map { ($0.name, $0.parameter.value.shape) })
    let table = shapes["inputToHidden.weight"] ?? [0, 0]
    let cells = shapes.filter { $0.key.hasSuffix(".hiddenWeight") }
    self.init(
      inputs: row, outputs: model.saysEveryWord ? next : next.suffix(1),
      layers: max(1, cells.count), hidden: table[1], words: table[0],
      gates: (cells.values.first?[0]).map { $0 / table[1] })
  }
}
