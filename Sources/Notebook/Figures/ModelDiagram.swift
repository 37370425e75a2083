import Foundation
import NeuralNetworks

// A model of many layers, or one whose layers are no plain chain: each layer a node, with what it costs, and the
// shapes on the arrows between them.
extension Drawing {
  /// `detail`: blocks that lie inside this many others are drawn as one node; as many are taken apart as the
  /// page has room for, if it is left out.
  public init(
    diagramOf trace: ModelTrace, detail: Int? = nil, id: String, title: String,
    caption: String? = nil
  ) {
    let outline = detail.map { ModelOutline(trace, detail: $0) } ?? ModelOutline(trace)
    let diagram = ModelDiagram(trace: trace, outline: outline)
    self.init(
      id, title, alt: diagram.alt, dot: diagram.dot, text: diagram.text, caption: caption)
  }
}

private struct ModelDiagram {
  let trace: ModelTrace
  let outline: ModelOutline

  var dot: String {
    """
    digraph model {
      nodesep=\(isUShaped ? 1.4 : 0.35); ranksep=0.3;
      node [shape=box, fontname="Helvetica", fontsize=11, color="#444444", fontcolor="\(NotesColours.ink)"];
      edge [color="\(NotesColours.arrows)", fontname="Helvetica", fontsize=10, arrowsize=0.7];
    \((inputs + members(of: nil, indent: "  ") + edges + output).joined(separator: "\n"))
      labelloc=b; fontname="Helvetica"; fontsize=10;
      label=<\(legend)>;
    }
    """
  }

  private var inputs: [String] {
    let read = Set(outline.edges.map(\.from))
    return trace.inputs.indices.filter { read.contains(.input($0)) }.map {
      "  i\($0) [label=\"input\", fillcolor=\"white\", style=\"rounded,filled\"];"
    }
  }

  /// The nodes of a group, and the groups inside it as boxes.
  private func members(of group: Int?, indent: String) -> [String] {
    var lines: [String] = []
    for (i, node) in outline.nodes.enumerated() where node.group == group {
      lines.append("\(indent)n\(i) \(attributes(node));")
    }
    for (i, inner) in outline.groups.enumerated() where inner.parent == group {
      let title = inner.count > 1 ? "\(inner.type) × \(inner.count)" : inner.type
      let border = inner.count > 1 ? "bold" : "solid"
      lines.append("\(indent)subgraph cluster\(i) {")
      lines.append(
        "\(indent)  label=\(DOT.quoted(title)); labelloc=t; labeljust=l; style=\"rounded,\(border)\"; color=\"#888888\"; fontname=\"Helvetica\"; fontsize=11;"
      )
      lines += members(of: i, indent: indent + "  ")
      lines.append("\(indent)}")
    }
    return lines
  }

  private func attributes(_ node: ModelOutline.Node) -> String {
    let steps = node.steps.map { trace.steps[$0] }
    let parameters = steps.reduce(0) { $0 + $1.parameterCount }
    let work = steps.reduce(0) { $0 + $1.multiplyAdds }
    let bytes = steps.reduce(0) { $0 + $1.activationBytes }
    let isFrozen =
      steps.contains(where: \.hasParameters)
      && steps.allSatisfy { !$0.hasParameters || $0.isFrozen }
    let isFunction = NotesColours.isFunction(node.types.last ?? "")
    if node.types == ["+"] || node.types == ["*"] {
      let sign = node.types == ["+"] ? "+" : "×"
      return
        "[label=\"\(sign)\", shape=circle, width=0.3, fixedsize=true, fontsize=14, fillcolor=\"\(NotesColours.products)\", style=filled]"
    }
    var rows = ["<b>\(escape(title(node)))</b>"]
    let times = node.count > 1 ? "\(node.count) × " : ""
    if work > 0 {
      rows.append("\(times)\(short(work).trimmingCharacters(in: .whitespaces)) multiply-adds")
    }
    if !steps[0].isOperation { rows.append("\(times)\(short(bytes))B of activations") }
    var cells = rows.map { "<tr><td>\($0)</td></tr>" }
    if steps.contains(where: \.hasParameters) {
      var count = "\(times)\(grouped(parameters)) parameters"
      if steps.contains(where: \.sharesParameters) {
        count = parameters == 0 ? "parameters of a layer above" : count + ", and of a layer above"
      }
      cells.append(
        "<tr><td border=\"1\" bgcolor=\"\(NotesColours.parameters)\">\(count)\(isFrozen ? ", frozen" : "")</td></tr>"
      )
    }
    var style = "rounded,filled"
    if isFrozen { style += ",dashed" } else if isFunction { style += ",bold" }
    let fill =
      node.isBlock ? "white" : isFunction ? NotesColours.functions : NotesColours.products
    return
      "[label=<<table border=\"0\" cellborder=\"0\" cellspacing=\"1\" cellpadding=\"1\">\(cells.joined())</table>>, fillcolor=\"\(fill)\", style=\"\(style)\", margin=\"0.08,0.04\", peripheries=\(node.count > 1 ? 2 : 1)]"
  }

