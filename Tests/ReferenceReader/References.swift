import Foundation
import Tensors

/// Where reference values lie: `Tests/References`, or the folder that `REFERENCES` names, so that
/// the cases of any other seed can be tried.
public enum References {
  /// Those that stand for themselves and are not drawn from a seed lie here alone.
  public static let committed = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "References")
  public static let folder =
    ProcessInfo.processInfo.environment["REFERENCES"].map { URL(filePath: $0) } ?? committed

  /// Whether a list is whole: as long as it was committed, or not empty in a folder that
  /// `REFERENCES` names.
  public static func hold(_ count: Int, committed: Int) -> Bool {
    folder == Self.committed ? count == committed : count > 0
  }

  /// A JSON file among them.
  public static func read<T: Decodable>(_ name: String, in folder: URL = folder) throws -> T {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(T.self, from: Data(contentsOf: folder.appending(path: name)))
  }
}

public struct Unreadable: Error, CustomStringConvertible {
  public let description: String
  public init(_ description: String) { self.description = description }
}

/// A case's arguments; the test asks for those it knows, and any that is left over is a failure.
public final class Arguments {
  private var values: [String: Any]
  public init(_ values: [String: Any]) { self.values = values }
  public func copy() -> Arguments { Arguments(values) }

  public func take<T>(_ name: String, or standard: T? = nil) throws -> T {
    guard let value = values.removeValue(forKey: name), !(value is NSNull) else {
      if let standard { return standard }
      throw Unreadable("argument \(name) is missing")
    }
    if let value = value as? T { return value }
    if let value = (value as? NSNumber)?.floatValue as? T { return value }
    throw Unreadable("argument \(name) is \(value)")
  }

  public func optional<T>(_ name: String) -> T? { values.removeValue(forKey: name) as? T }

  /// A tensor given among the arguments, if there is one.
  public func optionalTensor(_ name: String) throws -> Tensor? {
    guard let json = values.removeValue(forKey: name), !(json is NSNull) else { return nil }
    guard let json = json as? [String: Any] else { throw Unreadable("argument \(name) is \(json)") }
    return try tensor(json)
  }

  public var unknown: [String] { values.keys.sorted() }
}

/// A field of a case, which must be there and of this kind.
public func value<T>(_ json: [String: Any], _ name: String) throws -> T {
  guard let value = json[name] as? T else {
    throw Unreadable("\(name) is missing or of another kind")
  }
  return value
}

/// A tensor as the scripts write it: shape and values.
public func tensor(_ json: [String: Any]) throws -> Tensor {
  let values: [NSNumber] = try value(json, "values")
  let shape: [Int] = try value(json, "shape")
  guard values.count == shape.reduce(1, *) else {
    throw Unreadable("\(values.count) values do not fill a shape of \(shape)")
  }
  return Tensor(values.map(\.floatValue), shape: shape)
}
