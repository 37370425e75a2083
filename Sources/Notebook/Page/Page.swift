import Foundation

/// What a lesson writes on: each call adds a cell, and the reader sees it at once.
///
/// A page lives on one thread.
public final class Page {
  /// The seed of every random choice of the run.
  public let seed: UInt64
  /// True with `--full`: more of everything that is slow.
  public let isFull: Bool
  /// The folder of real data sets, if the user named one.
  public let data: URL?
  /// The paired seeds that claims are measured over.
  public let seeds: [UInt64]
  /// True if the user asked for a number of seeds.
  public let isSeedsGiven: Bool
  /// The threads that the run may use.
  public let threads: Int

  let terminal: Terminal
  var section: SectionRecord
  /// The code that is running, if any: what is shown belongs to it.
  var running: Code?
  var usedData: [DataRecord] = []
  var timings: [Receipt.Timing] = []
  private var usedIDs: Set<String> = []

  init(_ options: RunOptions, terminal: Terminal) {
    seed = options.seed
    isFull = options.isFull
    data = options.data
    seeds = options.claimSeeds
    isSeedsGiven = options.seeds != nil
    threads = options.threads
    self.terminal = terminal
    section = SectionRecord(id: "", title: "", covers: [])
  }

  /// Adds a cell where the page stands, and shows it.
  func add(_ cell: Cell) {
    if running != nil { running?.outputs.append(cell) } else { section.cells.append(cell) }
    terminal.show(cell, insideCode: running != nil)
  }

  /// Reports a second use of an id: the later result would hide the earlier one.
  func claimID(_ kind: String, _ id: String) {
    if !usedIDs.insert("\(kind) \(id)").inserted {
      add(.failure("The \(kind) id \"\(id)\" is used twice. Give each its own."))
    }
  }

  // MARK: Words

  /// A paragraph, or several with blank lines between. **Bold**, *italics*, `code` and lists work.
  public func say(_ markdown: String) { add(.prose(markdown)) }

  /// The question that this section answers. The first cell of a section.
  public func question(_ text: String) { add(.question(text)) }

  /// What was seen: the closing remark of a section.
  public func seen(_ markdown: String) { add(.seen(markdown)) }

  /// A place where the notes are wrong or loose, and what is standard.
  public func correction(_ id: String, says: String, standard: String) {
    add(.correction(id: id, says: says, standard: standard))
  }

  /// Announces a variant that is wrong on purpose, so that the difference can be seen.
  public func broken(_ title: String, _ markdown: String) {
    add(.broken(title: title, text: markdown))
  }

  /// A formula: TeX for the report, a plain line for the terminal.
  public func formula(_ tex: String, plain: String) { add(.formula(tex: tex, plain: plain)) }

  // MARK: Data and time

  /// Names a data set in the report's receipt.
  public func used(data name: String, kind: DataKind, records: Int, sha256: String, licence: String)
  {
    let record = DataRecord(
      name: name, kind: kind, records: records, sha256: sha256, licence: licence)
    if !usedData.contains(record) { usedData.append(record) }
  }

  /// A time that was measured. It goes to the terminal and to the receipt, since times differ
  /// between equal runs.
  public func timing(_ name: String, seconds: Double) {
    timings.append(.init(name: name, seconds: seconds))
    terminal.line("  \(name): \(NumberText.seconds(seconds))")
  }

  /// Shows a bar with the time left while something slow runs. It leaves no trace in the report.
  public func progress(_ label: String, total: Int) -> Progress {
    Progress(label, total: total, terminal: terminal)
  }
}
