import NeuralNetworks

/// The notes' colour code: parameters yellow, activations blue (results of a product) and purple
/// (results of an activation function), layers red arrows. Shape and border say the same without
/// colour.
public enum NotesColours {
  public static let parameters = "#f7dc6f"
  public static let products = "#aed6f1"
  public static let functions = "#d7bde2"
  public static let arrows = "#c0392b"
  public static let ink = "#1b1b1b"

  /// A layer or operation that changes each number by a function.
  static func isFunction(_ type: String) -> Bool {
    activationFunctions.contains(type)
  }
}

extension Drawing {
  /// A model as it ran. A short chain is drawn as the notes do: activations as rounded boxes with their shapes,
  /// parameters as boxes with a double border and their counts, layers as arrows. Any other is a diagram.
  public init(of trace: ModelTrace, id: String, title: String, caption: String? = nil) {
    guard trace.isShortChain else {
      self.init(diagramOf: trace, id: id, title: title, caption: caption)
      return
    }
    var lines: [String] = []
    var text: [String] = []
    let input = trace.steps.first?.input ?? []
    lines.append(node("a0", "input\n\(shapeText(input))", fill: "white", style: "rounded,filled"))
    var total = 0
    for (i, step) in trace.steps.enumerated() {
      let (from, to) = ("a\(i)", "a\(i + 1)")
      let shape = shapeText(step.output)
      if step.hasParameters {
        total += step.parameterCount
        let names = step.parameters.map { "\($0.name) \(shapeText($0.shape))" }
        let label = (names + [count(step.parameterCount)]).joined(separator: "\n")
        lines.append(
          node(
            "p\(i)", label, fill: NotesColours.parameters,
            style: step.isFrozen ? "filled,dashed" : "filled", peripheries: 2))
        lines.append(edge(from, "p\(i)", label: step.type, hasHead: false))
        lines.append(edge("p\(i)", to))
        lines.append(node(to, shape, fill: NotesColours.products, style: "rounded,filled"))
        text.append("  \(step.type)  \(names.joined(separator: ", "))  → \(shape)")
      } else {
        lines.append(edge(from, to, label: step.type))
        lines.append(
          node(to, shape, fill: NotesColours.functions, style: "rounded,filled,bold"))
        text.append("  \(step.type)  → \(shape)")
      }
    }
    let dot = """
      digraph model {
        rankdir=LR; nodesep=0.25; ranksep=0.3;
        node [shape=box, fontname="Helvetica", fontsize=11, color="#444444", fontcolor="\(NotesColours.ink)"];
        edge [color="\(NotesColours.arrows)", fontname="Helvetica", fontsize=11, arrowsize=0.7];
      \(lines.map { "  " + $0 }.joined(separator: "\n"))
        labelloc=b; fontname="Helvetica"; fontsize=10;
        label=<<table border="0" cellspacing="8" cellpadding="5"><tr>
          <td>layers: red arrows</td>
          <td border="3" bgcolor="\(NotesColours.parameters)"><font color="\(NotesColours.ink)">parameters</font></td>
          <td border="1" style="rounded" bgcolor="\(NotesColours.products)"><font color="\(NotesColours.ink)">activations, of a product</font></td>
          <td border="2" style="rounded" bgcolor="\(NotesColours.functions)"><font color="\(NotesColours.ink)">activations, of a function</font></td>
        </tr></table>>;
      }
      """
    let steps = trace.steps.map { step in
      "\(step.type) to \(shapeText(step.output))"
        + (step.hasParameters ? " with \(count(step.parameterCount))" : "")
    }
    self.init(
      id, title,
      alt: "From an input of shape \(shapeText(input)): \(steps.joined(separator: ", then ")).",
      dot: dot,
      text: (["  input \(shapeText(input))"] + text + ["  \(count(total)) in all"])
        .joined(separator: "\n"),
      caption: caption)
  }
}

extension ModelTrace {
  /// Few layers, each fed by the one before.
  fileprivate var isShortChain: Bool {
    steps.count <= 8 && inputs.count == 1
      && steps.enumerated().allSatisfy { i, step in
        !step.isOperation && step.sources == [i == 0 ? .input(0) : .step(i - 1)]
      }
  }
}

func shapeText(_ shape: [Int]) -> String {
  shape.map(String.init).joined(separator: " × ")
}

private func count(_ parameters: Int) -> String { "\(grouped(parameters)) parameters" }

private func node(
  _ id: String, _ label: String, fill: String, style: String, peripheries: Int = 1
) -> String {
  """
  \(id) [label=\(DOT.quoted(label)), fillcolor="\(fill)", style="\(style)", peripheries=\(peripheries)];
  """
}

private func edge(
  _ from: String, _ to: String, label: String = "", hasHead: Bool = true
) -> String {
  """
  \(from) -> \(to) [xlabel="", label=\(DOT.quoted(label)), fontcolor="\(NotesColours.arrows)", arrowhead=\(hasHead ? "normal" : "none")];
  """
}
