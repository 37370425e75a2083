import Foundation

/// A recorded run beside its repetition.
///
/// On the same kind of machine every digit must agree, and so must the report outside its receipt.
/// Elsewhere a training ends a little apart, as rounding differs: each run's numbers must lie in its own bands, and
/// what a claim measured must agree: its intervals overlap, and none holds there and fails here.
struct Comparison {
  let isSameKind: Bool
  private(set) var differences: [String] = []

  private let recorded: ResultFile
  private let now: ResultFile

  init(_ recorded: ResultFile, folder: String, now record: Record) {
    self.recorded = recorded
    now = ResultFile(record)
    isSameKind = recorded.environment.isSameKind(as: record.receipt.environment)
    compareRun()
    compareNumbers()
    compareClaims()
    if isSameKind { compareFiles(folder, Report(record)) }
  }

  /// What the comparison could promise here.
  var scope: String {
    if isSameKind { return "This is the same kind of machine, so every digit was compared." }
    let pairs = [
      ("Swift", recorded.environment.swift, now.environment.swift),
      ("processor", recorded.environment.cpu, now.environment.cpu),
      ("matrix library", recorded.environment.blas, now.environment.blas),
      ("threads", "\(recorded.environment.threads)", "\(now.environment.threads)"),
    ].filter { $0.1 != $0.2 }.map { "\($0.0) \($0.1) there, \($0.2) here" }
    return "This is another kind of machine (\(pairs.joined(separator: "; "))), "
      + "so numbers were compared with their bands and claims by their intervals."
  }

  private mutating func note(_ place: String, _ recorded: String, _ now: String) {
    differences.append("\(place): recorded \(recorded), now \(now)")
  }

  private mutating func compareRun() {
    if recorded.title != now.title { note("title", recorded.title, now.title) }
    for (a, b) in zip(recorded.sections, now.sections) {
      if a.title != b.title { note("section \(a.id), title", a.title, b.title) }
      if a.covers != b.covers {
        note(
          "section \(a.id), covers", a.covers.joined(separator: " "),
          b.covers.joined(separator: " "))
      }
    }
    if recorded.figures != now.figures {
      note(
        "figures", recorded.figures.joined(separator: " "), now.figures.joined(separator: " "))
    }
    if recorded.failures != now.failures {
      note("failures", "\(recorded.failures.count)", "\(now.failures.count)")
    }
    for set in recorded.data where !now.data.contains(set) {
      let other = now.data.first { $0.name == set.name }
      note(
        "data \(set.name)", describe(set), other.map(describe) ?? "not used (is --data missing?)")
    }
    for set in now.data where !recorded.data.contains(where: { $0.name == set.name }) {
      note("data \(set.name)", "not used", describe(set))
    }
  }

  private func describe(_ set: DataRecord) -> String {
    "\(set.kind.rawValue), \(set.records) records, SHA-256 \(set.sha256), \(set.licence)"
  }

  private mutating func compareNumbers() {
    compareIDs("number", recorded.numbers.map(\.id), now.numbers.map(\.id))
    for a in recorded.numbers {
      guard let b = now.numbers.first(where: { $0.id == a.id }) else { continue }
      if isSameKind {
        compare("\(a.id), value", a.value, b.value)
        compare("\(a.id), reference", a.reference, b.reference)
        compare("\(a.id), tolerance", a.tolerance, b.tolerance)
        if a.ok != b.ok { note("\(a.id), ok", "\(a.ok)", "\(b.ok)") }
      } else {
        // A reference may be computed too, from a net that was trained here.
        for (who, item) in [("recorded value", a), ("value", b)] where !isInside(item) {
          note(
            "\(a.id), \(who)", "\(text(item.reference)) ± \(text(item.tolerance))", text(item.value)
          )
        }
        compare("\(a.id), tolerance", a.tolerance, b.tolerance)
      }
      if a.source != b.source { note("\(a.id), source", a.source, b.source) }
      if a.reason != b.reason { note("\(a.id), reason", a.reason, b.reason) }
    }
  }

  private func isInside(_ item: ResultFile.Number) -> Bool {
    guard let value = item.value, let reference = item.reference, let tolerance = item.tolerance
    else { return false }
    return abs(value - reference) <= tolerance
  }

