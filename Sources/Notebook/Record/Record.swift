/// What happened in one run of a lesson. Terminal, Markdown, notebook and `result.json` render it.
public struct Record: Codable, Equatable, Sendable {
  public var lesson: Int
  public var title: String
  public var about: String
  public var seed: UInt64
  public var isFull: Bool
  /// How many paired seeds the user asked for; nil if left out.
  public var claimSeeds: Int?
  public var sections: [SectionRecord] = []
  public var data: [DataRecord] = []
  public var receipt: Receipt

  /// The name of the report's folder and files.
  public var name: String { "lesson\(lesson)" }
  public var size: String { isFull ? "full" : "quick" }

  var cells: [Cell] {
    sections.flatMap(\.cells).flatMap { cell -> [Cell] in
      if case .code(let code) = cell { return [cell] + code.outputs }
      return [cell]
    }
  }

  public var numbers: [CheckedNumber] {
    cells.compactMap { if case .number(let number) = $0 { number } else { nil } }
  }

  public var claims: [ClaimResult] {
    cells.compactMap { if case .claim(let claim) = $0 { claim } else { nil } }
  }

  public var figures: [Figure] {
    cells.compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
  }

  var failures: [String] {
    cells.compactMap { if case .failure(let sentence) = $0 { sentence } else { nil } }
  }

  /// True if every checked number is inside its band and no section stopped early.
  public var isGood: Bool { failures.isEmpty && numbers.allSatisfy(\.isInside) }

  /// The checks and claims in one line.
  var summary: String {
    let outside = numbers.count { !$0.isInside }
    var parts: [String] = []
    switch (numbers.count, outside) {
    case (0, _): break
    case (1, 0): parts.append("1 check, inside its band.")
    case (let all, 0): parts.append("\(all) checks, all inside their bands.")
    case (let all, let bad): parts.append("\(bad) of \(all) checks OUTSIDE the band.")
    }
    if !failures.isEmpty {
      parts.append(failures.count == 1 ? "1 failure." : "\(failures.count) failures.")
    }
    if !claims.isEmpty {
      let count = { (verdict: ClaimResult.Verdict) in claims.count { $0.verdict == verdict } }
      let words = [
        (count(.holds), "hold here", "holds here"), (count(.fails), "fail here", "fails here"),
        (count(.undecided), "undecided", "undecided"),
      ].filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 ? $0.2 : $0.1)" }
      parts.append("Claims: " + words.joined(separator: ", ") + ".")
    }
    return parts.joined(separator: " ")
  }
}

/// One section of a page.
public struct SectionRecord: Codable, Equatable, Sendable {
  public var id: String
  public var title: String
  /// The ids of the notes' items that the section covers.
  public var covers: [String]
  public var cells: [Cell] = []
}

/// Where a data set came from.
public enum DataKind: String, Codable, Sendable {
  case embedded, generated, real
}

/// A data set that the run used.
public struct DataRecord: Codable, Equatable, Sendable {
  public var name: String
  public var kind: DataKind
  public var records: Int
  public var sha256: String
  public var licence: String
}
