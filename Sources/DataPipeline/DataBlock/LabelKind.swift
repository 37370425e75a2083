/// What a label is, and what all labels of a set share, such as the names of the classes.
public protocol LabelKind: Sendable {
  associatedtype Value: Sendable
  /// Stands for the label of a test item; no loss takes it by mistake.
  var unknown: Value { get }
  /// Counts, ranges or examples, a line each.
  func summary(train: [Value], valid: [Value]) -> String
  /// Names of classes that none of these labels has.
  func absent(from labels: [Value]) -> [String]
}

extension LabelKind {
  public func absent(from labels: [Value]) -> [String] { [] }
}

/// One class an item; a label is its number.
public struct Classes: LabelKind {
  /// In the order that was given, or else numbers by value, other names by letters.
  public let names: [String]
  public var unknown: Int { -1 }

  public func absent(from labels: [Int]) -> [String] { names.without(labels) }

  public func summary(train: [Int], valid: [Int]) -> String {
    classCounts(names, train, valid, of: "classes")
  }
}

/// Several classes an item, or one; a label holds their numbers, ascending.
public struct ClassSets: LabelKind {
  public let names: [String]
  public var unknown: [Int] { [-1] }

  public func absent(from labels: [[Int]]) -> [String] { names.without(labels.joined()) }

  public func summary(train: [[Int]], valid: [[Int]]) -> String {
    classCounts(names, train.flatMap(\.self), valid.flatMap(\.self), of: "classes, several an item")
  }
}

/// A number an item.
public struct Numbers: LabelKind {
  public let name: String
  public var unknown: Float { .nan }

  public func summary(train: [Float], valid: [Float]) -> String {
    let (low, high) = (train.min() ?? 0, train.max() ?? 0)
    let mean = train.reduce(0) { $0 + Double($1) } / Double(max(1, train.count))
    return "  \(name): \(low) to \(high) in training, mean \((mean * 1e4).rounded() / 1e4)\n"
  }
}

/// The text itself: at each word the next one is to be told.
public struct NextWords: LabelKind {
  public var unknown: Void { () }

  public func summary(train: [Void], valid: [Void]) -> String { "  label: the next word\n" }
}

extension [String] {
  /// Those at other places than these.
  fileprivate func without(_ places: some Sequence<Int>) -> [String] {
    let places = Set(places)
    return indices.filter { !places.contains($0) }.map { self[$0] }
  }
}

private func classCounts(
  _ names: [String], _ train: [Int], _ valid: [Int], of what: String
) -> String {
  func counts(_ labels: [Int]) -> [Int] {
    labels.reduce(into: Array(repeating: 0, count: names.count)) { $0[$1] += 1 }
  }
  let lines = zip(names, zip(counts(train), counts(valid))).map { name, counts in
    "  \(name): \(counts.0) to train on, \(counts.1) to validate with\n"
  }
  let shown = lines.prefix(12).joined() + (lines.count > 12 ? "  …\n" : "")
  return "\(names.count) \(what)\n" + shown
}

/// Each name once: numbers by value (of the same value by letters), other names by letters.
func sortedNames(_ names: some Sequence<String>) -> [String] {
  let names = Set(names).sorted()
  let values = names.compactMap { Int($0) }
  guard values.count == names.count else { return names }
  return zip(values, names).sorted { $0 < $1 }.map(\.1)
}
