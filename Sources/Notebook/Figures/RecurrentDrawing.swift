/// A recurrent net in the notes' signs, as a loop or unrolled word by word.
///
/// Rectangle: a word that is read. Circle: a hidden state. Triangle: a word that is said. Green: input to
/// hidden, orange: hidden to hidden, blue: hidden to output. Arrow heads say the same without colour, and
/// arrows of one kind on one layer are one matrix.
///
/// Made from what a model read and said: the words of a row, its layers and its sizes.
public struct RecurrentDrawing: Sendable {
  public var inputs: [String]
  /// The words to be said: one after the last input, or one after each.
  public var outputs: [String]
  public var layers: Int
  /// Numbers of a hidden state.
  public var hidden: Int
  /// Words of the vocabulary.
  public var words: Int
  /// How many matrices the cell has for its input, and as many for its state: 1 in an RNN, 3 in a GRU, 4
  /// in an LSTM. Nil if the embedding is added to the state as it is.
  public var gates: Int?
  /// What the first state is: "zeros", or "kept".
  public var start: String

  public init(
    inputs: [String], outputs: [String], layers: Int = 1, hidden: Int, words: Int,
    gates: Int? = nil, start: String = "zeros"
  ) {
    precondition(
      !inputs.isEmpty && layers > 0 && (outputs.count == 1 || outputs.count == inputs.count),
      "RecurrentDrawing expects inputs, and one output or one after each of the \(inputs.count) inputs"
    )
    self.inputs = inputs
    self.outputs = outputs
    self.layers = layers
    self.hidden = hidden
    self.words = words
    self.gates = gates
    self.start = start
  }

  public var saysEveryWord: Bool { outputs.count == inputs.count && inputs.count > 1 }

  /// How many arrows of each colour the unrolled net has.
  public var arrows: (green: Int, orange: Int, blue: Int) {
    (inputs.count * layers, inputs.count * layers, outputs.count)
  }

  /// The net without its loop: a column of circles for each word.
  public func unrolled(_ id: String, _ title: String, caption: String? = nil) -> Drawing {
    var lines: [String] = []
    for (t, word) in inputs.enumerated() {
      lines.append(rectangle("x\(t)", word))
      for layer in 0..<layers {
        lines.append(circle("h\(layer)_\(t)"))
        let from = layer == 0 ? "x\(t)" : "h\(layer - 1)_\(t)"
        lines.append(Arrow.green.edge(from, "h\(layer)_\(t)"))
      }
    }
    for layer in 0..<layers {
      lines.append(point("s\(layer)"))
      let states = ["s\(layer)"] + inputs.indices.map { "h\(layer)_\($0)" }
      for (from, to) in zip(states, states.dropFirst()) {
        lines.append(Arrow.orange.edge(from, to))
      }
      lines.append("{ rank=same; \(states.joined(separator: "; ")) }")
    }
    for (i, word) in outputs.enumerated() {
      let t = inputs.count - outputs.count + i
      lines += triangle("y\(i)", word)
      lines.append(Arrow.blue.edge("h\(layers - 1)_\(t)", "y\(i)"))
    }
    lines.append("{ rank=same; \(inputs.indices.map { "x\($0)" }.joined(separator: "; ")) }")
    return drawing(id, title, lines, lookOf: unrolledText, unrolledAlt, caption)
  }

  /// The net as it is written: a loop in a dashed box, one box a layer.
  public func looped(_ id: String, _ title: String, caption: String? = nil) -> Drawing {
    let n = inputs.count
    var lines: [String] = []
    for layer in 0..<layers {
      var inside = [circle("h\(layer)"), Arrow.orange.edge("h\(layer)", "h\(layer)")]
      if layer == 0 { inside.append(rectangle("x", n > 1 ? "word t" : inputs[0])) }
      if layer == layers - 1, saysEveryWord { inside += triangle("y", "word t + 1") }
      lines.append(
        """
        subgraph cluster_\(layer) {
          style=dashed; color="#808080"; fontname="Helvetica"; fontsize=11; labeljust=l; labelloc=\(layer == 0 ? "t" : "b");
          label=\(DOT.quoted("for t in 1 … \(n)\(layers > 1 ? ", layer \(layer + 1)" : "")"));
          \(inside.joined(separator: "\n    "))
        }
        """)
      lines.append(point("s\(layer)"))
      lines.append(Arrow.orange.edge("s\(layer)", "h\(layer)", isLevel: false))
      lines.append(
        Arrow.green.edge(layer == 0 ? "x" : "h\(layer - 1)", "h\(layer)", isDotted: layer > 0))
    }
    if !saysEveryWord { lines += triangle("y", n > 1 ? "word \(n + 1)" : outputs[0]) }
    lines.append(Arrow.blue.edge("h\(layers - 1)", "y"))
    return drawing(id, title, lines, lookOf: loopedText, loopedAlt, caption)
  }

  // MARK: Words for the terminal, and for those who cannot see

