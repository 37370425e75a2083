import Foundation

/// `result.json`: the run in numbers, for programs.
struct ResultFile: Codable, Equatable {
  struct Section: Codable, Equatable {
    var id: String
    var title: String
    var seconds: Double
    var covers: [String]
  }

  struct Number: Codable, Equatable {
    var id: String
    /// Nil where the computed number was not finite.
    var value: Double?
    var reference: Double?
    var tolerance: Double?
    var source: String
    var reason: String
    var ok: Bool
  }

  struct Claim: Codable, Equatable {
    var id: String
    var says: String
    var measure: String
    var threshold: String
    var thresholdValue: Double?
    var setting: String
    var seeds: [UInt64]
    var effects: [Double?]
    var mean: Double?
    var interval: [Double]?
    var verdict: String
  }

  var lesson: Int
  var title: String
  var seed: UInt64
  var seconds: Double
  var size: String
  /// How many paired seeds were asked for; nil if left out.
  var claimSeeds: Int?
  var environment: Environment
  var data: [DataRecord]
  var sections: [Section]
  var numbers: [Number]
  var claims: [Claim]
  var figures: [String]
  /// Sections that stopped and pictures' ids used twice, in a sentence each.
  var failures: [String]
  /// The SHA-256 of each file of the report by its path in the folder; of this file itself, with zeros in the place
  /// of its own. Nil where no report was written.
  var files: [String: String]?

  init(_ record: Record) {
    lesson = record.lesson
    title = record.title
    seed = record.seed
    seconds = rounded(record.receipt.seconds)
    size = record.size
    claimSeeds = record.claimSeeds
    environment = record.receipt.environment
    data = record.data
    sections = record.sections.enumerated().map { index, section in
      let times = record.receipt.sectionSeconds
      return Section(
        id: section.id, title: section.title,
        seconds: index < times.count ? rounded(times[index].seconds) : 0, covers: section.covers)
    }
    numbers = record.numbers.map {
      Number(
        id: $0.id, value: finite($0.value), reference: finite($0.reference),
        tolerance: finite($0.tolerance), source: $0.source, reason: $0.reason, ok: $0.isInside)
    }
    claims = record.claims.map {
      Claim(
        id: $0.id, says: $0.says, measure: $0.measure, threshold: $0.thresholdText,
        thresholdValue: finite($0.threshold), setting: $0.setting, seeds: $0.seeds,
        effects: $0.effects.map(finite), mean: finite($0.mean),
        interval: $0.interval.map { [$0.lowerBound, $0.upperBound] },
        verdict: $0.verdict.rawValue)
    }
    figures = record.figures.map(\.path)
    failures = record.failures
  }

  /// Reads `result.json` of a report's folder.
  static func read(from folder: String) throws -> ResultFile {
    let url = URL(fileURLWithPath: folder).appendingPathComponent("result.json")
    return try JSONDecoder().decode(ResultFile.self, from: Data(contentsOf: url))
  }

  var text: String {
    func number(_ value: Double?) -> JSON { value.map(JSON.number) ?? .null }
    let environment = JSON.object([
      ("swift", .string(environment.swift)), ("cpu", .string(environment.cpu)),
      ("blas", .string(environment.blas)), ("threads", .int(environment.threads)),
      ("commit", .string(environment.commit)),
    ])
    let data = data.map { set in
      JSON.object([
        ("name", .string(set.name)), ("kind", .string(set.kind.rawValue)),
        ("records", .int(set.records)), ("sha256", .string(set.sha256)),
        ("licence", .string(set.licence)),
      ])
    }
    let sections = sections.map { section in
      JSON.object([
        ("id", .string(section.id)), ("title", .string(section.title)),
        ("seconds", .number(section.seconds)),
        ("covers", .array(section.covers.map(JSON.string))),
      ])
    }
    let numbers = numbers.map { item in
      JSON.object([
        ("id", .string(item.id)), ("value", number(item.value)),
        ("reference", number(item.reference)), ("tolerance", number(item.tolerance)),
        ("source", .string(item.source)), ("reason", .string(item.reason)), ("ok", .bool(item.ok)),
      ])
    }
    let claims = claims.map { claim in
      JSON.object([
        ("id", .string(claim.id)), ("says", .string(claim.says)),
        ("measure", .string(claim.measure)), ("threshold", .string(claim.threshold)),
        ("thresholdValue", number(claim.thresholdValue)), ("setting", .string(claim.setting)),
        ("seeds", .array(claim.seeds.map { .int($0) })),
        ("effects", .array(claim.effects.map(number))), ("mean", number(claim.mean)),
        ("interval", claim.interval.map { .array($0.map(JSON.number)) } ?? .null),
        ("verdict", .string(claim.verdict)),
      ])
    }
    let files = files.map { files in
      ("files", JSON.object(files.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }
    return JSON.object(
      [
        ("lesson", .int(lesson)), ("title", .string(title)), ("seed", .int(seed)),
        ("seconds", .number(seconds)), ("size", .string(size)),
        ("claimSeeds", claimSeeds.map { .int($0) } ?? .null), ("environment", environment),
        ("data", .array(data)), ("sections", .array(sections)), ("numbers", .array(numbers)),
        ("claims", .array(claims)), ("figures", .array(figures.map(JSON.string))),
        ("failures", .array(failures.map(JSON.string))),
      ] + [files].compactMap(\.self)
    ).text() + "\n"
  }
}

private func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }

private func rounded(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }
