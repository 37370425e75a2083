import Testing

/// Everything that has a gradient against differences of its own values, and nothing left out: what the
/// source declares is in the table, and what the table runs is all that the source can put on the tape.
@Suite struct GradientTableTests {
  static var table: [GradientEntry] {
    GradientEntry.operations + GradientEntry.losses + GradientEntry.layers
      + GradientEntry.axes + GradientEntry.largeOnes
  }

  /// What gives a tensor or is a module, but has nothing to check here, and why.
  static let exceptions: [String: String] = [
    "zeros(_:)": makesNumbers, "ones(_:)": makesNumbers, "oneHot(_:classes:)": makesNumbers,
    "uniform(_:in:using:)": makesNumbers, "normal(_:mean:deviation:using:)": makesNumbers,
    "truncatedNormal(_:mean:deviation:bound:using:)": makesNumbers,
    "heNormal(_:inputs:slope:using:)": makesNumbers,
    "heUniform(_:inputs:slope:using:)": makesNumbers,
    "xavierNormal(_:inputs:outputs:using:)": makesNumbers,
    "xavierUniform(_:inputs:outputs:using:)": makesNumbers,
    "icnr(_:factor:)": "initial weights, off the tape",
    "detached()": "cuts the tape: that no gradient flows is tested in TapeTests",
    "named(_:)": "the same tensor under a name",
    "recorded(_:from:gradient:)": "what all operations use",
    "recorded(_:from:_:gradient:second:)": "what all operations use",
    "ModelTrace": "watches layers, is none",
    "RecurrentNet": "RNN, GRU and LSTM are in the table", "Cell": "holds the parameters of those",
    "LanguageModel": wholeModel, "TiedDecoder": wholeModel, "UNet": wholeModel, "Up": wholeModel,
    "Convolutions": wholeModel, "TextClassifier": wholeModel, "ResNet": wholeModel,
    "BasicBlock": wholeModel, "AWDLSTM": wholeModel, "TabularModel": wholeModel,
    "DenseNet": wholeModel, "DenseLayer": wholeModel, "Transition": wholeModel,
    "DotProductBias": wholeModel, "ClassifierHead": wholeModel,
    "SimpleCNN": trainedModel, "ConvLayerCNN": trainedModel, "SmallResNet": trainedModel,
    "roundedToHalf(roundingGradient:)": staircase, "HalfPrecision": staircase,
  ]
  /// What the tape may hold without an entry, and why.
  static let operationExceptions = ["roundToHalf": staircase]

  private static let makesNumbers = "makes numbers, has no tensor as input"
  private static let wholeModel =
    "made of layers of the table; all its gradients are compared with PyTorch's in ModelReferenceTests"

  private static let trainedModel =
    "made of layers of the table; three training steps give PyTorch's losses in ImageNetReferenceTests"
  private static let staircase =
    "not its derivative on purpose, but straight through a staircase: tested in HalfPrecisionTests"

  @Test func everythingInTheSourceIsInTheTable() throws {
    let scan = try SourceScan()
    let declared = scan.functions.union(scan.modules)
    #expect(scan.functions.count > 60 && scan.modules.count > 20 && scan.operations.count > 30)
    let known = Set(Self.table.map(\.name)).union(Self.exceptions.keys)
    for name in declared.subtracting(known).sorted() {
      Issue.record("\(name) has no entry in the table of gradients (Tests/GradientTests)")
    }
    for name in known.subtracting(declared).sorted() {
      Issue.record("the table of gradients knows \(name), the source does not")
    }
    for name in Set(Self.table.map(\.name)).intersection(Self.exceptions.keys) {
      Issue.record("\(name) is in the table and among its exceptions")
    }
  }

  /// An extrapolated difference with h = 0.02 keeps about three digits in 32 bits: what is left is 1e-7/h of
  /// rounding times what is summed and, near the poles of ln and 1/x, h⁴ of truncation.
  @Test func everyGradientIsItsDifferenceAndEveryOperationOfTheSourceWasRun() throws {
    var operations: Set<String> = []
    var compared = 0
    for entry in Self.table {
      let findings = entry.check()
      operations.formUnion(findings.operations)
      let smooth = findings.numbers.filter { !$0.isAtKink }
      // At most one in three inputs may lie at a kink: an entry of kinks alone checks nothing.
      #expect(
        smooth.count >= 2 && 3 * smooth.count >= 2 * findings.numbers.count,
        "\(entry.name) \(entry.about) was hardly checked")
      #expect(
        smooth.contains { $0.difference.magnitude > 0.01 }, "\(entry.name) has no gradient at all")
      for number in smooth where !(number.error <= 3e-3) {
        Issue.record(
          "\(entry.name) \(entry.about): tape \(number.tape), difference \(number.difference)")
      }
      compared += smooth.count
    }
    print("\(Self.table.count) entries, \(compared) derivatives compared with differences")
    let scan = try SourceScan().operations
    #expect(scan.isSuperset(of: Self.operationExceptions.keys))
    for name in scan.subtracting(Self.operationExceptions.keys).sorted()
    where !operations.contains(where: { name.hasSuffix("(") ? $0.hasPrefix(name) : $0 == name }) {
      Issue.record("no entry of the table puts \(name) on the tape")
    }
  }
}
