import Foundation

/// Why an answer was refused: the call that failed, and what is off.
public struct ExerciseFailure: Error, CustomStringConvertible {
  public let message: String
  public var description: String { message }

  public init(_ message: String) { self.message = message }
}

/// A number that a typical mistake gives, and what to say about it.
public struct Mistake {
  let value: Double
  let advice: String

  public init(_ value: Double, _ advice: String) {
    self.value = value
    self.advice = advice
  }
}

/// Refuses the answer with `message` unless `condition` holds.
public func require(_ condition: Bool, _ message: @autoclosure () -> String) throws {
  if !condition { throw ExerciseFailure(message()) }
}

/// Refuses a number that is further than `tolerance` from `expected`. The message names the call and
/// says what is off, with the advice of the mistake whose number was met.
///
/// An input that gives one number for two mistakes cannot tell them apart: then the right answer is refused as well, so
/// that the proof of the solution fails.
public func require(
  _ call: String, gives actual: Double, expected: Double, within tolerance: Double = 1e-9,
  mistakes: [Mistake] = []
) throws {
  let isRight = try compare(
    call, actual, expected, mistakes.map { ($0.value, $0.advice) },
    isSame: { isSame($0, $1, tolerance) }, text: { show($0) })
  if isRight { return }
  let advice = diagnosis(actual, expected, tolerance)
  throw ExerciseFailure("\(call) should be \(show(expected)), got \(show(actual))\(tail(advice))")
}

/// The same for several numbers: the mistake that gives all of them, or else the first one that is off.
public func require(
  _ call: String, gives actual: [Double], expected: [Double], within tolerance: Double = 1e-9,
  mistakes: [(value: [Double], advice: String)] = []
) throws {
  let isRight = try compare(
    call, actual, expected, mistakes, isSame: { isSame($0, $1, tolerance) }, text: { show($0) })
  if isRight { return }
  try require(
    actual.count == expected.count,
    "\(call) should be \(expected.count) numbers, got \(actual.count)")
  for (index, pair) in zip(actual, expected).enumerated() {
    try require("\(call)[\(index)]", gives: pair.0, expected: pair.1, within: tolerance)
  }
}

/// The same for the rows of a matrix.
public func require(
  _ call: String, gives actual: [[Double]], expected: [[Double]],
  within tolerance: Double = 1e-9, mistakes: [(value: [[Double]], advice: String)] = []
) throws {
  let isRight = try compare(
    call, actual, expected, mistakes,
    isSame: { a, b in
      a.count == b.count && zip(a, b).allSatisfy { isSame($0, $1, tolerance) }
    }, text: { show($0) })
  if isRight { return }
  try require(
    actual.count == expected.count,
    "\(call) should be \(expected.count) rows, got \(actual.count)")
  for (index, pair) in zip(actual, expected).enumerated() {
    try require("\(call)[\(index)]", gives: pair.0, expected: pair.1, within: tolerance)
  }
}

/// True if the answer is right, false if it is wrong in a way that no mistake explains; throws the advice otherwise.
private func compare<Value>(
  _ call: String, _ actual: Value, _ expected: Value, _ mistakes: [(value: Value, advice: String)],
  isSame: (Value, Value) -> Bool, text: (Value) -> String
) throws -> Bool {
  if let met = mistakes.first(where: { isSame($0.value, actual) }), !isSame(actual, expected) {
    throw ExerciseFailure(
      "\(call) should be \(text(expected)), got \(text(actual))\(tail(met.advice))")
  }
  guard isSame(actual, expected) else { return false }
  let cases = [(value: expected, advice: "right")] + mistakes
  for (index, a) in cases.enumerated() {
    for b in cases[..<index] where isSame(a.value, b.value) {
      throw ExerciseFailure(
        "\(call) cannot tell apart \"\(b.advice)\" and \"\(a.advice)\": choose other numbers")
    }
  }
  return true
}

/// A number as messages show it: six digits that count.
public func show(_ value: Double) -> String {
  value.isNaN ? "nan" : String(format: "%.6g", value)
}

/// A list as messages show it, ready to be pasted into a test.
public func show(_ values: [Double]) -> String {
  "[" + values.map { show($0) }.joined(separator: ", ") + "]"
}

/// A matrix as messages show it.
public func show(_ rows: [[Double]]) -> String {
  "[" + rows.map { show($0) }.joined(separator: ", ") + "]"
}

private func isSame(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
  (a.isNaN && b.isNaN) || a == b || abs(a - b) <= tolerance
}

private func isSame(_ a: [Double], _ b: [Double], _ tolerance: Double) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { isSame($0, $1, tolerance) }
}

private func tail(_ advice: String) -> String { advice.isEmpty ? "" : ": \(advice)" }

/// What can be said of a wrong number without knowing the exercise.
private func diagnosis(_ actual: Double, _ expected: Double, _ tolerance: Double) -> String {
  if actual.isNaN { return "not a number; was zero divided by zero, or infinity by infinity?" }
  if actual.isInfinite { return "infinite; was something divided by zero?" }
  if abs(actual + expected) <= tolerance { return "the sign is wrong" }
  if abs(actual - 2 * expected) <= tolerance { return "twice too large" }
  if abs(2 * actual - expected) <= tolerance { return "half of what it should be" }
  return actual > expected ? "too large" : "too small"
}
