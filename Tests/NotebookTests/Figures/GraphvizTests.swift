import Foundation
import Testing

@testable import Notebook

@Suite struct GraphvizTests {
  /// Graphviz by itself sorts subgraphs by the addresses of their names, which differ from run to run.
  @Test func clustersAreDrawnInTheOrderOfTheText() throws {
    for lengths in [[300, 1], [1, 300], [40, 300, 1, 90]] {
      let names = lengths.enumerated().map { "cluster_\($0)" + String(repeating: "x", count: $1) }
      let boxes = names.map { "subgraph \($0) { label=\"\($0)\"; n\($0) }" }
      let svg = try Graphviz.svg(of: "digraph { \(boxes.joined(separator: "\n")) }")
      let titles = svg.matches(of: /<g id="clust\d+" class="cluster">\s*<title>([^<]*)<\/title>/)
      #expect(titles.map { String($0.output.1) } == names)
    }
  }
}
