import Unrolled

/// The notes' picture of the last layer: the old matrix struck out, below it the two new ones, from the two nets that
/// ran. The body's boxes are dashed where frozen.
func transferDrawing(before: ModelTrace, after: ModelTrace) -> Drawing {
  var picture = TransferPicture()
  picture.body(after)
  picture.cutOff(before)
  picture.newHead(after)
  return Drawing(
    "transfer", "What happens to the last layer",
    alt: """
      From an image through a body whose boxes are dashed, since frozen, to its features. There the old last matrix is struck out; below stand the new head's \
      pooling, batch norms and dropouts, two matrices with a ReLU between, and the loss.
      """,
    dot: """
      digraph transfer {
        nodesep=0.5; ranksep=0.28;
        node [shape=box, fontname="Helvetica", fontsize=11, color="#707070", fontcolor="\(NotesColours.ink)", style="rounded,filled"];
        edge [color="\(NotesColours.arrows)", fontcolor="\(NotesColours.arrows)", fontname="Helvetica", fontsize=11, arrowsize=0.7];
      \(picture.lines.map { "  " + $0 }.joined(separator: "\n"))
        labelloc=b; fontname="Helvetica"; fontsize=10;
        label=<\(TransferPicture.legend)>;
      }
      """,
    text: picture.text.joined(separator: "\n"),
    caption:
      "Of the dashed boxes only γ and β of batch norm learn. Sizes are those of one image.")
}

private struct TransferPicture {
  var lines: [String] = []
  var text: [String] = []

  /// The image, the body's blocks, and the features that come out.
  mutating func body(_ trace: ModelTrace) {
    lines.append("image [label=\"image\\n\(shape(trace.inputs[0]))\", fillcolor=white];")
    text.append("  image \(shape(trace.inputs[0]))")
    var from = "image"
    let outline = ModelOutline(trace, detail: 2)
    for (i, node) in outline.nodes.enumerated() where isIn("body", node, of: trace) {
      let steps = node.steps.map { trace.steps[$0] }
      let count = steps.reduce(0) { $0 + $1.parameterCount }
      let free = steps.reduce(0) { $0 + $1.trainableCount }
      let name = node.types.joined(separator: ", ")
      let state = free == count ? "" : free == 0 ? ", frozen" : ", frozen but for batch norm"
      lines.append(
        "b\(i) [label=\(DOT.quoted("\(name)\n\(grouped(count)) parameters\(state)")), shape=box, fillcolor=\"\(NotesColours.parameters)\", style=\"filled\(free < count ? ",dashed" : "")\", peripheries=2];"
      )
      lines.append("\(from) -> b\(i) [weight=10];")
      text.append("  → \(name): \(grouped(count)) parameters\(state)")
      from = "b\(i)"
    }
    let features = trace.blocks.first { $0.name == "body" }?.output ?? []
    lines.append(
      "features [label=\"features\\n\(shape(features))\", fillcolor=\"\(NotesColours.functions)\", style=\"rounded,filled,bold\"];"
    )
    lines.append("\(from) -> features [weight=10];")
    text.append("  → features \(shape(features))")
  }

  /// The old head, struck out.
  mutating func cutOff(_ trace: ModelTrace) {
    guard let matrix = trace.steps.last(where: { $0.hasParameters }) else { return }
    let size = shape(matrix.parameters[0].shape)
    let classes = shape(trace.output)
    let red = NotesColours.arrows
    lines.append(
      """
      old [label=<<table border="0" cellborder="0"><tr><td><font color="\(red)" point-size="26">✗</font></td><td><s>last matrix</s><br/><s>\(size)</s></td></tr></table>>, \
      shape=box, fillcolor="\(NotesColours.parameters)", style=filled, peripheries=2, color="\(red)"];
      """)
    lines.append("oldClasses [label=<<s>\(classes)</s>>, fillcolor=\"\(NotesColours.products)\"];")
    lines.append("features -> old [style=dotted, arrowhead=tee, label=\" cut\"];")
    lines.append("old -> oldClasses [style=dotted];")
    text.append("      ✗ cut off: last matrix \(size), to \(classes)")
  }

  /// The new head, layer by layer, and the loss behind it.
  mutating func newHead(_ trace: ModelTrace) {
    var from = "features"
    var waiting: [String] = []
    for (i, step) in trace.steps.enumerated() where step.name.hasPrefix("head.") {
      let output = shape(step.output)
      if step.type == "Linear" {
        let size = shape(step.parameters[0].shape)
        let label = "\(waiting.joined(separator: ", "))"
        lines.append(
          "m\(i) [label=\"new matrix\\n\(size)\", shape=box, fillcolor=\"\(NotesColours.parameters)\", style=filled, peripheries=2];"
        )
        lines.append("\(from) -> m\(i) [label=\(DOT.quoted(" " + label)), weight=5];")
        lines.append("a\(i) [label=\"\(output)\", fillcolor=\"\(NotesColours.products)\"];")
        lines.append("m\(i) -> a\(i) [weight=5];")
        text.append("  → \(label) → new matrix \(size) → \(output)")
        (from, waiting) = ("a\(i)", [])
      } else if step.type == "ReLU" {
        lines.append(
          "a\(i) [label=\"\(output)\", fillcolor=\"\(NotesColours.functions)\", style=\"rounded,filled,bold\"];"
        )
        lines.append("\(from) -> a\(i) [label=\" ReLU\", weight=5];")
        text.append("  → ReLU → \(output)")
        from = "a\(i)"
      } else {
        let count = step.parameterCount > 0 ? " (\(grouped(step.parameterCount)))" : ""
        waiting.append(step.type + count)
      }
    }
    lines.append("loss [label=\"loss\\n(cross entropy)\", fillcolor=white];")
    lines.append("\(from) -> loss [label=\" softmax\", weight=5];")
    text.append("  → softmax → loss (cross entropy)")
  }

  private func isIn(_ part: String, _ node: ModelOutline.Node, of trace: ModelTrace) -> Bool {
    node.steps.contains { trace.steps[$0].name.hasPrefix(part + ".") }
  }

  private func shape(_ shape: [Int]) -> String {
    shape.map(String.init).joined(separator: " × ")
  }

  static let legend: String = {
    func cell(_ text: String, _ colour: String, _ attributes: String) -> String {
      "<td \(attributes) bgcolor=\"\(colour)\"><font color=\"\(NotesColours.ink)\">\(text)</font></td>"
    }
    let rows = [
      "<td>red arrows: layers</td>" + cell("parameters", NotesColours.parameters, "border=\"3\""),
      cell("activations, of a product", NotesColours.products, "border=\"1\" style=\"rounded\"")
        + cell(
          "activations, of a function", NotesColours.functions, "border=\"2\" style=\"rounded\""),
    ]
    return
      "<table border=\"0\" cellspacing=\"6\" cellpadding=\"4\">\(rows.map { "<tr>\($0)</tr>" }.joined())<tr><td colspan=\"2\">dashed: frozen; ✗ and struck through: cut off</td></tr></table>"
  }()
}
