import Tensors

/// A model as a table: a row for each layer that ran, and for each operation between layers, with its shape
/// and its costs; then the sums.
public struct ModelSummary {
  public struct Row: Equatable, Sendable {
    /// "layers.0"; empty for an operation.
    public var name: String
    public var type: String
    public var output: [Int]
    public var parameters = 0
    public var trainable = 0
    public var multiplyAdds = 0
    /// 4 bytes a number of the output; for a block, of all outputs inside.
    public var activationBytes = 0
  }

  public private(set) var rows: [Row] = []
  public private(set) var total: Row

  /// `detail`: blocks that lie inside this many others become one row. All are taken apart if it is left out.
  public init(
    _ trace: ModelTrace, detail: Int? = nil, file: StaticString = #fileID, line: UInt = #line
  ) {
    expect(
      detail ?? 0 >= 0, "ModelSummary expects a detail of 0 or more, got \(detail ?? 0)",
      file: file, line: line)
    total = Row(name: "", type: "sum", output: trace.output)
    var next = 0
    while next < trace.steps.count {
      let first = trace.steps[next]
      var row = Row(name: first.name, type: first.type, output: first.output)
      var range = next..<(next + 1)
      let block = trace.blocks.last { $0.depth == detail && $0.steps.first == next }
      if let block {
        (row.name, row.type, range) = (block.name, block.type, block.steps)
        row.output = block.output
      }
      for step in trace.steps[range] { row.add(step) }
      rows.append(row)
      next = range.upperBound
    }
    if trace.otherParameterCount > 0 {
      rows.append(
        Row(
          name: "", type: "used outside of layers", output: [],
          parameters: trace.otherParameterCount, trainable: trace.otherTrainableCount))
    }
    for row in rows {
      total.parameters += row.parameters
      total.trainable += row.trainable
      total.multiplyAdds += row.multiplyAdds
      total.activationBytes += row.activationBytes
    }
  }

  public static let columns = [
    "layer", "type", "output", "parameters", "trainable", "multiply-adds", "activation bytes",
  ]

  /// The table's cells, the sums last.
  public var cells: [[String]] {
    (rows + [total]).map { row in
      [
        row.name, row.type, row.output.map(String.init).joined(separator: " × "),
        grouped(row.parameters), grouped(row.trainable), grouped(row.multiplyAdds),
        grouped(row.activationBytes),
      ]
    }
  }

  /// The table in text of a fixed width, a line a row.
  public var text: String {
    let lines = [Self.columns] + cells
    let widths = Self.columns.indices.map { column in
      lines.map { $0[column].count }.max() ?? 0
    }
    return lines.map { line in
      var text = line.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - line[column].count)
        return column < 3 ? line[column] + space : space + line[column]
      }.joined(separator: "  ")
      while text.last == " " { text.removeLast() }
      return text
    }.joined(separator: "\n")
  }
}

extension ModelSummary.Row {
  fileprivate mutating func add(_ step: ModelTrace.Step) {
    parameters += step.parameterCount
    trainable += step.trainableCount
    multiplyAdds += step.multiplyAdds
    activationBytes += step.activationBytes
  }
}

/// 11689512 as 11,689,512.
public func grouped(_ number: Int) -> String {
  var text = ""
  for (i, digit) in String(number.magnitude).reversed().enumerated() {
    if i > 0 && i % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return (number < 0 ? "-" : "") + String(text.reversed())
}