  private var chain: String {
    (0..<layers).map { _ in "(\(hidden))" }.joined(separator: " → ")
  }

  private var unrolledText: String {
    var lines = ["  start: \(start)"]
    let width = inputs.map(\.count).max() ?? 0
    for (t, word) in inputs.enumerated() {
      let padded = "[\(word)]" + String(repeating: " ", count: width - word.count)
      let i = t - (inputs.count - outputs.count)
      lines.append("  \(padded) → \(chain)" + (i >= 0 ? " → △ \(outputs[i])" : ""))
    }
    return (lines + ["  down the page, each circle feeds the one below it"])
      .joined(separator: "\n")
  }

  private var loopedText: String {
    let inside = "[word t] → \(chain)"
    return saysEveryWord
      ? "  start: \(start)\n  for t in 1 … \(inputs.count):  \(inside) → △ word t + 1"
      : "  start: \(start)\n  for t in 1 … \(inputs.count):  \(inside)\n  then → △ word \(inputs.count + 1)"
  }

  private var unrolledAlt: String {
    """
    \(inputs.count) rectangles with the words \(inputs.joined(separator: " ")); above each \
    \(layers == 1 ? "a circle" : "\(layers) circles"), joined from left to right from \(start); \
    \(saysEveryWord ? "above each a triangle with the words" : "above the last a triangle with the word") \
    \(outputs.joined(separator: " ")).
    """
  }

  private var loopedAlt: String {
    """
    \(layers == 1 ? "A dashed box" : "\(layers) dashed boxes, one over the other,") with a circle that \
    points at itself, fed by a word and by \(start); the triangle with the next word stands \
    \(saysEveryWord ? "inside the loop" : "outside the loop").
    """
  }

  // MARK: Signs

  private enum Arrow {
    case green, orange, blue

    func edge(_ from: String, _ to: String, isLevel: Bool = true, isDotted: Bool = false) -> String
    {
      let style = isDotted ? ", style=dotted, penwidth=2, minlen=2" : ""
      return switch self {
      case .green: "\(from) -> \(to) [color=\"\(colour)\", arrowhead=normal\(style)];"
      case .orange:
        "\(from) -> \(to) [color=\"\(colour)\", arrowhead=vee, penwidth=1.6\(isLevel ? "" : ", constraint=false")];"
      case .blue: "\(from) -> \(to) [color=\"\(colour)\", arrowhead=onormal];"
      }
    }

    var colour: String {
      switch self {
      case .green: "#1e8e4e"
      case .orange: "#d9730d"
      case .blue: "#2f7fc1"
      }
    }
  }

  private func rectangle(_ id: String, _ word: String) -> String {
    "\(id) [shape=box, style=filled, fillcolor=\"#d5f0df\", label=\(DOT.quoted(word))];"
  }

  private func circle(_ id: String) -> String {
    "\(id) [shape=circle, style=filled, fillcolor=\"#fbe3c8\", fixedsize=true, width=0.5, label=\"\(hidden)\"];"
  }

  private func point(_ id: String) -> String {
    "\(id) [shape=plaintext, label=\(DOT.quoted(start))];"
  }

  /// A triangle with its word above it.
  private func triangle(_ id: String, _ word: String) -> [String] {
    [
      "\(id) [shape=triangle, style=filled, fillcolor=\"#d3e6f7\", fixedsize=true, width=0.42, height=0.42, label=\"\"];",
      "\(id)_word [shape=plaintext, height=0.2, label=\(DOT.quoted(word))];",
      "\(id) -> \(id)_word [style=invis, minlen=1];",
    ]
  }

  private func drawing(
    _ id: String, _ title: String, _ lines: [String], lookOf text: String, _ alt: String,
    _ caption: String?
  ) -> Drawing {
    let wide = (gates ?? 1) == 1 ? "\(hidden)" : "\(gates ?? 1)·\(hidden)"
    let then = gates == nil ? "" : ", then \(hidden) × \(wide)"
    let legend = [
      (Arrow.green, "filled head: input → hidden, \(words) × \(hidden)\(then)"),
      (.orange, "open head: hidden → hidden, \(hidden) × \(wide)"),
      (.blue, "hollow head: hidden → output, \(hidden) × \(words)"),
    ].map { "<tr><td align=\"left\"><font color=\"\($0.0.colour)\">\($0.1)</font></td></tr>" }
      .joined()
    let dot = """
      digraph recurrent {
        rankdir=BT; nodesep=0.2; ranksep=0.25;
        node [fontname="Helvetica", fontsize=11, color="#606060", margin="0.06,0.03", height=0.3];
        edge [arrowsize=0.8];
      \(lines.joined(separator: "\n").split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
        labelloc=b; fontname="Helvetica"; fontsize=10;
        label=<<table border="0" cellspacing="1">\(legend)</table>>;
      }
      """
    return Drawing(id, title, alt: alt, dot: dot, text: text, caption: caption)
  }
}
