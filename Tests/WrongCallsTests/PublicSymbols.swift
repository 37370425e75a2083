import Foundation

/// What the engine's modules offer: their public functions, initialisers, subscripts and settable properties, as the
/// compiler lists them (`swift symbolgraph-extract`).
struct PublicSymbols {
  struct Symbol: Hashable {
    /// `Tensor.sliced(axis: Int, Range<Int>)`, `Parameter.grad`.
    let name: String
    /// It takes the caller's file and line.
    let namesCaller: Bool
  }

  let symbols: Set<Symbol>

  static let modules = ["Tensors", "NeuralNetworks", "Training"]

  /// From the modules of a build folder; the C libraries below them have their maps in the sources.
  init(build: URL) throws {
    let output = FileManager.default.temporaryDirectory
      .appending(path: "symbols-\(ProcessInfo.processInfo.globallyUniqueString)")
    try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: output) }
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    let maps = try FileManager.default.contentsOfDirectory(atPath: sources.path).filter {
      FileManager.default.fileExists(atPath: "\(sources.path)/\($0)/module.modulemap")
    }
    var options = try Self.target() + ["-I", build.appending(path: "Modules").path]
    for map in maps { options += ["-I", sources.appending(path: map).path] }
    for module in Self.modules {
      let result = try Subprocess.run(
        Self.swift
          + ["symbolgraph-extract", "-module-name", module, "-output-dir", output.path]
          + ["-minimum-access-level", "public", "-skip-synthesized-members"] + options)
      guard result.status == 0 else {
        throw Problem(
          "swift symbolgraph-extract could not list the symbols of \(module): \(result.error)")
      }
    }
    var symbols: Set<Symbol> = []
    for file in try FileManager.default.contentsOfDirectory(
      at: output, includingPropertiesForKeys: nil)
    where file.lastPathComponent.hasSuffix(".symbols.json") {
      let graph = try JSONDecoder().decode(Graph.self, from: Data(contentsOf: file))
      symbols.formUnion(graph.symbols.compactMap(\.wanted))
    }
    self.symbols = symbols
  }

  #if os(macOS)
    private static let swift = ["xcrun", "swift"]
  #else
    private static let swift = ["swift"]
  #endif

  /// The compiler's own target, and on macOS the SDK.
  private static func target() throws -> [String] {
    struct Info: Decodable {
      struct Target: Decodable { let triple: String }
      let target: Target
    }
    let result = try Subprocess.run(swift + ["-print-target-info"])
    guard let info = try? JSONDecoder().decode(Info.self, from: Data(result.output.utf8)) else {
      throw Problem(
        "swift -print-target-info says nothing: is the toolchain in PATH? \(result.error)")
    }
    var options = ["-target", info.target.triple]
    #if os(macOS)
      let sdk = try Subprocess.run(["xcrun", "--show-sdk-path"]).output
      options += ["-sdk", sdk.trimmingCharacters(in: .whitespacesAndNewlines)]
    #endif
    return options
  }
}

struct Problem: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// The part of a symbol graph that is read.
private struct Graph: Decodable {
  let symbols: [Entry]

  struct Entry: Decodable {
    struct Kind: Decodable { let identifier: String }
    struct Fragment: Decodable { let spelling: String }
    struct Parameter: Decodable {
      let name: String
      let declarationFragments: [Fragment]
    }
    struct Signature: Decodable { let parameters: [Parameter]? }

    let kind: Kind
    let pathComponents: [String]
    let declarationFragments: [Fragment]
    let functionSignature: Signature?

    /// The symbol, if it takes something that can be wrong.
    var wanted: PublicSymbols.Symbol? {
      let kind = kind.identifier.replacing("swift.", with: "")
      let declaration = declarationFragments.map(\.spelling).joined()
      switch kind {
      case "init", "func", "func.op", "method", "type.method", "subscript":
        return function(declaration)
      case "property", "type.property":
        return property(declaration)
      default:
        return nil
      }
    }

    private func function(_ declaration: String) -> PublicSymbols.Symbol? {
      let last = pathComponents[pathComponents.count - 1]
      let base = String(last.prefix { $0 != "(" })
      if ["==", "encode"].contains(base) || last == "hash(into:)" || last == "init(from:)" {
        return nil
      }
      let labels = last.drop { $0 != "(" }.dropFirst().dropLast().split(separator: ":")
      var parts: [String] = []
      for (label, parameter) in zip(labels, functionSignature?.parameters ?? []) {
        let text = parameter.declarationFragments.map(\.spelling).joined()
        let type = text.drop { $0 != ":" }.dropFirst().trimmingCharacters(in: .whitespaces)
        if ["file", "line"].contains(label) || type.contains("RandomNumberGenerator") { continue }
        parts.append(label == "_" ? type : "\(label): \(type)")
      }
      // Without parameters only a tensor itself can be wrong, or what was set before.
      let place = pathComponents.dropLast()
      let isAsked =
        !parts.isEmpty || place == ["Tensor"] || Self.withoutParameters.contains(last)
      guard isAsked else { return nil }
      let name = (place + [base]).joined(separator: ".") + "(\(parts.joined(separator: ", ")))"
      return PublicSymbols.Symbol(name: name, namesCaller: labels.contains("file"))
    }

    private static let withoutParameters = [
      "step()", "validation()", "validate()", "interpretation()",
    ]

    private func property(_ declaration: String) -> PublicSymbols.Symbol? {
      guard declaration.contains("var "), !declaration.contains("{ get }"),
        let colon = declaration.firstIndex(of: ":")
      else { return nil }
      let type = declaration[colon...].prefix { $0 != "{" }
      let numbers = #/\b(Int|Float|Double|Tensor|WeightDecay|ParameterGroup|GradientClipping)\b/#
      guard type.contains(numbers), !type.contains("->") else { return nil }
      return PublicSymbols.Symbol(
        name: pathComponents.joined(separator: "."), namesCaller: false)
    }
  }
}
