import Tensors

/// A trace in the form that a drawing shows: blocks inside blocks, equal blocks in a row folded into one, and
/// a layer together with the normalisation and the activation function that follow it.
public struct ModelOutline {
  /// A layer with what follows it, an operation, or a block that is not taken apart.
  public struct Node {
    /// Of the trace; of the first copy, where equal blocks are folded.
    public fileprivate(set) var steps: [Int]
    /// "Convolution2d", "BatchNorm", "relu"; of a block its type alone.
    public fileprivate(set) var types: [String]
    public let isBlock: Bool
    /// How many equal blocks this one stands for.
    public let count: Int
    /// The innermost group that it lies in.
    public let group: Int?
    /// The shape of what it gives.
    public fileprivate(set) var output: [Int]
  }

  /// A block that is taken apart.
  public struct Group {
    public let type: String
    /// How many equal blocks, one after the other, this one stands for.
    public let count: Int
    public let parent: Int?
  }

  public enum End: Hashable, Sendable {
    case input(Int)
    case node(Int)
  }

  public struct Edge: Hashable, Sendable {
    public let from: End
    public let to: Int
    public let shape: [Int]
  }

  public private(set) var nodes: [Node] = []
  public private(set) var groups: [Group] = []
  public private(set) var edges: [Edge] = []

  private let trace: ModelTrace
  private var representative: [Int]

  /// As detailed as `limit` nodes allow, and at least the parts of the model itself.
  public init(
    _ trace: ModelTrace, limit: Int = 32, file: StaticString = #fileID, line: UInt = #line
  ) {
    expect(
      limit > 0, "ModelOutline expects a limit of 1 node or more, got \(limit)", file: file,
      line: line)
    let deepest = (trace.blocks.map(\.depth).max() ?? 0) + 1
    self.init(trace, detail: deepest)
    for detail in stride(from: deepest - 1, through: 1, by: -1) where nodes.count > limit {
      self.init(trace, detail: detail)
    }
  }

  /// Blocks that lie inside `detail` others are not taken apart.
  public init(
    _ trace: ModelTrace, detail: Int, file: StaticString = #fileID, line: UInt = #line
  ) {
    expect(
      detail >= 0, "ModelOutline expects a detail of 0 or more, got \(detail)", file: file,
      line: line)
    self.trace = trace
    representative = Array(trace.steps.indices)
    add(Self.tree(trace), detail: detail, group: nil)
    joinFollowers()
    connect()
  }

  // MARK: Nesting and folding

  private indirect enum Item {
    case step(Int)
    case block(ModelTrace.Block, [Item])
  }

  private static func tree(_ trace: ModelTrace) -> [Item] {
    // Outer blocks first; of two with the same steps the later one is outside.
    var rest = trace.blocks.enumerated().filter { !$0.element.steps.isEmpty }.sorted { a, b in
      let (x, y) = (a.element.steps, b.element.steps)
      if x.lowerBound != y.lowerBound { return x.lowerBound < y.lowerBound }
      if x.upperBound != y.upperBound { return x.upperBound > y.upperBound }
      return a.offset > b.offset
    }.map(\.element)[...]
    func inside(_ range: Range<Int>) -> [Item] {
      var items: [Item] = []
      var next = range.lowerBound
      while next < range.upperBound {
        if let block = rest.first, block.steps.lowerBound == next,
          block.steps.upperBound <= range.upperBound
        {
          rest.removeFirst()
          items.append(.block(block, inside(block.steps)))
          next = block.steps.upperBound
        } else {
          items.append(.step(next))
          next += 1
        }
      }
      return items
    }
    return inside(trace.steps.indices)
  }

