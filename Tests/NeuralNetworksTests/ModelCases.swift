import Foundation
import NeuralNetworks
import ReferenceReader
import Tensors

/// One case of `Tests/References/models`: a whole model in PyTorch, before and after one backward pass.
struct ModelCase: CustomStringConvertible {
  let model: String
  let about: String
  let arguments: [String: Any]
  let inputs: [Tensor]
  /// Word numbers, categories or users.
  let words: [[Int]]
  /// PyTorch's state_dict.
  let state: [String: Tensor]
  let upstream: Tensor
  let output: Tensor
  let inputGradients: [Tensor]
  let gradients: [String: Tensor]
  /// Running averages afterwards.
  let buffers: [String: Tensor]

  var description: String { "\(model), \(about)" }

  init(_ json: [String: Any]) throws {
    model = try value(json, "model")
    about = try value(json, "about")
    arguments = try value(json, "arguments")
    inputs = try (value(json, "inputs") as [[String: Any]]).map(tensor)
    words = try value(json, "words")
    state = try (value(json, "state") as [String: [String: Any]]).mapValues(tensor)
    upstream = try tensor(value(json, "upstream"))
    output = try tensor(value(json, "output"))
    inputGradients = try (value(json, "inputGradients") as [[String: Any]]).map(tensor)
    gradients = try (value(json, "gradients") as [String: [String: Any]]).mapValues(tensor)
    buffers = try (value(json, "buffers") as [String: [String: Any]]).mapValues(tensor)
    guard json.count == 11 else {
      throw Unreadable("\(model) has fields that this test does not know: \(json.keys.sorted())")
    }
  }

  static func all() throws -> [ModelCase] {
    let files = try FileManager.default.contentsOfDirectory(
      at: References.folder.appending(path: "models"), includingPropertiesForKeys: nil)
    return try files.sorted { $0.path < $1.path }.flatMap { file in
      let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
      guard let cases = json as? [[String: Any]] else { throw Unreadable(file.path) }
      return try cases.map(ModelCase.init)
    }
  }
}

/// A model of a case, PyTorch's names for it, and how it is run.
struct RunnableModel {
  let model: Module
  let names: NameMap
  let run: ([Tensor], [[Int]]) -> Tensor

  /// A model that is not here is an error, and so is an argument that is left over.
  init(_ c: ModelCase) throws {
    let arguments = Arguments(c.arguments)
    self = try Self.make(c.model, arguments)
    guard arguments.unknown.isEmpty else {
      throw Unreadable("\(c): the test does not know the arguments \(arguments.unknown)")
    }
  }

  private init(_ model: some Layer, _ names: NameMap) {
    self.init(model, names) { inputs, _ in model(inputs[0]) }
  }

  private init(_ model: Module, _ names: NameMap, run: @escaping ([Tensor], [[Int]]) -> Tensor) {
    self.model = model
    self.names = names
    self.run = run
  }

