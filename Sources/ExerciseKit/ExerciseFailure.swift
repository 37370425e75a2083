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
public func require(
  _ call: String, gives actual: Double, expected: Double, within tolerance: Double = 1e-9,
  mistakes: [Mistake] = []
) throws {
  if abs(actual - expected) <= tolerance { return }
  let met = mistakes.first { same($0.value, actual, within: tolerance) }
  let advice = met?.advice ?? diagnosis(actual, expected, tolerance)
  throw ExerciseFailure("\(call) should be \(show(expected)), got \(show(actual))\(tail(advice))")
}

/// The same for several numbers; the first one that is off is named.
public func require(
  _ call: String, gives actual: [Double], expected: [Double], within tolerance: Double = 1e-9
) throws {
  try require(
    actual.count == expected.count,
    "\(call) should be \(expected.count) numbers, got \(actual.count)")
  for (index, pair) in zip(actual, expected).enumerated() {
    try require("\(call)[\(index)]", gives: pair.0, expected: pair.1, within: tolerance)
  }
}

/// A number as messages show it: six digits that count.
public func show(_ value: Double) -> String {
  value.isNaN ? "nan" : String(format: "%.6g", value)
}

/// A list as messages show it, ready to be pasted into a test.
public func show(_ values: [Double]) -> String {
  "[" + values.map { show($0) }.joined(separator: ", ") + "]"
}

private func same(_ a: Double, _ b: Double, within tolerance: Double) -> Bool {
  (a.isNaN && b.isNaN) || a == b || abs(a - b) <= tolerance
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