  private var edges: [String] {
    outline.edges.map { edge in
      var (from, to) = (name(edge.from), "n\(edge.to)")
      let isLevel = isUShaped && crosses(edge)
      // A label between two nodes of one height makes Graphviz 2.43 free memory twice.
      let label = isLevel ? "xlabel" : "label"
      var attributes = "\(label)=\(DOT.quoted(" " + shapeText(edge.shape)))"
      if isUShaped && rises(edge) {
        // Laid out from the top down and drawn from the bottom up: the right side of the U.
        swap(&from, &to)
        attributes += ", dir=back, weight=10"
      } else if isLevel {
        attributes += ", constraint=false"
      } else {
        attributes += ", weight=\(skips(edge) ? 1 : 10)"
      }
      return "  \(from) -> \(to) [\(attributes)];"
    } + levels
  }

  /// In a U, both ends of a connection across stand at one height.
  private var levels: [String] {
    guard isUShaped else { return [] }
    return outline.edges.filter(crosses).map { "  {rank=same; \(name($0.from)); n\($0.to);}" }
  }

  private func name(_ end: ModelOutline.End) -> String {
    switch end {
    case .input(let i): "i\(i)"
    case .node(let i): "n\(i)"
    }
  }

  private func skips(_ edge: ModelOutline.Edge) -> Bool {
    switch edge.from {
    case .input: edge.to > 0
    case .node(let i): i + 1 < edge.to
    }
  }

  /// What comes out is a larger image than what went in.
  private func rises(_ edge: ModelOutline.Edge) -> Bool {
    let output = outline.nodes[edge.to].output
    guard output.count == 4, edge.shape.count == 4, !skips(edge) else { return false }
    return output[2] * output[3] > edge.shape[2] * edge.shape[3]
  }

  /// From the left side of a U to the right: the size has risen in between.
  private func crosses(_ edge: ModelOutline.Edge) -> Bool {
    guard skips(edge) else { return false }
    let from = if case .node(let i) = edge.from { i } else { -1 }
    return outline.edges.contains { $0.to > from + 1 && $0.to <= edge.to && rises($0) }
  }

  /// Images become larger again, twice or more, and meet what they were. Graphviz keeps no levels across the
  /// boxes of groups.
  private var isUShaped: Bool {
    outline.groups.isEmpty && outline.edges.count(where: rises) > 1
      && outline.edges.contains(where: crosses)
  }

  private var output: [String] {
    guard let last = outline.nodes.indices.last else { return [] }
    return [
      "  out [label=\"output\", fillcolor=\"white\", style=\"rounded,filled\"];",
      "  n\(last) -> out [label=\(DOT.quoted(" " + shapeText(trace.output))), weight=10];",
    ]
  }

  private var legend: String {
    func cell(_ text: String, _ colour: String, _ attributes: String) -> String {
      "<td \(attributes) bgcolor=\"\(colour)\"><font color=\"\(NotesColours.ink)\">\(text)</font></td>"
    }
    var cells = [
      "<td>red arrows: activations, with their shape</td>",
      cell("parameters", NotesColours.parameters, "border=\"1\""),
      cell("a product or a sum", NotesColours.products, "border=\"1\" style=\"rounded\""),
      cell("ends in a function", NotesColours.functions, "border=\"2\" style=\"rounded\""),
    ]
    if trace.steps.contains(where: \.isFrozen) { cells.append("<td>dashed: frozen</td>") }
    let isFolded =
      outline.nodes.contains { $0.count > 1 } || outline.groups.contains { $0.count > 1 }
    if isFolded { cells.append("<td>× n: n equal blocks, one after the other</td>") }
    // Two rows, so that a narrow drawing stays narrow.
    let half = (cells.count + 1) / 2
    let rows = [cells[..<half], cells[half...]].map { "<tr>\($0.joined())</tr>" }
    return "<table border=\"0\" cellspacing=\"6\" cellpadding=\"4\">\(rows.joined())</table>"
  }

  private func title(_ node: ModelOutline.Node) -> String {
    let title = node.types.joined(separator: " · ")
    return node.count > 1 ? "\(title) × \(node.count)" : title
  }

  private var lines: [String] {
    outline.nodes.map { node in
      let parameters = node.steps.reduce(0) { $0 + trace.steps[$1].parameterCount }
      let place = node.group.map { group in
        let inside = outline.groups[group]
        return inside.count > 1 ? "in \(inside.type) × \(inside.count): " : "in \(inside.type): "
      }
      return (place ?? "") + title(node)
        + (parameters > 0 ? ", \(grouped(parameters)) parameters" : "")
        + ", gives \(shapeText(node.output))"
    }
  }

  var text: String {
    let total = trace.steps.reduce(trace.otherParameterCount) { $0 + $1.parameterCount }
    return
      (["  input \(trace.inputs.map(shapeText).joined(separator: ", "))"]
      + lines.map { "  " + $0 } + ["  \(grouped(total)) parameters in all"]).joined(separator: "\n")
  }

  var alt: String {
    let skips = outline.edges.count(where: skips)
    return "From an input of shape \(trace.inputs.map(shapeText).joined(separator: " and ")): "
      + lines.joined(separator: "; then ") + "."
      + (skips > 0 ? " \(skips) connections skip layers." : "")
  }

  private func escape(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
      .replacingOccurrences(of: ">", with: "&gt;")
  }
}

/// 1814073344 as "1.81 G".
private func short(_ number: Int) -> String {
  for (unit, size) in [("G", 1e9), ("M", 1e6), ("k", 1e3)] where Double(number) >= size {
    return String(format: "%.3g ", Double(number) / size) + unit
  }
  return "\(number) "
}
