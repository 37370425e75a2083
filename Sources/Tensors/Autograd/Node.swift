/// One operation on the tape: the nodes it came from and, for each, the way to carry the gradient
/// back to it.
final class Node {
  struct Edge {
    let input: Node
    let gradient: (Tensor) -> Tensor
  }

  let operation: StaticString
  let shape: [Int]
  /// The value, where the result is a single number: shown in drawings of the tape.
  var scalar: Float?
  var name: String?
  var edges: [Edge]
  var gradient: Tensor?
  /// A parameter: its gradient stays after `backward()`.
  let isLeaf: Bool
  var keepsGradient = false
  var isOrdered = false
  var isSpent = false

  init(_ operation: StaticString, shape: [Int], scalar: Float?, edges: [Edge]) {
    self.operation = operation
    self.shape = shape
    self.scalar = scalar
    self.edges = edges
    isLeaf = false
  }

  /// A leaf: a parameter.
  init(leaf shape: [Int]) {
    operation = "parameter"
    self.shape = shape
    edges = []
    isLeaf = true
  }

  /// Adds in place: a tensor used twice gets the sum of what flows back.
  func accumulate(_ gradient: Tensor) {
    if self.gradient == nil {
      self.gradient = gradient
    } else {
      self.gradient! += gradient
    }
  }

  // A long chain of nodes would free itself by recursion and overflow the stack (37,000 nodes did),
  // so the chain is taken apart here in a loop.
  deinit {
    var pending = edges.map(\.input)
    edges = []
    while var node = pending.popLast() {
      guard isKnownUniquelyReferenced(&node) else { continue }
      let edges = node.edges
      node.edges = []
      pending.append(contentsOf: edges.map(\.input))
    }
  }
}

/// Whether operations on parameters are recorded: on, but inside `withoutGradients`.
enum Recording {
  @TaskLocal static var isOn = true
}

/// Runs `body` without recording anything for `backward()`: for validation and for updates.
public func withoutGradients<T>(_ body: () throws -> T) rethrows -> T {
  try Recording.$isOn.withValue(false, operation: body)
}

extension Tensor {
  /// Puts this result on the tape: `gradient` turns the gradient of the result (`dy`) into that of `x`.
  ///
  ///     public func sigmoid() -> Tensor {
  ///       let y = mapped(.sigmoid)
  ///       return y.recorded(from: self) { dy in dy * y * (1 - y) }
  ///     }
  public func recorded(
    _ operation: StaticString = #function, from x: Tensor,
    gradient: @escaping (Tensor) -> Tensor
  ) -> Tensor {
    guard let input = x.node, Recording.isOn else { return self }
    return linked(operation, [Node.Edge(input: input, gradient: gradient)])
  }

  /// The same for an operation of two tensors: one gradient for each.
  public func recorded(
    _ operation: StaticString = #function, from a: Tensor, _ b: Tensor,
    gradient: @escaping (Tensor) -> Tensor, second: @escaping (Tensor) -> Tensor
  ) -> Tensor {
    guard a.node != nil || b.node != nil, Recording.isOn else { return self }
    var edges: [Node.Edge] = []
    if let input = a.node { edges.append(Node.Edge(input: input, gradient: gradient)) }
    if let input = b.node { edges.append(Node.Edge(input: input, gradient: second)) }
    return linked(operation, edges)
  }

  /// The same for any number of tensors.
  func recorded(
    _ operation: StaticString, fromAll inputs: [(Tensor, (Tensor) -> Tensor)]
  ) -> Tensor {
    let edges = inputs.compactMap { input, gradient in
      input.node.map { Node.Edge(input: $0, gradient: gradient) }
    }
    guard !edges.isEmpty, Recording.isOn else { return self }
    return linked(operation, edges)
  }

  private func linked(_ operation: StaticString, _ edges: [Node.Edge]) -> Tensor {
    var y = self
    y.node = Node(
      operation, shape: shape, scalar: count == 1 ? storage.start[0] : nil, edges: edges)
    return y
  }
}
