/// A picture of the tape behind a result: every operation, its value and its gradient.
///
/// Taken before `backward()`, it keeps the nodes, so that the gradients can be read afterwards.
public struct Tape {
  public struct Entry {
    /// The name given to a parameter or by `named(_:)`.
    public let name: String?
    public let operation: String
    public let shape: [Int]
    /// The value, where it is a single number.
    public let value: Float?
    /// The entries it was made from.
    public let inputs: [Int]
    public let isParameter: Bool
    let node: Node

    /// The gradient of a single number; nil until `backward()` has run.
    public var gradient: Float? { node.gradient.flatMap { $0.count == 1 ? $0.item : nil } }
  }

  /// Inputs before results; the last entry is the result.
  public let entries: [Entry]

  public init(of result: Tensor, parameters: [(String, Parameter)] = []) {
    guard let root = result.node else {
      entries = []
      return
    }
    for (name, parameter) in parameters {
      parameter.leaf.name = name
      parameter.leaf.scalar = parameter.value.count == 1 ? parameter.value.item : nil
    }
    let order = root.topologicalOrder()
    var number: [ObjectIdentifier: Int] = [:]
    entries = order.enumerated().map { i, node in
      node.isOrdered = false
      node.keepsGradient = true
      number[ObjectIdentifier(node)] = i
      return Entry(
        name: node.name, operation: "\(node.operation)", shape: node.shape, value: node.scalar,
        inputs: node.edges.compactMap { number[ObjectIdentifier($0.input)] },
        isParameter: node.isLeaf, node: node)
    }
  }
}

extension Tensor {
  /// Names the result for drawings of the tape.
  public func named(_ name: String) -> Tensor {
    node?.name = name
    return self
  }
}
