extension Tensor {
  /// Back propagation: fills `grad` of every parameter that this single number was made from.
  ///
  /// The chain rule, from the result to the parameters. A node may pass its gradient on only when
  /// everything made from it has added its share, so the nodes are taken in reverse topological
  /// order. Gradients add to those already there: zero them between steps.
  public func backward(file: StaticString = #fileID, line: UInt = #line) {
    expect(
      count == 1, "backward() starts from a single number, got shape \(shape)", file: file,
      line: line)
    guard let root = node else {
      fatalError(
        "backward() found no @Parameter behind this number: was it computed without gradients?",
        file: file, line: line)
    }
    expect(
      !root.isSpent, "backward() ran through this tape before: compute the loss again",
      file: file, line: line)
    withoutGradients {
      root.accumulate(.ones(shape))
      for node in root.topologicalOrder().reversed() {
        node.isOrdered = false
        guard !node.isLeaf, let dy = node.gradient else { continue }
        expect(
          !node.isSpent,
          "backward() reached a part of the tape that an earlier backward() used up: compute it again, or detach the state that is carried on",
          file: file, line: line)
        for edge in node.edges {
          let gradient = edge.gradient(dy)
          expect(
            gradient.shape == edge.input.shape,
            "backward(): \(node.operation) gave a gradient of shape \(gradient.shape) for an input of shape \(edge.input.shape)",
            file: file, line: line)
          edge.input.accumulate(gradient)
        }
        node.edges = []  // frees what the closures held
        node.isSpent = true
        if !node.keepsGradient { node.gradient = nil }
      }
    }
  }
}

extension Node {
  /// Every node behind this one, inputs before results. A loop: recursion would overflow the stack.
  func topologicalOrder() -> [Node] {
    var order: [Node] = []
    var path: [(node: Node, next: Int)] = [(self, 0)]
    isOrdered = true
    while let (node, next) = path.last {
      if next < node.edges.count {
        path[path.count - 1].next += 1
        let input = node.edges[next].input
        if !input.isOrdered {
          input.isOrdered = true
          path.append((input, 0))
        }
      } else {
        order.append(node)
        path.removeLast()
      }
    }
    return order
  }
}
