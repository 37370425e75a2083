import Foundation

/// Labels that pictures can have, and what becomes of one when its picture is read.
public protocol ImageLabelKind: LabelKind {
  associatedtype Target: ImageTarget
  /// - Parameter name: The picture's file, for messages.
  func target(_ label: Value, of image: Image, name: String) throws -> Target
}

extension Classes: ImageLabelKind {
  public func target(_ label: Int, of image: Image, name: String) -> Int { label }
}

extension ClassSets: ImageLabelKind {
  /// For each class 1 or 0.
  public func target(_ label: [Int], of image: Image, name: String) -> [Float] {
    names.indices.map { label == unknown ? .nan : label.contains($0) ? 1 : 0 }
  }
}

extension Numbers: ImageLabelKind {
  public func target(_ label: Float, of image: Image, name: String) -> Float { label }
}

/// A class for each pixel; a label is the path of the mask's file.
public struct Masks: ImageLabelKind {
  /// The classes' names, in the order of their numbers.
  public let codes: [String]
  /// The class of pixels that do not count.
  public let void: Int?
  public var unknown: String { "" }

  public func summary(train: [String], valid: [String]) -> String {
    let rest = void.map { ", \(codes[$0]) does not count" } ?? ""
    return "\(codes.count) classes of pixels: \(codes.joined(separator: ", "))\(rest)\n"
  }

  public func target(_ path: String, of image: Image, name: String) throws -> Mask {
    guard path != unknown else {
      let count = image.width * image.height
      return Mask(
        width: image.width, height: image.height, classes: Array(repeating: 255, count: count))
    }
    let mask = try Mask(contentsOf: path, expecting: codes.count, void: void)
    try Mask.check(mask, path, fits: image, name)
    return mask
  }
}

/// Places in the picture, as many in each.
public struct PointSets: ImageLabelKind {
  public var unknown: [Point] { [] }

  public func summary(train: [[Point]], valid: [[Point]]) -> String {
    "\(train[0].count) point\(train[0].count == 1 ? "" : "s") a picture, such as \(train[0][0].x), \(train[0][0].y)\n"
  }

  public func target(_ points: [Point], of image: Image, name: String) throws -> Points {
    let (width, height) = (Float(image.width), Float(image.height))
    guard points.allSatisfy({ 0...width ~= $0.x && 0...height ~= $0.y }) else {
      let places = points.map { "\($0.x), \($0.y)" }.joined(separator: " and ")
      throw DataError(
        "\(name) is \(image.width) × \(image.height) pixels, its point is at \(places)")
    }
    return Points(points, width: image.width, height: image.height)
  }
}

extension SplitItems where Item == ImageFile {
  /// By masks in files of their own: `label_from_func` of a SegmentationItemList.
  ///
  /// - Parameters:
  ///   - codes: The classes' names, or those that `Masks.codes(in:)` reads from a file.
  ///   - void: The name of the class that does not count.
  ///   - mask: The path of a picture's mask, below the same root.
  public func labelledByMask(
    codes: [String], void: String? = nil, _ mask: (ImageFile) throws -> String
  ) throws -> LabelledItems<ImageFile, Masks> {
    let place = void.map { codes.firstIndex(of: $0) }
    if let void, place == .some(nil) {
      throw DataError("there is no class \"\(void)\" for void; there are \(listed(codes))")
    }
    return try labelled(as: Masks(codes: codes, void: place ?? nil)) { item in
      let path = item.root.appending(path: try mask(item)).path
      guard FileManager.default.fileExists(atPath: path) else {
        throw DataError("\(item.place) has no mask: there is no file \(path)")
      }
      return path
    }
  }

  /// By the places that a function gives: `label_from_func` of a PointsItemList.
  public func labelledByPoints(
    _ points: (ImageFile) throws -> [Point]
  ) throws -> LabelledItems<ImageFile, PointSets> {
    let count = try points(train[0]).count
    return try labelled(as: PointSets()) { item in
      let found = try points(item)
      guard found.count == count, count > 0 else {
        throw DataError("\(item.place) has \(found.count) points, the first picture \(count)")
      }
      return found
    }
  }

  /// By a CSV file with a row for each picture and its point in two columns, in pixels from the upper left corner.
  public func labelledByPoint(
    _ csv: String, names: String = "name", x: String = "x", y: String = "y"
  ) throws -> LabelledItems<ImageFile, PointSets> {
    let table = try FileTable(csv, names: names)
    return try labelledByPoints { item in
      let (x, y) = (try table.number(x, of: item), try table.number(y, of: item))
      return [Point(x: x, y: y)]
    }
  }
}

extension Masks {
  /// The names of classes in a text file, one a line: the course's `codes.txt`.
  public static func codes(in path: String) throws -> [String] { try readLines(path).map(\.line) }
}
