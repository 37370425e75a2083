import Foundation

/// What the engine's source declares: everything that the table has to know.
struct SourceScan {
  /// Public functions, operators and subscripts that give a tensor: `sum(axes:keepingAxes:)`,
  /// `+(Tensor,Float)`. Those of `Tensors`, and the free functions of `NeuralNetworks`.
  private(set) var functions: Set<String> = []
  /// Public classes of `NeuralNetworks` that are modules.
  private(set) var modules: Set<String> = []
  /// Names given to `recorded(…)`; of a call without a name the name of the function around it and "(".
  private(set) var operations: Set<String> = []

  init() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    for module in ["Tensors", "NeuralNetworks"] {
      let folder = sources.appending(path: module)
      guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
      else { throw CocoaError(.fileReadNoSuchFile) }
      for case let file as URL in files where file.pathExtension == "swift" {
        let text = try String(contentsOf: file, encoding: .utf8)
          .replacing(#/(?m)^\s*///?.*$/#, with: "")
        scanFunctions(text, onlyFree: module == "NeuralNetworks")
        if module == "NeuralNetworks" { scanModules(text) }
        if file.lastPathComponent != "Node.swift" { scanOperations(text) }
      }
    }
  }

  private mutating func scanFunctions(_ text: String, onlyFree: Bool) {
    let declaration =
      #/(?m)^(\s*)public (?:static )?(?:prefix )?(?:func ([^\s(<]+)|(subscript))[^(]*([^{]*)\{/#
    for match in text.matches(of: declaration) {
      if onlyFree && match.1.contains(" ") { continue }
      // The last arrow of the head is the one of the result.
      guard let arrow = match.4.range(of: "->", options: .backwards),
        match.4[arrow.upperBound...].contains(#/\bTensor\b|BatchNormalized/#)
      else { continue }
      let name = String(match.2 ?? match.3 ?? "")
      functions.insert(name + Self.parameters(match.4[..<arrow.lowerBound], of: name))
    }
  }

  /// "(_ x: Tensor, axis: Int = 0, file: …, line: …)" → "(_:axis:)", types instead of labels for operators.
  private static func parameters(_ text: Substring, of name: String) -> String {
    let list = text.replacing("->", with: "to").trimmingCharacters(in: .whitespacesAndNewlines)
      .dropFirst().dropLast()
    var depth = 0
    var parts = [""]
    for character in list {
      if "([<".contains(character) { depth += 1 }
      if ")]>".contains(character) { depth -= 1 }
      if character == "," && depth == 0 {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    let isUnlabelled = name == "subscript" || name.allSatisfy { !$0.isLetter }
    let described = parts.compactMap { part -> String? in
      let part = part.trimmingCharacters(in: .whitespacesAndNewlines)
      let label = part.prefix { $0 != ":" && $0 != " " }
      guard !part.isEmpty, label != "file", label != "line" else { return nil }
      guard isUnlabelled else { return "\(label):" }
      return String(part.drop { $0 != ":" }.dropFirst()).trimmingCharacters(in: .whitespaces)
    }
    return "(\(described.joined(separator: isUnlabelled ? "," : "")))"
  }

  private mutating func scanModules(_ text: String) {
    for match in text.matches(
      of: #/(?m)^\s*(?:public final|open|public) class (\w+)(?:<[^>]*>)?\s*:/#)
    {
      modules.insert(String(match.1))
    }
  }

  private mutating func scanOperations(_ text: String) {
    for match in text.matches(of: #/recorded\(\s*"([^"]+)"/#) { operations.insert(String(match.1)) }
    for match in text.matches(of: #/recorded\(\s*from/#) {
      let before = text[..<match.range.lowerBound]
      if let function = before.matches(of: #/func (\w+)/#).last {
        operations.insert("\(function.1)(")
      }
    }
    // A name that is passed on: all that this file passes.
    if text.contains(#/recorded\(\s*name/#) {
      for match in text.matches(of: #/name: "(\w+)"/#) { operations.insert(String(match.1)) }
    }
  }
}
