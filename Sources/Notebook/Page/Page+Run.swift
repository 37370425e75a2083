extension Page {
  /// Shows the lines between the braces as they stand in the source file, then runs them.
  ///
  /// What they show belongs to them in the report. A `run` inside a `run` only runs.
  @discardableResult
  public func run<T>(
    file: String = #filePath, line: Int = #line, _ body: () throws -> T
  ) rethrows -> T {
    guard running == nil else { return try body() }
    let excerpt = SourceFile.text(of: file).flatMap { SourceFile.closure(in: $0, line: line) }
    let code = Code(
      source: excerpt?.source ?? "// The source file is not there any more.",
      file: SourceFile.shortened(file), line: excerpt?.line ?? line, runs: true)
    terminal.show(.code(code), insideCode: false)
    running = code
    defer {
      if let finished = running {
        running = nil
        section.cells.append(.code(finished))
        terminal.endCode(finished)
      }
    }
    return try body()
  }

  /// Shows a declaration of a source file, such as `source(of: "func update")`.
  ///
  /// A relative file is looked for in the package: "Sources/Training/Optimizers/Momentum.swift".
  public func source(of declaration: String, file: String = #filePath) {
    guard let text = SourceFile.text(of: file) else {
      add(.failure("There is no source file \(SourceFile.shortened(file))."))
      return
    }
    guard let excerpt = SourceFile.declaration(declaration, in: text) else {
      add(.failure("\(SourceFile.shortened(file)) does not declare \"\(declaration)\"."))
      return
    }
    add(
      .code(
        Code(
          source: excerpt.source, file: SourceFile.shortened(file), line: excerpt.line,
          runs: false)))
  }
}
