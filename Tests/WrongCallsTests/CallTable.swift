import Foundation

/// The table of the program `WrongCalls`, as it lists it, and the program to run each call with.
struct CallTable {
  struct Call {
    let symbol: String
    let number: String
    /// "stops", "throws" or "returns".
    let ending: String
    let word: String
    let place: String
  }

  let program: URL
  let calls: [Call]
  let reasons: [(symbol: String, reason: String)]

  /// The folder that this test was built into.
  static func buildFolder() throws -> URL {
    let bundles = Bundle.allBundles.map(\.bundleURL).filter { $0.pathExtension == "xctest" }
    let places = bundles + [Bundle.main.executableURL].compactMap { $0 }
    for place in places {
      var folder = place.resolvingSymlinksInPath()
      while folder.path != "/" {
        folder.deleteLastPathComponent()
        let program = folder.appending(path: "WrongCalls").path
        if FileManager.default.isExecutableFile(atPath: program) { return folder }
      }
    }
    throw Problem("the program WrongCalls is not beside the tests: \(places.map(\.path))")
  }

  init(build: URL) throws {
    program = build.appending(path: "WrongCalls")
    let list = try Subprocess.run([program.path, "--list"])
    guard list.status == 0 else { throw Problem("WrongCalls --list failed: \(list.error)") }
    var calls: [Call] = []
    var reasons: [(symbol: String, reason: String)] = []
    for line in list.output.split(separator: "\n") {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      if parts.count == 5 {
        calls.append(
          Call(
            symbol: parts[0], number: parts[1], ending: parts[2], word: parts[3], place: parts[4]))
      } else if parts.count == 3 {
        reasons.append((parts[0], parts[2]))
      } else {
        throw Problem("WrongCalls --list printed \(line)")
      }
    }
    self.calls = calls
    self.reasons = reasons
  }

  /// What is wrong with how a call ended; nil if all is well.
  func fault(of call: Call, namesCaller: Bool) throws -> String? {
    let result = try Subprocess.run([program.path, call.symbol, call.number])
    let said = result.output.split(separator: "\n").last.map(String.init) ?? ""
    let errors = result.error.split(separator: "\n").map(String.init)
    switch call.ending {
    case "returns":
      return said == "returned" && result.status == 0 ? nil : "ended by \(ending(result))"
    case "throws":
      guard result.status == 0, said.hasPrefix("threw: ") else {
        return "threw no error, \(ending(result))"
      }
      let sentence = said.dropFirst("threw: ".count)
      return sentence.split(separator: " ").count >= 3 ? nil : "threw no sentence: \(sentence)"
    default:
      guard result.isSignal else { return "came back: \(said)" }
      guard let line = errors.last, errors.count == 1,
        let match = line.firstMatch(of: #/^(\S+\.swift):\d+: Fatal error: (.+)$/#),
        !match.1.hasPrefix("Swift/")
      else { return "no sentence of ours, \(ending(result))" }
      return fault(of: String(match.2), in: String(match.1), of: call, namesCaller)
    }
  }

  private func fault(
    of sentence: String, in file: String, of call: Call, _ namesCaller: Bool
  ) -> String? {
    if sentence.count > 300 { return "a sentence of \(sentence.count) letters: \(sentence)" }
    if sentence.split(separator: " ").count < 3 { return "no sentence: \(sentence)" }
    if call.word == "*" { return nil }
    let isOwn = call.word.isEmpty
    let names = isOwn ? Self.names(of: call.symbol) : [call.word]
    guard names.contains(where: { sentence.lowercased().contains($0.lowercased()) }) else {
      return "it names none of \(names): \(sentence)"
    }
    if isOwn && namesCaller && !file.hasPrefix("WrongCalls/") {
      return "it names \(file), not the caller: \(sentence)"
    }
    return nil
  }

  /// The beginnings of a symbol's own words: "resha" of `Tensor.reshaped(…)`, "Linea" of `Linear.init(…)`.
  private static func names(of symbol: String) -> [String] {
    let path = symbol.prefix { $0 != "(" }.split(separator: ".").map(String.init)
    let plain = ["Tensor", "init", "forward", "callAsFunction", "value"]
    return path.filter { !plain.contains($0) }.map { String($0.prefix(5)) }
  }

  private func ending(_ result: Subprocess) -> String {
    let errors = result.error.split(separator: "\n").suffix(2).joined(separator: " | ")
    if result.isSignal && result.status == SIGALRM { return "a call without an end" }
    return (result.isSignal ? "signal \(result.status)" : "status \(result.status)")
      + " \(result.output.split(separator: "\n").last ?? "") \(errors)"
  }
}