  private mutating func add(_ items: [Item], detail: Int, group: Int?) {
    var i = 0
    while i < items.count {
      switch items[i] {
      case .step(let step):
        nodes.append(
          Node(
            steps: [step], types: [trace.steps[step].type], isBlock: false, count: 1, group: group,
            output: trace.steps[step].output))
        i += 1
      case .block(let block, let inner):
        var count = 1
        var previous = block
        while i + count < items.count, case .block(let next, _) = items[i + count],
          isRepetition(next, of: previous)
        {
          for (a, b) in zip(next.steps, block.steps) { representative[a] = b }
          previous = next
          count += 1
        }
        i += count
        if block.depth >= detail {
          nodes.append(
            Node(
              steps: Array(block.steps), types: [title(block, inner)], isBlock: true,
              count: count, group: group, output: block.output))
        } else if count == 1 && (block.depth == 0 || block.type == "Sequential") {
          add(inner, detail: detail, group: group)
        } else {
          groups.append(Group(type: block.type, count: count, parent: group))
          add(inner, detail: detail, group: groups.count - 1)
        }
      }
    }
  }

  /// A sequence of nothing but blocks of one type says so.
  private func title(_ block: ModelTrace.Block, _ inner: [Item]) -> String {
    let types = inner.map { item in
      if case .block(let block, _) = item { block.type } else { "" }
    }
    guard block.type == "Sequential", let type = types.first, !type.isEmpty, types.count > 1,
      types.allSatisfy({ $0 == type })
    else { return block.type }
    return "\(types.count) \(type)s"
  }

  /// The same layers in the same order, fed by nothing but the block before.
  private func isRepetition(_ block: ModelTrace.Block, of other: ModelTrace.Block) -> Bool {
    guard block.type == other.type, block.steps.count == other.steps.count else { return false }
    for (i, j) in zip(block.steps, other.steps) {
      let (a, b) = (trace.steps[i], trace.steps[j])
      guard a.type == b.type, a.output == b.output, a.sources.count == b.sources.count,
        a.isFrozen == b.isFrozen, a.sharesParameters == b.sharesParameters,
        a.parameters.map(\.shape) == b.parameters.map(\.shape)
      else { return false }
      for (s, t) in zip(a.sources, b.sources) {
        let inside = position(of: s, in: block)
        guard inside == position(of: t, in: other), inside != nil || s == other.source else {
          return false
        }
      }
    }
    return true
  }

  private func position(of source: ModelTrace.Source, in block: ModelTrace.Block) -> Int? {
    guard case .step(let step) = source, block.steps.contains(step) else { return nil }
    return step - block.steps.lowerBound
  }

  // MARK: Joining and connecting

  /// Draws normalisation and functions in the node of the layer before, if nothing else reads its output.
  private mutating func joinFollowers() {
    var readers: [Int: Set<Int>] = [:]
    let drawn = Set(nodes.flatMap(\.steps))
    for step in drawn {
      for case .step(let source) in trace.steps[step].sources {
        readers[representative[source], default: []].insert(step)
      }
    }
    var joined: [Node] = []
    for node in nodes {
      let step = trace.steps[node.steps[0]]
      if !node.isBlock, Self.followers.contains(step.type), step.sources.count == 1,
        case .step(let source) = step.sources[0], readers[representative[source]]?.count == 1,
        let place = joined.lastIndex(where: { $0.steps.last == representative[source] }),
        !joined[place].isBlock, joined[place].group == node.group
      {
        joined[place].steps += node.steps
        joined[place].types += node.types
        joined[place].output = node.output
      } else {
        joined.append(node)
      }
    }
    nodes = joined
  }

  private static let followers = activationFunctions.union([
    "BatchNorm", "LayerNorm", "GroupNorm", "InstanceNorm2d", "Dropout", "VariationalDropout",
  ])

  private mutating func connect() {
    var place: [Int: Int] = [:]
    for (i, node) in nodes.enumerated() { for step in node.steps { place[step] = i } }
    var seen: Set<Edge> = []
    for (i, node) in nodes.enumerated() {
      for step in node.steps {
        for (source, shape) in zip(trace.steps[step].sources, trace.steps[step].inputs) {
          let from: End
          switch source {
          case .input(let input): from = .input(input)
          case .step(let step):
            guard let node = place[representative[step]], node != i else { continue }
            from = .node(node)
          }
          let edge = Edge(from: from, to: i, shape: shape)
          if seen.insert(edge).inserted { edges.append(edge) }
        }
      }
    }
  }
}
