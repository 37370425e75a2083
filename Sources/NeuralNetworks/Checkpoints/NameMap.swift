import Tensors

/// How a model's parameters and buffers are called elsewhere, and which of them lie transposed there.
///
/// PyTorch's names follow from the layers (`gamma` of a `BatchNorm` is `weight` there, the weight of a
/// `Linear` is stored as `[outputs, inputs]`) and from how a model's author called its parts:
///
///     NameMap(model, renaming: [("norm1", "bn1"), ("stages.0", "layer1")])
public struct NameMap {
  public struct Entry: Equatable, Sendable {
    public let ours: String
    public let theirs: String
    public let isTransposed: Bool
  }

  public private(set) var entries: [Entry] = []
  /// Names over there that nothing here needs.
  public private(set) var ignored: Set<String>

  /// PyTorch's names of a model: `renaming` replaces runs of whole words in the path to a layer, in order,
  /// everywhere or in the paths that begin with a word.
  /// `ignored`: names there of tensors that are the same as others (tied weights).
  public init(
    _ model: Module, renaming: [(ours: String, theirs: String)] = [], within first: String? = nil,
    ignored: Set<String> = []
  ) {
    func renamed(_ path: String) -> String {
      first.map { path.hasPrefix($0 + ".") } ?? true ? Self.renamed(path, renaming) : path
    }
    self.ignored = ignored
    var known: [String: Entry] = [:]
    for (path, module) in model.namedModules {
      let prefix = path.isEmpty ? "" : path + "."
      let place = renamed(prefix)
      for leaf in Self.leaves(of: module) {
        known[prefix + leaf.ours] = Entry(
          ours: prefix + leaf.ours, theirs: place + leaf.theirs, isTransposed: leaf.isTransposed)
      }
      if module is BatchNorm { self.ignored.insert(place + "num_batches_tracked") }
    }
    for (name, _) in model.namedState {
      let end = name.lastIndex(of: ".").map { name.index(after: $0) } ?? name.startIndex
      entries.append(
        known[name]
          ?? Entry(
            ours: name, theirs: renamed(String(name[..<end])) + name[end...],
            isTransposed: false))
    }
  }

  /// Our own names and layouts.
  public init(identity model: Module) {
    ignored = []
    entries = model.namedState.map { Entry(ours: $0.name, theirs: $0.name, isTransposed: false) }
  }

  /// The state of a model under the names and in the layouts of the other side.
  public func state(of model: Module) -> [String: Tensor] {
    Dictionary(
      named(model).map { ($0.name, $0.tensor) },
      uniquingKeysWith: { _, _ in
        fatalError("this name map gives two tensors of \(type(of: model)) one name")
      })
  }

  /// The same in the order of the names' bytes.
  package func named(_ model: Module) -> [(name: String, tensor: Tensor)] {
    let entries = byOurName
    return model.namedState.map { name, tensor in
      guard let entry = entries[ExactName(name)] else {
        fatalError("this name map is of another model: it does not know \(name)")
      }
      let value = tensor.value.detached()
      return (entry.theirs, entry.isTransposed ? value.transposed() : value)
    }.sorted { ExactName($0.name) < ExactName($1.name) }
  }

  /// Sets every parameter and buffer of a model. Where a tensor is missing, left over or of another shape,
  /// the model stays as it was.
  public func load(_ tensors: [String: Tensor], into model: Module) throws {
    let tensors = Dictionary(
      uniqueKeysWithValues: tensors.map { (ExactName($0.key), $0.value) })
    try load(from: tensors.keys.map(\.text), into: model) { name in
      tensors[ExactName(name)] ?? Tensor(0)
    }
  }

  /// The same from whatever holds tensors of these names; only those that the model needs are asked for.
  package func load(
    from names: [String], into model: Module, _ tensor: (_ name: String) throws -> Tensor
  ) throws {
    let entries = byOurName
    var rest = Set(names.map { ExactName($0) })
    var changes: [(tensor: any StateTensor, value: Tensor)] = []
    for (name, state) in model.namedState {
      guard let entry = entries[ExactName(name)] else {
        throw NameMapError("the name map does not know \(name)")
      }
      guard rest.remove(ExactName(entry.theirs)) != nil else {
        throw NameMapError("\(entry.theirs) is missing (our \(name))")
      }
      var value = try tensor(entry.theirs)
      if entry.isTransposed && value.rank == 2 { value = value.transposed() }
      guard value.shape == state.value.shape else {
        throw NameMapError(
          "\(entry.theirs) gives a shape of \(value.shape), \(name) has \(state.value.shape)")
      }
      changes.append((state, value.detached()))
    }
    let ignored = Set(ignored.map { ExactName($0) })
    if let other = rest.subtracting(ignored).min() {
      throw NameMapError("\(other) has no place in this model")
    }
    for (state, value) in changes { state.value = value }
  }

  private var byOurName: [ExactName: Entry] {
    Dictionary(
      entries.map { (ExactName($0.ours), $0) },
      uniquingKeysWith: { entry, _ in
        fatalError("two tensors of this model are called \(entry.ours): rename a property")
      })
  }

  private static func renamed(
    _ path: String, _ renaming: [(ours: String, theirs: String)]
  ) -> String {
    var path = "." + path
    for (ours, theirs) in renaming {
      path = path.replacing(".\(ours).", with: theirs.isEmpty ? "." : ".\(theirs).")
    }
    return String(path.dropFirst())
  }

  /// The tensors that PyTorch's counterpart of a layer names or lays out otherwise.
  private static func leaves(of module: Module) -> [Entry] {
    switch module {
    case is Linear: [Entry(ours: "weight", theirs: "weight", isTransposed: true)]
    case is BatchNorm:
      [
        ("gamma", "weight"), ("beta", "bias"), ("runningMean", "running_mean"),
        ("runningVariance", "running_var"),
      ].map { Entry(ours: $0.0, theirs: $0.1, isTransposed: false) }
    case let net as RecurrentNet:
      net.cells.indices.flatMap { i in
        [
          ("inputWeight", "weight_ih"), ("hiddenWeight", "weight_hh"), ("inputBias", "bias_ih"),
          ("hiddenBias", "bias_hh"),
        ].map { Entry(ours: "cells.\(i).\($0.0)", theirs: "\($0.1)_l\(i)", isTransposed: false) }
      }
    default: []
    }
  }
}

/// Why a model's state could not be set, in one sentence.
public struct NameMapError: Error, CustomStringConvertible, Equatable {
  public let description: String
  init(_ description: String) { self.description = description }
}
