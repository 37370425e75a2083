import Unrolled

/// He et al.'s figure 2 and the notes' form, side by side, from a traced block.
func drawBlocks(_ page: Page) {
  var generator = SeededGenerator(seed: page.seed)
  let notes = ResBlock(64, using: &generator)
  let he = ResBlock(
    Sequential(convolution(64, &generator), ReLU()), convolution(64, &generator))
  page.draw(
    Drawing(
      "residual-block", "A residual block: He et al.'s figure 2, and the notes' form",
      alt:
        "Left: x, weight layer, ReLU, weight layer, a circle with a plus where x comes in along an arc, then ReLU. Right: convolution, ReLU and batch norm twice, the plus, and no ReLU after it.",
      dot: """
        digraph blocks {
          rankdir=TB; nodesep=0.4; ranksep=0.3; fontname="Helvetica";
          node [shape=box, fontname="Helvetica", fontsize=11, color="#444444", fontcolor="#1b1b1b", style="filled"];
          edge [color="#c0392b", fontname="Helvetica", fontsize=11, arrowsize=0.7];
        \(column("h", "He et al. 2015, fig. 2", he, isReLULast: true))
        \(column("n", "the notes and the course", notes, isReLULast: false))
        }
        """,
      text: """
          x ──┬── weight layer ── ReLU ── weight layer ──(+)── ReLU ──      He et al. 2015, fig. 2
              └──────────────── identity ─────────────────┘
          x ──┬── conv ── ReLU ── norm ── conv ── ReLU ── norm ──(+)──      the notes and the course
              └──────────────────── identity ─────────────────────┘
        """,
      caption: "Boxes with a double border hold parameters; the counts are those of 64 channels."))
}

private func convolution(_ channels: Int, _ generator: inout SeededGenerator) -> Convolution2d {
  Convolution2d(channels, channels, kernel: 3, padding: 1, hasBias: false, using: &generator)
}

/// One block as a column: the layers that ran, the sum, and the arc of the identity.
private func column(_ id: String, _ title: String, _ block: ResBlock, isReLULast: Bool) -> String {
  let steps = ModelTrace(block, on: .zeros([2, 64, 14, 14])).steps
  var lines = ["\(id)0 [label=\"x\\n64 × 14 × 14\", shape=ellipse, fillcolor=white];"]
  // The last step is the sum that the trace found, with x and F(x) as its sources.
  let sum = steps.count
  for (i, step) in steps.enumerated() {
    let label = step.hasParameters ? "\(step.type)\n\(step.parameterCount)" : step.type
    let fill =
      step.isOperation ? "#aed6f1" : step.hasParameters ? "#f7dc6f" : "#d7bde2"
    lines.append(
      "\(id)\(i + 1) [label=\(DOT.quoted(label)), fillcolor=\"\(fill)\", peripheries=\(step.hasParameters ? 2 : 1), shape=\(step.isOperation ? "circle" : "box")];"
    )
    for source in step.sources {
      switch source {
      case .step(let from):
        let word = i + 1 == sum ? "label=\" F(x)\", fontcolor=\"#c0392b\", " : ""
        lines.append("\(id)\(from + 1) -> \(id)\(i + 1) [\(word)weight=20];")
      case .input where step.isOperation:
        lines.append(
          "\(id)0:e -> \(id)\(i + 1):e [label=\" x, identity\", weight=0, fontcolor=\"#2e86c1\", color=\"#2e86c1\", penwidth=2, style=dashed];"
        )
      case .input: lines.append("\(id)0 -> \(id)\(i + 1) [weight=20];")
      }
    }
  }
  lines.append(
    "\(id)\(sum + 1) [label=\"\(isReLULast ? "ReLU" : "F(x) + x")\", shape=\(isReLULast ? "box" : "ellipse"), fillcolor=\"\(isReLULast ? "#d7bde2" : "white")\"];"
  )
  lines.append("\(id)\(sum) -> \(id)\(sum + 1) [weight=20];")
  lines.insert(
    "\(id)t [label=\(DOT.quoted(title)), shape=plain, style=\"\", fontsize=13, fontcolor=black];",
    at: 0)
  lines.append("\(id)t -> \(id)0 [style=invis, weight=20];")
  return "  " + lines.joined(separator: "\n  ")
}

/// The notes' sketch of a dense net: each block's input copied beside its result, boxes as wide as they have channels.
func denseDrawing(_ channels: [Int], _ blocks: [DenseBlock]) -> Drawing {
  let widest = Double(channels.last ?? 1)
  func width(_ channels: Int) -> String { text(7.8 * Double(channels) / widest, 2) }
  var lines = [
    "x0 [label=\"x: \(channels[0])\", width=\(width(channels[0])), fillcolor=\"#aed6f1\"];"
  ]
  for (i, block) in blocks.enumerated() {
    let (before, after) = (channels[i], channels[i + 1])
    lines += [
      "f\(i + 1) [label=\"Conv2(Conv1(·)): \(after - before)\\n\(block.parameterCount) parameters\", width=\(width(after - before)), fillcolor=\"#f7dc6f\", peripheries=2];",
      """
      x\(i + 1) [label=<<table border="0" cellborder="1" cellspacing="0" cellpadding="6"><tr><td port="copy" bgcolor="#aed6f1" width="\(pixels(before, widest))">copied: \(before)</td><td bgcolor="#d7bde2" width="\(pixels(after - before, widest))">new: \(after - before)</td></tr></table>>, shape=plain, style=""];
      """,
      "x\(i) -> f\(i + 1);", "f\(i + 1) -> x\(i + 1);",
      "x\(i) -> x\(i + 1):copy [style=dashed, color=\"#2e86c1\", penwidth=2, label=\" copy\", fontcolor=\"#2e86c1\"];",
    ]
  }
  return Drawing(
    "dense-blocks", "Three dense blocks in the notes' form: the input is copied along",
    alt:
      "Boxes from top to bottom, as wide as they have channels: \(channels.map(String.init).joined(separator: ", ")). Each is the one before it, copied, and beside it as many new channels from two convolutions.",
    dot: """
      digraph dense {
        rankdir=TB; nodesep=0.5; ranksep=0.35;
        node [shape=box, fontname="Helvetica", fontsize=11, color="#444444", fontcolor="#1b1b1b", style="filled"];
        edge [color="#c0392b", fontname="Helvetica", fontsize=11, arrowsize=0.7];
        \(lines.joined(separator: "\n  "))
      }
      """,
    text: zip(channels, channels.dropFirst()).map { before, after in
      "  [\(before)] ── conv, conv ──> [\(before) copied | \(after - before) new]"
    }.joined(separator: "\n"))
}

private func pixels(_ channels: Int, _ widest: Double) -> Int {
  max(24, Int(560 * Double(channels) / widest))
}