  /// Elsewhere a claim near its threshold may be decided or not; holding there and failing here is a difference.
  private func agree(_ a: ResultFile.Claim, _ b: ResultFile.Claim) -> Bool {
    guard !isSameKind, let x = a.interval, let y = b.interval, x.count == 2, y.count == 2 else {
      return a.verdict == b.verdict
    }
    let isOpposite = a.verdict != b.verdict && ![a.verdict, b.verdict].contains("undecided")
    return !isOpposite && x[0] <= y[1] && y[0] <= x[1]
  }

  private mutating func compareClaims() {
    compareIDs("claim", recorded.claims.map(\.id), now.claims.map(\.id))
    for a in recorded.claims {
      guard let b = now.claims.first(where: { $0.id == a.id }) else { continue }
      if !agree(a, b) { note("claim \(a.id), verdict", a.verdict, b.verdict) }
      if a.seeds != b.seeds { note("claim \(a.id), seeds", "\(a.seeds)", "\(b.seeds)") }
      let words = [
        ("says", a.says, b.says), ("measure", a.measure, b.measure),
        ("threshold", a.threshold, b.threshold), ("setting", a.setting, b.setting),
      ]
      for (name, x, y) in words where x != y { note("claim \(a.id), \(name)", x, y) }
      compare("claim \(a.id), threshold", a.thresholdValue, b.thresholdValue)
      guard isSameKind else { continue }
      let names = a.seeds.map { "effect of seed \($0)" }
      compareList("claim \(a.id)", names, a.effects, b.effects)
      compare("claim \(a.id), mean", a.mean, b.mean)
      compareList(
        "claim \(a.id)", ["interval's lower end", "interval's upper end"],
        a.interval ?? [], b.interval ?? [])
    }
  }

  private mutating func compareList(
    _ place: String, _ names: [String], _ a: [Double?], _ b: [Double?]
  ) {
    if a.count != b.count { note("\(place), count", "\(a.count)", "\(b.count)") }
    for (index, pair) in zip(a, b).enumerated() {
      compare("\(place), \(index < names.count ? names[index] : "\(index)")", pair.0, pair.1)
    }
  }

  private mutating func compareIDs(_ kind: String, _ a: [String], _ b: [String]) {
    for id in a where !b.contains(id) { note("\(kind) \(id)", "there", "missing") }
    for id in b where !a.contains(id) { note("\(kind) \(id)", "missing", "there") }
    if a.count != Set(a).count { note("\(kind) ids", "one twice", "each once") }
  }

  private mutating func compare(_ place: String, _ a: Double?, _ b: Double?) {
    if a != b { note(place, text(a), text(b)) }
  }

  private func text(_ value: Double?) -> String { value.map(NumberText.exact) ?? "not a number" }

  /// The report's files, outside the receipt.
  private mutating func compareFiles(_ folder: String, _ report: Report) {
    let root = URL(fileURLWithPath: folder)
    var known: Set<String> = []
    for (file, data) in report.files.sorted(by: { $0.key < $1.key }) where file != "result.json" {
      known.insert(file)
      guard let old = try? Data(contentsOf: root.appendingPathComponent(file)) else {
        differences.append("\(file): missing")
        continue
      }
      let a = Self.comparable(file, old)
      let b = Self.comparable(file, data)
      guard a != b else { continue }
      let (x, y) = (a.components("\n"), b.components("\n"))
      let line = zip(x, y).enumerated().first { $1.0 != $1.1 }?.offset ?? min(x.count, y.count)
      let show = { (lines: [String]) in
        line < lines.count ? "\"\(lines[line].prefix(60))\"" : "the end"
      }
      note("\(file), line \(line + 1)", show(x), show(y))
    }
    let figures = root.appendingPathComponent("figures").path
    for name in (try? FileManager.default.contentsOfDirectory(atPath: figures)) ?? []
    where !known.contains("figures/\(name)") {
      differences.append("figures/\(name): recorded, but no longer made")
    }
  }

  /// A file's text without its receipt, whatever ended its lines where it was kept.
  static func comparable(_ file: String, _ data: Data) -> String {
    let text = String(decoding: data, as: UTF8.self).components("\n").joined(separator: "\n")
    let mark = file.hasSuffix(".ipynb") ? "## Receipt" : MarkdownReport.receiptMark
    guard !file.hasPrefix("figures/"),
      let receipt = text.range(of: mark, options: .backwards)
    else { return text }
    return String(text[..<receipt.lowerBound])
  }
}