  private static func make(_ name: String, _ arguments: Arguments) throws -> RunnableModel {
    var generator = SeededGenerator(seed: 42)
    switch name {
    case "resNet":
      let model = ResNet(
        blocks: try arguments.take("blocks"), widths: try arguments.take("widths"),
        channels: try arguments.take("channels"), classes: try arguments.take("classes"),
        using: &generator)
      return RunnableModel(model, model.torchvisionNames)
    case "denseNet":
      let model = DenseNet(
        layers: try arguments.take("layers"), growth: try arguments.take("growth"),
        width: try arguments.take("width"), channels: try arguments.take("channels"),
        classes: try arguments.take("classes"), using: &generator)
      return RunnableModel(model, model.torchvisionNames)
    case "uNet": return try uNet(arguments)
    case "awdLSTM":
      let rows: Int = try arguments.take("rows")
      let model = try encoder(arguments)
      let names = NameMap(
        model, renaming: [("embedding.embedding", "encoder"), ("layers", "rnns"), ("net", "")])
      return RunnableModel(model, names) { _, batches in
        batches.map { model($0, rows: rows) }.last!
      }
    case "languageModel":
      let rows: Int = try arguments.take("rows")
      let model = LanguageModel(
        words: try arguments.take("words"), features: try arguments.take("features"),
        hidden: try arguments.take("hidden"), layers: try arguments.take("layers"),
        dropouts: .none, using: &generator)
      return RunnableModel(model, model.torchNames) { _, batches in
        batches.map { model($0, rows: rows) }.last!
      }
    case "textClassifier":
      let rows: Int = try arguments.take("rows")
      let model = TextClassifier(
        try encoder(arguments), classes: try arguments.take("classes"),
        hidden: try arguments.take("units"), length: try arguments.take("length"),
        maximum: try arguments.take("maximum"), padding: try arguments.take("padding"),
        dropouts: (0, 0), using: &generator)
      return RunnableModel(model, model.torchNames) { _, words in model(words[0], rows: rows) }
    case "tabularModel":
      let categories: [[Int]] = try arguments.take("categories")
      let model = TabularModel(
        categories: categories.map { ($0[0], $0[1]) }, numbers: try arguments.take("numbers"),
        hidden: try arguments.take("hidden"), outputs: try arguments.take("outputs"),
        range: range(arguments), using: &generator)
      return RunnableModel(model, model.fastaiNames) { model(categories: $1, numbers: $0[0]) }
    case "dotProductBias":
      let model = DotProductBias(
        users: try arguments.take("users"), items: try arguments.take("items"),
        factors: try arguments.take("factors"), range: range(arguments), using: &generator)
      return RunnableModel(model, model.fastaiNames) { model(users: $1[0], items: $1[1]) }
    case "classifierHead":
      let model = ClassifierHead(
        features: try arguments.take("features"), classes: try arguments.take("classes"),
        hidden: try arguments.take("hidden"), dropouts: (0, 0), using: &generator)
      return RunnableModel(model, model.fastaiNames)
    case "gru":
      let model = GRU(
        try arguments.take("inputs"), try arguments.take("hidden"),
        layers: try arguments.take("layers"), using: &generator)
      return RunnableModel(model, NameMap(model)) { inputs, _ in model(inputs[0]).output }
    default: throw Unreadable("the tests do not know the model \(name)")
    }
  }

  private static func encoder(_ arguments: Arguments) throws -> AWDLSTM {
    var generator = SeededGenerator(seed: 42)
    return AWDLSTM(
      words: try arguments.take("words"), features: try arguments.take("features"),
      hidden: try arguments.take("hidden"), layers: try arguments.take("layers"), dropouts: .none,
      using: &generator)
  }

  private static func uNet(_ arguments: Arguments) throws -> RunnableModel {
    var generator = SeededGenerator(seed: 42)
    let kind: String = try arguments.take("encoder")
    let channels: Int = try arguments.take("channels")
    let widths: [Int] = try arguments.take("widths")
    let size: [Int] = try arguments.take("size")
    var layers: [any Layer] = []
    var renaming: [(String, String)] = []
    switch kind {
    case "resNet":
      let net = ResNet(
        blocks: try arguments.take("blocks"), widths: widths, channels: channels, classes: 1,
        using: &generator)
      layers = net.body
      renaming = widths.indices.map { ("encoder.\(4 + $0).layers", "encoder.\(4 + $0)") }
      renaming += ResNet.blockNames
    case "plain":
      var before = channels
      for (stride, width) in zip(try arguments.take("strides") as [Int], widths) {
        layers.append(
          Convolution2d(before, width, kernel: 3, stride: stride, padding: 1, using: &generator))
        layers.append(ReLU())
        before = width
      }
    default: throw Unreadable("the tests do not know the encoder \(kind)")
    }
    let model = UNet(
      encoder: layers, channels: channels, classes: try arguments.take("classes"),
      size: (size[0], size[1]), using: &generator)
    // The residual blocks have torchvision's names, the rest has ours.
    let names = NameMap(model, renaming: renaming, within: "encoder")
    return RunnableModel(model, names)
  }

  private static func range(_ arguments: Arguments) -> ClosedRange<Float>? {
    (arguments.optional("range") as [NSNumber]?).map { $0[0].floatValue...$0[1].floatValue }
  }
}
