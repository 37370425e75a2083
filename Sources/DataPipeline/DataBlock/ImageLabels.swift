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
  /// The class of pixels that do not count, for losses and metrics to ignore. It need not be one of the codes.
  public let void: Int?
  /// The number of those pixels in the files, where it is not `void` itself.
  let storedVoid: Int?
  /// The class of each stored number; nil if each number is its own.
  public let values: [Int: Int]?
  public var unknown: String { "" }

  init(codes: [String], void: Int?, storedVoid: Int? = nil, values: [Int: Int]?) throws {
    guard 1...256 ~= codes.count else {
      throw DataError("a mask has 1 to 256 classes, not \(codes.count)")
    }
    if let bad = values?.filter({ !codes.indices.contains($0.value) }).keys.min() {
      throw DataError(
        "the mask values give \(bad) the class \(values?[bad] ?? 0); there are \(codes.count) classes, 0…\(codes.count - 1)"
      )
    }
    (self.codes, self.void, self.storedVoid, self.values) = (codes, void, storedVoid, values)
  }

  public func summary(train: [String], valid: [String]) -> String {
    let name = void.map { codes.indices.contains($0) ? codes[$0] : "\(storedVoid ?? $0)" }
    let rest = name.map { ", \($0) does not count" } ?? ""
    return "\(codes.count) classes of pixels: \(codes.joined(separator: ", "))\(rest)\n"
  }

  public func target(_ path: String, of image: Image, name: String) throws -> Mask {
    guard path != unknown else {
      let count = image.width * image.height
      return Mask(
        width: image.width, height: image.height, classes: Array(repeating: 255, count: count))
    }
    let mask = try Mask(
      contentsOf: path, expecting: codes.count, void: storedVoid, values: values)
    try Mask.check(mask, path, fits: image, name)
    return mask
  }
}

/// Places in the picture, as many in each. They may lie outside of it.
public struct PointSets: ImageLabelKind {
  public var unknown: [Point] { [] }

  public func summary(train: [[Point]], valid: [[Point]]) -> String {
    "\(train[0].count) point\(train[0].count == 1 ? "" : "s") a picture, such as \(train[0][0].x), \(train[0][0].y)\n"
  }

  public func target(_ points: [Point], of image: Image, name: String) -> Points {
    Points(points, width: image.width, height: image.height)
  }
}

extension SplitItems where Item == ImageFile {
  /// By masks in files of their own: `label_from_func` of a SegmentationItemList.
  ///
  /// - Parameters:
  ///   - codes: The classes' names, or those that `Masks.codes(in:)` reads from a file.
  ///   - void: The name of the class that does not count.
  ///   - values: The class of each number in the files, such as `[0: 0, 255: 1]`, where that is not the number itself.
  ///   - mask: The path of a picture's mask, below the same root.
  public func labelledByMask(
    codes: [String], void: String? = nil, values: [Int: Int]? = nil,
    _ mask: (ImageFile) throws -> String
  ) throws -> LabelledItems<ImageFile, Masks> {
    let place = void.map { codes.firstIndex(of: $0) }
    if let void, place == .some(nil) {
      throw DataError("there is no class \"\(void)\" for void; there are \(listed(codes))")
    }
    return try labelled(by: Masks(codes: codes, void: place ?? nil, values: values), mask)
  }

  /// The same where pixels that do not count have a number that no class has: 255 marks borders in VOC's masks.
  ///
  /// - Parameter void: The number in the files, 0…65535. The labels hold `Masks.void` for it: the same number, or 255
  ///   if it is above that or is a class's after `values`.
  public func labelledByMask(
    codes: [String], void: Int, values: [Int: Int]? = nil, _ mask: (ImageFile) throws -> String
  ) throws -> LabelledItems<ImageFile, Masks> {
    guard 0...65535 ~= void, values?[void] == nil else {
      throw DataError(
        "void \(void) is \(values?[void] == nil ? "no number of a mask, 0…65535" : "also given a class by the values")"
      )
    }
    let label = Mask.voidClass(void, of: codes.count, isMapped: values != nil)
    guard label == void && values == nil || label >= codes.count else {
      throw DataError(
        "void \(void) leaves at most 255 classes, there are \(codes.count): the labels have one byte"
      )
    }
    return try labelled(
      by: Masks(codes: codes, void: label, storedVoid: void, values: values), mask)
  }

  private func labelled(
    by masks: Masks, _ mask: (ImageFile) throws -> String
  ) throws -> LabelledItems<ImageFile, Masks> {
    var pictures: [String: Int] = [:]
    let labelled = try labelled(as: masks) { item in
      let path = placed(try mask(item), below: item.root)
      guard isFile(path) else {
        throw DataError("\(item.place) has no mask: there is no file \(path)")
      }
      pictures[path, default: 0] += 1
      return path
    }
    let shared = pictures.values.count { $0 > 1 }
    return labelled.noting(shared > 0 ? ["masks that serve several pictures: \(shared)"] : [])
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
      if let bad = found.first(where: { !$0.x.isFinite || !$0.y.isFinite }) {
        throw DataError("\(item.place) has a point at \(bad.x), \(bad.y), which is no place")
      }
      return found
    }
  }

  /// By a CSV file with a row for each picture and its point in two columns, in pixels from the upper left corner of the
  /// picture as it is shown.
  public func labelledByPoint(
    _ csv: String, names: String = "name", x: String = "x", y: String = "y", suffix: String = ""
  ) throws -> LabelledItems<ImageFile, PointSets> {
    let table = try FileTable(csv, names: names, suffix: suffix, of: train + valid)
    return try labelledByPoints { item in
      let (x, y) = (try table.number(x, of: item), try table.number(y, of: item))
      return [Point(x: x, y: y)]
    }.noting(table.notes)
  }
}

extension Masks {
  /// The names of classes in a text file, one a line: the course's `codes.txt`.
  public static func codes(in path: String) throws -> [String] { try readLines(path).map(\.line) }
}
