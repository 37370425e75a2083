import Testing

@testable import Notebook

@Suite struct RecurrentDrawingTests {
  private func arrows(_ dot: String, _ head: String) -> Int {
    dot.split(separator: "\n").count { $0.contains("->") && $0.contains("arrowhead=\(head)") }
  }

  @Test func everyArrowOfAnUnrolledNetIsDrawn() {
    let net = RecurrentDrawing(
      inputs: ["one", ",", "two"], outputs: [",", "two", ","], layers: 2, hidden: 64, words: 38)
    let dot = net.unrolled("net", "A net").dot
    // Three words through two layers: six inputs to hidden, six hidden to hidden, three outputs.
    #expect(arrows(dot, "normal") == 6)
    #expect(arrows(dot, "vee") == 6)
    #expect(arrows(dot, "onormal") == 3)
    #expect(net.arrows == (6, 6, 3))
  }

  @Test func oneOutputStandsOutsideTheLoopAndManyInside() throws {
    let last = RecurrentDrawing(inputs: ["one", ",", "two"], outputs: [","], hidden: 4, words: 5)
    let every = RecurrentDrawing(
      inputs: ["one", ",", "two"], outputs: [",", "two", ","], hidden: 4, words: 5)
    func inside(_ drawing: Drawing) throws -> Bool {
      let box = try #require(drawing.dot.range(of: "subgraph"))
      let end = try #require(drawing.dot[box.upperBound...].range(of: "}"))
      return drawing.dot[box.upperBound..<end.lowerBound].contains("shape=triangle")
    }
    #expect(try !inside(last.looped("a", "a")))
    #expect(try inside(every.looped("b", "b")))
  }

  @Test func graphvizDrawsAllForms() {
    let net = RecurrentDrawing(
      inputs: Array(repeating: "a \"quoted\" & <odd> word", count: 20),
      outputs: Array(repeating: ",", count: 20), layers: 2, hidden: 64, words: 38, gates: 3,
      start: "kept")
    for drawing in [net.looped("loop", "Loop"), net.unrolled("long", "Long")] {
      #expect(drawing.figure().problem == nil)
      #expect(drawing.figure().svg?.contains("<polygon") == true)
    }
  }
}
