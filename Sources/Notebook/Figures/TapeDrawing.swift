import Foundation
import Tensors

extension Drawing {
  /// The tape behind a result: an operation a node, with its value and, once `backward()` has run,
  /// its gradient. Parameters are yellow with a double border.
  public init(of tape: Tape, id: String, title: String, caption: String? = nil) {
    var lines: [String] = []
    var text: [String] = []
    for (i, entry) in tape.entries.enumerated() {
      let name = entry.name.map { entry.isParameter ? $0 : "\($0) = \(entry.operation)" }
      let value = entry.value.map(number) ?? "\(entry.shape)"
      let gradient = entry.gradient.map(number) ?? "not run yet"
      let label = [name ?? entry.operation, "value \(value)", "gradient \(gradient)"]
      let fill = entry.isParameter ? NotesColours.parameters : NotesColours.products
      lines.append(
        """
        n\(i) [label=\(DOT.quoted(label.joined(separator: "\n"))), fillcolor="\(fill)", \
        style="\(entry.isParameter ? "filled" : "rounded,filled")", peripheries=\(entry.isParameter ? 2 : 1)];
        """)
      for input in entry.inputs { lines.append("n\(input) -> n\(i);") }
      text.append("  \(label.joined(separator: "   "))")
    }
    let dot = """
      digraph tape {
        rankdir=LR; nodesep=0.25; ranksep=0.4;
        node [shape=box, fontname="Helvetica", fontsize=11, color="#444444", fontcolor="\(NotesColours.ink)"];
        edge [arrowsize=0.7];
      \(lines.map { "  " + $0 }.joined(separator: "\n"))
      }
      """
    self.init(
      id, title,
      alt: text.map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "; ") + ".",
      dot: dot, text: text.joined(separator: "\n"), caption: caption)
  }
}

private func number(_ x: Float) -> String { String(format: "%.6g", Double(x)) }
