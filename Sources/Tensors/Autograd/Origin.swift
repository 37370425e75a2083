/// Where a tensor came from: one operation, and the origins of what it was made from.
///
/// For pictures of a model. A tensor off the tape has none.
package struct Origin: Hashable {
  let node: Node

  package var operation: String { "\(node.operation)" }
  package var shape: [Int] { node.shape }
  /// What `backward()` left: of a leaf only.
  package var gradient: Tensor? { node.gradient }
  package var inputs: [Origin] { node.edges.map { Origin(node: $0.input) } }
  /// A parameter, or a tensor that `marked()` made a beginning.
  package var isLeaf: Bool { node.isLeaf }

  package static func == (a: Origin, b: Origin) -> Bool { a.node === b.node }
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(node)) }
}

extension Tensor {
  package var origin: Origin? { node.map(Origin.init) }

  /// The same numbers as a new beginning: what they were made from is forgotten, what is made from them
  /// leads back here.
  package func marked() -> Tensor {
    var tensor = detached()
    tensor.node = Node(leaf: shape)
    return tensor
  }
}

/// Runs `body` with every operation recorded, also inside `withoutGradients`.
package func recordingOperations<T>(_ body: () throws -> T) rethrows -> T {
  try Recording.$isOn.withValue(true, operation: body)
}
