/// For a sentence in other words than its symbol's.
let anyWord = "*"

/// Wrong calls of the engine's public symbols, and how each must end.
///
/// A symbol is called by its place, its labels and its types: `Tensor.sliced(axis: Int, Range<Int>)`,
/// `Linear.init(Int, Int)`, `Parameter.grad`. Parameters that every such call has (`file`, `line`, a generator) are
/// left out.
struct Table {
  enum Ending: String {
    /// One sentence on the standard error, and the process is over.
    case stops
    /// An error with one sentence.
    case `throws`
    /// The call is no mistake: it gives the right thing.
    case returns
  }

  struct Call {
    let symbol: String
    /// Of the symbol's calls.
    let number: Int
    let ending: Ending
    /// A word that the sentence has, where it is not of the symbol's own name; or `anyWord`.
    let word: String
    let place: String
    let run: () throws -> Bool
  }

  private(set) var calls: [Call] = []
  /// Why a symbol has no call.
  private(set) var reasons: [(symbol: String, reason: String)] = []
  private var symbol = ""
  private var counts: [String: Int] = [:]

  /// The calls that follow are of this symbol.
  mutating func of(_ symbol: String) { self.symbol = symbol }

  mutating func stops<Result>(
    _ word: String = "", file: String = #fileID, line: Int = #line,
    _ call: @escaping () throws -> Result
  ) {
    add(.stops, word, "\(file):\(line)") {
      _ = try call()
      return true
    }
  }

  mutating func `throws`<Result>(
    _ word: String = "", file: String = #fileID, line: Int = #line,
    _ call: @escaping () throws -> Result
  ) {
    add(.throws, word, "\(file):\(line)") {
      _ = try call()
      return true
    }
  }

  mutating func returns(
    file: String = #fileID, line: Int = #line, _ isRight: @escaping () throws -> Bool
  ) {
    add(.returns, "", "\(file):\(line)", isRight)
  }

  private mutating func add(
    _ ending: Ending, _ word: String, _ place: String, _ run: @escaping () throws -> Bool
  ) {
    calls.append(
      Call(
        symbol: symbol, number: counts[symbol, default: 0], ending: ending, word: word,
        place: place, run: run))
    counts[symbol, default: 0] += 1
  }

  /// Symbols that cannot be called wrongly, or whose wrong calls are another's.
  mutating func none(_ reason: String, _ symbols: String...) {
    reasons += symbols.map { ($0, reason) }
  }

  /// What `--list` prints, tabs between: symbol, number, ending, word, place; or symbol, "-", reason.
  var lines: [String] {
    calls.map { "\($0.symbol)\t\($0.number)\t\($0.ending)\t\($0.word)\t\($0.place)" }
      + reasons.map { "\($0.symbol)\t-\t\($0.reason)" }
  }

  static func all() -> Table {
    var table = Table()
    table.arithmetic()
    table.creation()
    table.shapes()
    table.parameters()
    table.products()
    table.imageOperations()
    table.recurrentLayers()
    table.losses()
    table.layers()
    table.dropouts()
    table.normalisations()
    table.recurrentNets()
    table.textModels()
    table.imageModels()
    table.tableModels()
    table.traces()
    table.checkpoints()
    table.optimizers()
    table.schedules()
    table.metrics()
    table.decompositions()
    table.interpretation()
    table.trainings()
    table.precision()
    table.withoutCalls()
    return table
  }
}
